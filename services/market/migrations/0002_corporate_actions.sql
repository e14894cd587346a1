-- What companies do to those who hold their paper: terms only. What an account makes of it is core's.

create table corporate_action (
  id uuid primary key,
  organisation_id uuid not null,
  kind text not null,
  instrument_id uuid not null references instrument,
  ex_date date not null,
  into_instrument_id uuid references instrument,
  currency text not null,
  -- The numbers, decimals as text exactly as stated: which ones there are depends on the kind.
  terms jsonb not null,
  note text not null,
  recorded_at timestamptz not null,
  removed_at timestamptz,
  version integer not null default 1
);
-- The same split given twice is one.
create unique index corporate_action_once on corporate_action (organisation_id, instrument_id, kind, ex_date) where removed_at is null;
create index corporate_action_newest_first on corporate_action (organisation_id, ex_date, id) where removed_at is null;
create index corporate_action_by_received on corporate_action (into_instrument_id) where into_instrument_id is not null;
