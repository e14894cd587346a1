-- What can be held, what it closed at each day, and what currencies were worth in each other.

create table instrument (
  id uuid primary key,
  organisation_id uuid not null,
  name text not null,
  kind text not null,
  currency text not null,
  quote_unit text not null,
  isin text,
  symbol text,
  wkn text,
  cusip text,
  figi text,
  generated boolean not null,
  created_at timestamptz not null,
  version integer not null default 1,
  created_by_import uuid,
  -- An undone import takes its instruments away; found again by the next one, they come back under the same id.
  removed_at timestamptz
);
create index instrument_by_name on instrument (organisation_id, lower(name), id);
create index instrument_by_isin on instrument (organisation_id, isin) where isin is not null;
create index instrument_by_symbol on instrument (organisation_id, upper(symbol)) where symbol is not null;
create index instrument_of_import on instrument (created_by_import) where created_by_import is not null;

-- No foreign key: every writer locks the instruments first, none is ever deleted, and the check would double the cost of an import.
create table close (
  instrument_id uuid not null,
  day date not null,
  close numeric(38, 18) not null check (close > 0),
  -- The close × 10^8 as kernels read it; NaN where a double cannot hold it exactly. Kept so that packing costs no arithmetic.
  scaled float8 not null generated always as (
    case when close < 90071992.54740992 and scale(trim_scale(close)) <= 8 then (close * 100000000)::float8 else 'NaN'::float8 end
  ) stored,
  import_id uuid,
  primary key (instrument_id, day)
);

-- Closes that a later import or a person replaced, so that undoing that one brings them back; the highest layer is the latest.
create table replaced_close (
  layer bigint generated always as identity primary key,
  instrument_id uuid not null references instrument,
  day date not null,
  close numeric(38, 18) not null,
  import_id uuid
);
create index replaced_close_by_day on replaced_close (instrument_id, day, layer);
create index replaced_close_of_import on replaced_close (import_id) where import_id is not null;

-- Which instruments and days an import touched: finds its closes without an index over all of them.
create table close_import (
  import_id uuid not null,
  instrument_id uuid not null references instrument,
  organisation_id uuid not null,
  first_day date not null,
  last_day date not null,
  primary key (import_id, instrument_id)
);

create table last_close (
  instrument_id uuid primary key references instrument,
  day date not null,
  close numeric(38, 18) not null
);

-- 1 base = rate quote
create table rate (
  organisation_id uuid not null,
  base text not null,
  quote text not null,
  day date not null,
  rate numeric(38, 18) not null check (rate > 0),
  import_id uuid,
  primary key (organisation_id, base, quote, day)
);
create index rate_newest_first on rate (organisation_id, day, base, quote);

-- Every pair that has a rate, so that finding a path between currencies reads a handful of rows.
create table rate_pair (
  organisation_id uuid not null,
  base text not null,
  quote text not null,
  primary key (organisation_id, base, quote)
);

create table replaced_rate (
  layer bigint generated always as identity primary key,
  organisation_id uuid not null,
  base text not null,
  quote text not null,
  day date not null,
  rate numeric(38, 18) not null,
  import_id uuid
);
create index replaced_rate_by_day on replaced_rate (organisation_id, base, quote, day, layer);
create index replaced_rate_of_import on replaced_rate (import_id) where import_id is not null;
