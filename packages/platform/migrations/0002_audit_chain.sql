-- One keyed hash chain per organisation over the audit log, so that a change behind our back shows (docs/specs/hash-chain.md). Acts are sealed in
-- the background, some hundreds at a time: sealing each in its own transaction would make all writes of an organisation wait for each other.

-- seq is not commit order: acts are sealed by (xid, seq), below the oldest running transaction. What was there before counts as transaction 0.
alter table audit add column xid xid8 not null default '0';
alter table audit alter column xid set default pg_current_xact_id();
drop index audit_by_organisation;
create index audit_in_order on audit (organisation_id, xid, seq);

create table audit_seal (
  organisation_id uuid not null,
  -- Counts from 1 without gaps.
  number bigint not null,
  -- The last act that it seals: all since the seal before.
  through_xid xid8 not null,
  through_seq bigint not null,
  acts integer not null,
  at timestamptz not null,
  -- HMAC-SHA-256 over the acts and the digest before, as hex.
  digest text not null,
  primary key (organisation_id, number)
);

-- Both only grow, for the service's own role too.
revoke update, delete, truncate on audit, audit_seal from current_user;
