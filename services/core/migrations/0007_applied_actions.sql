-- Corporate actions as they were applied to accounts: a copy of market's terms, so that reading a book asks nobody, and what each person
-- chose. The journal is not touched; what an action brings is figured when the ledger is read.

create table action_application (
  id uuid primary key,
  organisation_id uuid not null,
  -- The order in which actions of one day apply.
  place bigint generated always as identity,
  -- Market's record.
  action_id uuid not null,
  kind text not null,
  instrument_id uuid not null,
  ex_date date not null,
  into_instrument_id uuid,
  currency text not null,
  -- The numbers among the terms, decimals as text exactly as they were stated.
  terms jsonb not null,
  applied_at timestamptz not null,
  applied_by uuid not null,
  undone_at timestamptz,
  undone_by uuid,
  -- What it had brought into each account until then.
  undone_legs jsonb
);
create index action_application_newest_first on action_application (organisation_id, ex_date, id);
create index action_application_by_instrument on action_application (instrument_id) where undone_at is null;
create index action_application_by_received on action_application (into_instrument_id) where into_instrument_id is not null and undone_at is null;

create table action_application_account (
  application_id uuid not null references action_application,
  account_id uuid not null references account,
  organisation_id uuid not null,
  cash_account_id uuid references account,
  cost_share numeric(38, 18),
  cash_in_lieu numeric(28, 10),
  primary key (application_id, account_id)
);
create index action_application_by_account on action_application_account (account_id);
create index action_application_by_cash_account on action_application_account (cash_account_id) where cash_account_id is not null;

-- An application is never rewritten or deleted; it is undone once.
create function refuse_rewriting_action() returns trigger language plpgsql as $$
begin
  raise exception 'an applied action is never rewritten or deleted: undo it';
end
$$;
create trigger action_application_is_append_only
  before update of id, organisation_id, place, action_id, kind, instrument_id, ex_date, into_instrument_id, currency, terms, applied_at, applied_by
  on action_application for each row execute function refuse_rewriting_action();
create trigger action_application_is_undone_once
  before update of undone_at, undone_by, undone_legs on action_application for each row when (old.undone_at is not null)
  execute function refuse_rewriting_action();
create trigger action_application_is_never_deleted before delete on action_application
  for each row execute function refuse_rewriting_action();
create trigger action_application_account_stays before update or delete on action_application_account
  for each row execute function refuse_rewriting_action();
