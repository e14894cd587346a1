-- One event of a person may be several legs, each a transaction with an id that follows from the event's; fees and taxes may have parts,
-- each in its own currency. Separate trigger, so that no later migration has to repeat these columns.
alter table transaction add column event_id uuid;
alter table transaction add column event_kind text;
alter table transaction add column leg text;
alter table transaction add column charges jsonb;
alter table transaction add constraint transaction_is_whole_leg
  check ((event_id is null) = (leg is null) and (event_id is null) = (event_kind is null));
create unique index transaction_by_event on transaction (event_id, leg) where event_id is not null;

create trigger transaction_parts_are_append_only
  before update of event_id, event_kind, leg, charges on transaction for each row execute function refuse_rewriting();

-- The book as it was known at a moment: what was voided later still counted then.
create index transaction_by_voiding on transaction (organisation_id, voided_at) where voided_at is not null;
