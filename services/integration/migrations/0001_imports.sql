-- Files on their way into the book, and what happens to each of their rows. The book and the prices themselves belong to core and market.

create table import (
  id uuid primary key,
  organisation_id uuid not null,
  -- where the file lies in the object storage
  file_key text not null,
  file_name text not null,
  size bigint not null,
  state text not null check (state in ('needs-mapping', 'previewed', 'committed', 'undone')),
  format text not null,
  variant text not null,
  content text not null check (content in ('book', 'transactions', 'prices', 'rates')),
  mapping jsonb,
  sample jsonb,
  -- the portfolio and the base currency that were asked for
  portfolio text,
  asked_currency text,
  portfolio_id uuid,
  base_currency text,
  counts jsonb not null,
  adds jsonb not null,
  warnings jsonb not null,
  -- instruments the file names, so that an undo knows which ones to ask the book about
  instrument_ids jsonb not null default '[]',
  created_at timestamptz not null,
  -- set while a commit is under way: what is found so at the start was interrupted and is taken back
  committing_at timestamptz,
  committed_at timestamptz,
  undone_at timestamptz
);
create index import_newest_first on import (organisation_id, id desc);
create index import_committing on import (committing_at) where committing_at is not null;

create table import_row (
  import_id uuid not null references import on delete cascade,
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
  primary key (import_id, row)
);
-- most rows are fine; people look for the others
create index import_row_to_look_at on import_row (import_id, state, row) where state <> 'ok';
