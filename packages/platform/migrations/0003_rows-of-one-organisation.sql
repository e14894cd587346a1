-- Row-level security: the service's role sees, writes and deletes the rows of one organisation only, whatever a statement asks for
-- (docs/decisions/0024). Which one, the pool tells each connection (src/db/organisation-pool.ts): an id, '*' for work on the whole house, or nothing,
-- and then there are no rows. The owner of the tables, as whom they are migrated and rows are copied in, is not held to it.

-- `select keep_apart('book', 'page')` in the migration that makes these tables.
create function keep_apart(variadic names text[]) returns void language plpgsql as $$
declare
  own constant text := 'organisation_id = (select nullif(nullif(current_setting(''pe.organisation'', true), ''''), ''*'')::uuid)
    or (select current_setting(''pe.organisation'', true) = ''*'')';
  name text;
begin
  foreach name in array names loop
    execute format('alter table %I enable row level security', name);
    execute format('create policy own_organisation on %I using (%s) with check (%s)', name, own, own);
  end loop;
end
$$;

select keep_apart('audit', 'audit_seal', 'outbox', 'inbox', 'dead_letter', 'idempotency');

-- A table whose rows are nobody's says so in its comment, which the test of isolation reads.
comment on table outbox_cursor is 'of no organisation: how far each service has read this outbox';
comment on table schema_migration is 'of no organisation: which files of migrations were applied';
