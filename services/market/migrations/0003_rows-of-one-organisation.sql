-- Whose row it is, the database itself holds every statement to (docs/decisions/0024).
select keep_apart('close_import', 'corporate_action', 'instrument', 'rate', 'rate_pair', 'replaced_rate');

-- Closes are their instrument's: who sees that sees them. Twelve million rows would hold the organisation once more each. What is written is
-- looked for among all instruments at once: one by one it would cost an import of closes a tenth of its time.
alter table close enable row level security;
create policy own_organisation on close
  using (exists (select from instrument where instrument.id = close.instrument_id))
  with check (instrument_id in (select id from instrument));
alter table replaced_close enable row level security;
create policy own_organisation on replaced_close
  using (exists (select from instrument where instrument.id = replaced_close.instrument_id))
  with check (instrument_id in (select id from instrument));
alter table last_close enable row level security;
create policy own_organisation on last_close
  using (exists (select from instrument where instrument.id = last_close.instrument_id))
  with check (instrument_id in (select id from instrument));
