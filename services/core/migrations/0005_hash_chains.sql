-- One keyed hash chain per account over its journal, so that a change behind our back shows: every act is an entry whose digest covers the
-- entry before it (docs/specs/hash-chain.md).

create table chain_entry (
  account_id uuid not null,
  -- Counts from 1 without gaps.
  number bigint not null,
  organisation_id uuid not null,
  -- JSON exactly as it was digested; text, since jsonb would put it in another order.
  what text not null,
  at timestamptz not null,
  by_user uuid not null,
  -- HMAC-SHA-256 over the entry and the digest before it, as hex.
  digest text not null,
  primary key (account_id, number)
);
-- Chains only grow, for the service's own role too.
revoke update, delete, truncate on chain_entry from current_user;

-- Where the chain ends; on the account, since every writer locks its row anyway. Null: it begins with the account's next write, or the next
-- start of the server, with what stands in the journal by then. Accounts opened from now on begin empty.
alter table account add column chain_length bigint;
alter table account alter column chain_length set default 0;
alter table account add column chain_head text;
create index account_without_chain on account (id) where chain_length is null;
