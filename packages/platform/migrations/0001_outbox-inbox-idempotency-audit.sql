-- What every service needs beside its own tables, in its own schema: so that a change, its audit entry, its facts, the
-- reply remembered under its idempotency key and the mark "understood" stand or fall in one transaction.

create table audit (
  seq bigint generated always as identity primary key,
  organisation_id uuid not null,
  user_id uuid not null,
  at timestamptz not null,
  trace_id text not null,
  action text not null,
  subject text not null
);
create index audit_by_organisation on audit (organisation_id, seq);

-- seq is not commit order: readers go by (xid, seq) and stay below the oldest running transaction.
create table outbox (
  seq bigint generated always as identity primary key,
  xid xid8 not null default pg_current_xact_id(),
  id uuid not null unique,
  name text not null,
  organisation_id uuid not null,
  key text not null,
  at timestamptz not null,
  trace_id text not null,
  body jsonb not null
);
create index outbox_in_order on outbox (xid, seq);

create function ring_outbox() returns trigger language plpgsql as $$
begin
  perform pg_notify('pe_outbox', tg_table_schema);
  return null;
end
$$;
create trigger ring after insert on outbox for each statement execute function ring_outbox();

-- How far each listening service has come in this outbox.
create table outbox_cursor (
  consumer text primary key,
  xid xid8 not null default '0',
  seq bigint not null default 0
);

-- Facts of other services (or our own) that have had their effect here.
create table inbox (
  subscription text not null,
  fact_id uuid not null,
  organisation_id uuid not null,
  heard_at timestamptz not null,
  primary key (subscription, fact_id)
);
create index inbox_by_age on inbox (heard_at);

-- Facts that could not be understood after all tries, kept whole so that they can be tried again.
create table dead_letter (
  subscription text not null,
  fact_id uuid not null,
  organisation_id uuid not null,
  fact jsonb not null,
  error text not null,
  tries integer not null,
  at timestamptz not null,
  primary key (subscription, fact_id)
);

create table idempotency (
  organisation_id uuid not null,
  user_id uuid not null,
  key text not null,
  route text not null,
  fingerprint text not null,
  reply jsonb,
  at timestamptz not null,
  primary key (organisation_id, user_id, key)
);
create index idempotency_by_age on idempotency (at);
