-- How an organisation looks after itself: who is asked to join, keys for programs, and denials that are still being counted.

create table invitation (
  id uuid primary key,
  organisation_id uuid not null references organisation,
  email text not null,
  -- The same in lower case, as a person is found.
  email_key text not null,
  role text not null check (role in ('owner', 'admin', 'manager', 'analyst', 'viewer', 'auditor')),
  -- SHA-256 of the token, which is made when the mail is written.
  digest text unique,
  invited_at timestamptz not null,
  invited_by uuid not null,
  -- By the house's own commands, not by a person of it.
  by_house boolean not null,
  expires_at timestamptz not null,
  accepted_at timestamptz,
  withdrawn_at timestamptz
);
-- Whoever is invited again gets a new link, and the old one is good for nothing.
create unique index invitation_open on invitation (organisation_id, email_key) where accepted_at is null and withdrawn_at is null;
create index invitation_by_time on invitation (organisation_id, invited_at, id);

create table api_key (
  id uuid primary key,
  organisation_id uuid not null references organisation,
  -- Whose power it has some of: no person of ours where the house made it.
  made_by uuid not null,
  by_house boolean not null,
  name text not null,
  scopes text[] not null,
  -- SHA-256 of the whole key.
  digest text not null,
  made_at timestamptz not null,
  expires_at timestamptz,
  last_used_at timestamptz,
  revoked_at timestamptz
);
create index api_key_by_time on api_key (organisation_id, made_at, id);

-- Denials of callers that nobody knows, and of credentials that are good no more: counted here until their minute is over, then one line of the
-- audit log. Nobody can flood that log, and nothing is lost when the process ends.
create table denial_count (
  organisation_id uuid not null,
  user_id uuid not null,
  address text not null,
  minute timestamptz not null,
  code text not null,
  count bigint not null,
  primary key (organisation_id, user_id, address, minute, code)
);
create index denial_count_by_minute on denial_count (minute);
