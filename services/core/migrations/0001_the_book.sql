-- The book of record: accounts own their ledgers, portfolios are views of accounts, transactions are only ever added or voided.

create table account (
  id uuid primary key,
  organisation_id uuid not null,
  name text not null,
  currency text not null,
  opened_on date,
  allows_short boolean not null,
  note text not null,
  created_at timestamptz not null,
  -- of these columns, for If-Match
  version integer not null default 1,
  -- of its ledger: one more with every posted change
  book_version bigint not null default 0,
  opened_by_import uuid,
  removed_at timestamptz
);
create unique index account_name on account (organisation_id, lower(name)) where removed_at is null;
create index account_of_import on account (opened_by_import) where opened_by_import is not null;

create table portfolio (
  id uuid primary key,
  organisation_id uuid not null,
  name text not null,
  base_currency text not null,
  cost_method text not null,
  created_at timestamptz not null,
  version integer not null default 1,
  opened_by_import uuid,
  removed_at timestamptz
);
create unique index portfolio_name on portfolio (organisation_id, lower(name)) where removed_at is null;
create index portfolio_of_import on portfolio (opened_by_import) where opened_by_import is not null;

create table portfolio_account (
  portfolio_id uuid not null references portfolio,
  account_id uuid not null references account,
  organisation_id uuid not null,
  position integer not null,
  added_by_import uuid,
  primary key (portfolio_id, account_id)
);
create index portfolio_account_by_account on portfolio_account (account_id);

-- What a file calls an account, so that the next import of it meets the same one.
create table account_key (
  portfolio_id uuid not null references portfolio,
  key text not null,
  account_id uuid not null references account,
  organisation_id uuid not null,
  primary key (portfolio_id, key)
);
create index account_key_by_account on account_key (account_id);

-- One row per committed import, so that an undo knows whether there is something to take back.
create table batch (
  import_id uuid primary key,
  organisation_id uuid not null,
  recorded_at timestamptz not null,
  undone_at timestamptz
);

create table transaction (
  id uuid primary key,
  organisation_id uuid not null,
  -- Place in the ledger among those of one day; a correction takes the place of what it replaces.
  sequence bigint not null default 0,
  -- No foreign keys: every writer locks the accounts first, none is ever deleted, and the check would cost an import a third of its time.
  account_id uuid not null,
  cash_account_id uuid,
  to_account_id uuid,
  kind text not null,
  state text not null check (state in ('posted', 'draft', 'void')),
  -- What it was before it was voided.
  recorded_state text not null check (recorded_state in ('posted', 'draft')),
  date date not null,
  time time,
  instrument_id uuid,
  quantity numeric(38, 18),
  price numeric(38, 18),
  amount numeric(28, 10) not null,
  currency text not null,
  fee numeric(28, 10) not null,
  tax numeric(28, 10) not null,
  cash_currency text,
  received_amount numeric(28, 10),
  received_currency text,
  rate_from text,
  rate_to text,
  rate numeric(38, 18),
  note text not null,
  import_id uuid,
  -- The broker's id of the row or a hash of it: a second import of it finds it here.
  source_key text,
  replaces uuid references transaction,
  replaced_by uuid references transaction,
  void_reason text,
  voided_at timestamptz,
  voided_by uuid,
  recorded_at timestamptz not null,
  recorded_by uuid not null,
  version integer not null default 1
);
create sequence transaction_sequence owned by transaction.sequence;
alter table transaction alter column sequence set default nextval('transaction_sequence');

create unique index transaction_source_key on transaction (account_id, source_key) where source_key is not null and state <> 'void';
create index transaction_newest_first on transaction (organisation_id, date, sequence, id);
create index transaction_by_account on transaction (account_id, instrument_id);
create index transaction_by_cash_account on transaction (cash_account_id) where cash_account_id is not null;
create index transaction_by_receiving_account on transaction (to_account_id) where to_account_id is not null;
create index transaction_by_instrument on transaction (instrument_id) where instrument_id is not null;
create index transaction_by_import on transaction (import_id) where import_id is not null;

-- The journal is append-only: what was stated never changes; only its state and its links to other transactions do.
create function refuse_rewriting() returns trigger language plpgsql as $$
begin
  raise exception 'a recorded transaction is never rewritten or deleted: void it';
end
$$;
create trigger transaction_is_append_only
  before update of id, organisation_id, sequence, account_id, cash_account_id, to_account_id, kind, date, time, instrument_id, quantity, price, amount,
    currency, fee, tax, cash_currency, received_amount, received_currency, rate_from, rate_to, rate, note, import_id, source_key, replaces, recorded_at,
    recorded_by, recorded_state
  on transaction for each row execute function refuse_rewriting();
create trigger transaction_is_never_deleted before delete on transaction for each row execute function refuse_rewriting();
