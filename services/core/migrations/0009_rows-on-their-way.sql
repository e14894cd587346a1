-- A file of a million rows is judged and recorded without standing in memory: its rows wait here, beside the book. What is here can be
-- staged again from the file, so it is not written to the log of the database and is gone after a crash.
create table staged_batch (
  import_id uuid primary key,
  organisation_id uuid not null,
  -- the ids that accounts to be opened were given, by the file's key
  account_ids jsonb not null,
  -- what the books were like when the rows were judged; null before
  judged text,
  staged_at timestamptz not null
);
create index staged_batch_by_age on staged_batch (organisation_id, staged_at);

create unlogged table staged_transaction (like transaction);
alter table staged_transaction
  alter column sequence drop not null,
  alter column version drop not null,
  alter column change drop not null,
  -- what comes in on a day goes before what leaves; then the order of the file
  add column rank smallint not null,
  add column place integer not null,
  -- row of the file
  add column row integer not null;
create unique index staged_transaction_in_order on staged_transaction (import_id, date, rank, place);

-- The rows that will not be recorded, and why.
create unlogged table staged_verdict (
  import_id uuid not null,
  organisation_id uuid not null,
  row integer not null,
  result text not null,
  code text,
  detail text
);
create index staged_verdict_by_row on staged_verdict (import_id, row);
