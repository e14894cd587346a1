-- What recurs: savings plans, standing deposits, fees. A plan posts nothing; on its days it leaves drafts.
create table plan (
  id uuid primary key,
  organisation_id uuid not null,
  name text not null,
  account_id uuid not null references account,
  cash_account_id uuid references account,
  kind text not null,
  instrument_id uuid,
  amount numeric(28, 10) not null,
  currency text not null,
  fee numeric(28, 10) not null,
  rhythm text not null,
  day integer not null,
  day_rule text not null,
  from_day date not null,
  until_day date,
  note text not null,
  created_at timestamptz not null,
  created_by uuid not null,
  -- Whose midnight begins a day.
  time_zone text not null,
  removed_at timestamptz,
  version integer not null default 1
);
create index plan_by_name on plan (organisation_id, lower(name), id) where removed_at is null;

-- One row per plan and scheduled day, so that a day brings one draft however often the job runs.
create table plan_day (
  plan_id uuid not null references plan,
  scheduled_on date not null,
  organisation_id uuid not null,
  transaction_id uuid not null,
  primary key (plan_id, scheduled_on)
);
