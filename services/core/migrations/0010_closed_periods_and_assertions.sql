-- A period that was closed takes no more writes; that it was closed, reopened or changed nevertheless stays on record.
create table period_lock (
  id uuid primary key,
  organisation_id uuid not null,
  -- Null: every account of the organisation, those opened later too.
  account_id uuid references account,
  closed_through date not null,
  reason text not null,
  closed_at timestamptz not null,
  closed_by uuid not null,
  reopened_at timestamptz,
  reopened_by uuid,
  reopen_reason text
);
-- Every write asks for these.
create index period_lock_in_force on period_lock (organisation_id, account_id) where reopened_at is null;
create index period_lock_newest_first on period_lock (organisation_id, closed_at, id);

create table period_override (
  id uuid primary key,
  organisation_id uuid not null,
  lock_id uuid not null references period_lock,
  at timestamptz not null,
  by_user uuid not null,
  reason text not null,
  first_day date not null,
  entries integer not null
);
create index period_override_newest_first on period_override (lock_id, at, id);

-- What a statement of the bank or broker says that an account held at the end of a day. Never a posting: it is only compared.
create table balance_assertion (
  id uuid primary key,
  organisation_id uuid not null,
  account_id uuid not null references account,
  date date not null,
  instrument_id uuid,
  currency text,
  stated numeric(38, 18) not null,
  note text not null,
  recorded_at timestamptz not null,
  recorded_by uuid not null,
  withdrawn_at timestamptz,
  withdrawn_by uuid,
  check ((instrument_id is null) <> (currency is null))
);
create index balance_assertion_newest_first on balance_assertion (organisation_id, date, id) where withdrawn_at is null;
create index balance_assertion_by_account on balance_assertion (account_id, date, id) where withdrawn_at is null;

-- What a person should look at again, and why; kept apart from the journal, whose rows never change.
create table transaction_review (
  transaction_id uuid primary key,
  organisation_id uuid not null,
  reason text not null,
  asked_at timestamptz not null,
  asked_by uuid not null,
  reviewed_at timestamptz,
  reviewed_by uuid
);
create index transaction_review_open on transaction_review (organisation_id, transaction_id) where reviewed_at is null;
