-- The chains tell of what stands beside the journals too: applied corporate actions with the choices of each account, closed periods, balances
-- of statements. One row says with which key this book is sealed, and since when its chains tell all of that; before the first start
-- with this version there is none. It is sealed itself, and never changed.
create table chain_seal (
  only_one boolean primary key default true check (only_one),
  -- Of the key, so that another key is told by one sentence instead of by every link that it does not match.
  key_fingerprint text not null,
  beside_since timestamptz not null,
  -- HMAC-SHA-256 over both, as hex.
  digest text not null
);
revoke update, delete, truncate on chain_seal from current_user;
