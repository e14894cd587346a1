-- Who may do what: people, the organisations they belong to, and what they prove themselves with. Whatever opens something stands here as a
-- digest, or sealed under a key that is not in the database.

create table organisation (
  id uuid primary key,
  name text not null,
  -- CIDR blocks from which it may be reached; from everywhere while there is none.
  allowed_addresses text[] not null default '{}',
  made_at timestamptz not null,
  version integer not null default 1
);
-- The house that stood before there was sign-in: its book becomes the first person's.
insert into organisation (id, name, made_at) values ('00000000-0000-7000-8000-000000000001', 'PortfolioEngine', now());

create table person (
  id uuid primary key,
  -- As it was given; mail goes there.
  email text not null,
  -- The same in lower case: by this a person is found.
  email_key text not null unique,
  email_verified_at timestamptz,
  name text not null,
  time_zone text not null,
  made_at timestamptz not null
);

create table membership (
  organisation_id uuid not null references organisation,
  person_id uuid not null references person on delete cascade,
  role text not null check (role in ('owner', 'admin', 'manager', 'analyst', 'viewer', 'auditor')),
  joined_at timestamptz not null,
  disabled_at timestamptz,
  primary key (organisation_id, person_id)
);
create index membership_by_person on membership (person_id, joined_at);

-- argon2id, as PHC text: parameters, salt and hash.
create table password (
  person_id uuid primary key references person on delete cascade,
  phc text not null,
  changed_at timestamptz not null
);

create table authenticator (
  id uuid primary key,
  person_id uuid not null references person on delete cascade,
  -- The seed under AES-256-GCM (platform/keys/envelope.ts).
  sealed_seed text not null,
  made_at timestamptz not null,
  -- It counts from then on.
  confirmed_at timestamptz,
  -- The last step of 30 s of which a code was taken: no code is good twice.
  last_step bigint not null default 0
);
create unique index authenticator_in_use on authenticator (person_id) where confirmed_at is not null;
create unique index authenticator_to_confirm on authenticator (person_id) where confirmed_at is null;

create table recovery_code (
  person_id uuid not null references person on delete cascade,
  -- HMAC-SHA-256 under a key of the key port.
  digest text not null,
  made_at timestamptz not null,
  used_at timestamptz,
  primary key (person_id, digest)
);

create table session (
  id uuid primary key,
  -- SHA-256 of the token, which only the browser has.
  digest text not null unique,
  person_id uuid not null references person on delete cascade,
  organisation_id uuid not null references organisation,
  -- The password was right, the second factor is wanted.
  pending boolean not null,
  opened_at timestamptz not null,
  last_seen_at timestamptz not null,
  -- Whatever happens; unseen it ends sooner (sign-in/session-times.ts).
  expires_at timestamptz not null,
  stepped_up_until timestamptz,
  address text not null,
  device text not null,
  ended_at timestamptz
);
create index session_by_person on session (person_id, opened_at);

-- Links in mails and on the terminal, each good once.
create table one_time_token (
  -- SHA-256 of it.
  digest text primary key,
  purpose text not null,
  person_id uuid references person on delete cascade,
  made_at timestamptz not null,
  expires_at timestamptz not null,
  spent_at timestamptz
);
create index one_time_token_by_person on one_time_token (person_id, purpose);

-- Failed attempts, and those under way, by account and by address: for a while nobody gets more than some of them (sign-in/attempts.ts).
create table attempt (
  -- 'account …', 'address …': a digest of who is meant, or the network it came from.
  bucket text primary key,
  times timestamptz[] not null,
  last_at timestamptz not null
);
create index attempt_by_age on attempt (last_at);
