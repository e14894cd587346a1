-- Values by day, so that a chart is read and not reckoned. Everything here is derived from the books and the closes and can be
-- emptied at any time: it fills again. Accounts in their own currency, portfolios in their base currency.

create table valued_scope (
  organisation_id uuid not null,
  -- of the account or portfolio
  scope_id uuid not null,
  kind text not null check (kind in ('account', 'portfolio')),
  -- what the stored days rest on; empty until they are valued for the first time
  currency text,
  account_ids uuid[] not null default '{}',
  instrument_ids uuid[] not null default '{}',
  needs_rates boolean not null default false,
  -- account id → version of its book
  book_versions jsonb not null default '{}',
  first_day date,
  last_day date,
  -- grows with every mark: a revaluation that was overtaken leaves the scope dirty
  marks bigint not null default 1,
  -- days from here on may be wrong; null = up to date
  dirty_from date,
  primary key (organisation_id, scope_id)
);

create table daily_valuation (
  organisation_id uuid not null,
  scope_id uuid not null,
  day date not null,
  -- end of day, flows of the day in it; null = unknown
  value numeric(28, 10),
  inflow numeric(28, 10),
  outflow numeric(28, 10),
  -- why it is unknown, and what is missing: an instrument, or a pair of currencies
  reason text,
  missing text,
  stale boolean not null,
  primary key (organisation_id, scope_id, day)
);

-- How often the closes of an instrument, or the rates, changed: closes kept in memory are used while the number is the same.
create table series_version (
  organisation_id uuid not null,
  series text not null,
  version bigint not null,
  primary key (organisation_id, series)
);
