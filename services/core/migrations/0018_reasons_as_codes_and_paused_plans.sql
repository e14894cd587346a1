-- Why something needs a review, and why a row on its way is refused, as a code with facts, so that a screen can say it in any language. A review
-- without a code is in a person's own words.
alter table transaction_review add column code text, add column facts jsonb;

-- The sentences that plans have left so far.
update transaction_review
set code = 'no-close',
  facts = jsonb_build_object('name', (regexp_match(reason, '^no close of (.+) on \d{4}-\d{2}-\d{2}$'))[1], 'date', right(reason, 10))
where reason ~ '^no close of .+ on \d{4}-\d{2}-\d{2}$';
update transaction_review
set code = 'unit-too-dear', facts = jsonb_build_object('date', right(reason, 10))
where reason ~ '^a unit costs more than the plan buys for on \d{4}-\d{2}-\d{2}$';

alter table staged_verdict add column facts jsonb;

-- A paused plan brings nothing from this day on; the scheduled days up to `skipped_through` were left out when it was resumed.
alter table plan add column paused_on date, add column skipped_through date;
