-- Two amounts that the book holds can sum to more digits than it holds of one; units times a close have more still.
drop view daily_valuation;

alter table valued_year
  alter column value type numeric(60, 10)[],
  alter column inflow type numeric(60, 10)[],
  alter column outflow type numeric(60, 10)[];

create view daily_valuation with (security_invoker = true) as
select organisation_id, scope_id, first_day + (place - 1)::int as day, of_day.value, of_day.inflow, of_day.outflow, of_day.reason, of_day.missing,
  of_day.stale
from valued_year,
  unnest(value, inflow, outflow, reason, missing, stale) with ordinality as of_day (value, inflow, outflow, reason, missing, stale, place);
