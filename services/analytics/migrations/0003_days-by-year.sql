-- A back-dated transaction rewrites ten years of days: as eleven rows, one per year, instead of 3,650. What was stored fills again.

drop table daily_valuation;
delete from valued_scope;

create table valued_year (
  organisation_id uuid not null,
  scope_id uuid not null,
  year integer not null,
  -- of the first element; every day from there on has one, up to the end of the year or of the values
  first_day date not null,
  -- end of day, flows of the day in it; null = unknown
  value numeric(28, 10)[] not null,
  inflow numeric(28, 10)[] not null,
  outflow numeric(28, 10)[] not null,
  -- why it is unknown, and what is missing: an instrument, or a pair of currencies; empty while every day is known
  reason text[] not null,
  missing text[] not null,
  stale boolean[] not null,
  primary key (organisation_id, scope_id, year)
);

create view daily_valuation with (security_invoker = true) as
select organisation_id, scope_id, first_day + (place - 1)::int as day, of_day.value, of_day.inflow, of_day.outflow, of_day.reason, of_day.missing,
  of_day.stale
from valued_year,
  unnest(value, inflow, outflow, reason, missing, stale) with ordinality as of_day (value, inflow, outflow, reason, missing, stale, place);
