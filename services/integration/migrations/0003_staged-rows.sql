-- A file of more than 10,000 transactions is not held in memory: its rows wait here between the parser and the book. They can be read again
-- from the stored file, so they are not written to the log of the database and are gone after a crash.
create table staged_file (
  import_id uuid primary key,
  organisation_id uuid not null,
  -- what is known only once all rows are read: instruments, accounts, the order of the days
  about jsonb not null,
  staged_at timestamptz not null
);
create index staged_file_by_age on staged_file (organisation_id, staged_at);

create unlogged table staged_row (
  import_id uuid not null,
  organisation_id uuid not null,
  row integer not null,
  line integer not null,
  state text not null,
  becomes text,
  draft boolean not null,
  date date,
  account text,
  instrument text,
  quantity text,
  amount text,
  currency text,
  field text,
  code text,
  reason text,
  note jsonb,
  -- as the file states it; null for a row that becomes nothing
  transaction text
);
create index staged_row_by_day on staged_row (import_id, date, row) where transaction is not null;

-- What is said of a row after it was read: by the book, or by the rules for files without cash.
create unlogged table staged_verdict (
  import_id uuid not null,
  organisation_id uuid not null,
  row integer not null,
  state text not null,
  draft boolean not null,
  code text,
  reason text,
  note jsonb
);
create index staged_verdict_by_row on staged_verdict (import_id, row);
