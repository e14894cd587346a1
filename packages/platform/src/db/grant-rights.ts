import type pg from 'pg'

/**
 * Gives the role of a service what it needs of the tables of its schema: to read and write rows, as far as the owner itself may. What a
 * migration took from the owner (`revoke update, delete … from current_user`), the service has not either. Run as the owner.
 */
export async function grantRights(client: pg.Client, schema: string, role: string): Promise<void> {
  const { rows } = await client.query<{ text: string }>(
    `select format(case when owned.of_owner then 'grant %s on %s %s to %I' else 'revoke %s on %s %s from %I' end,
        owned.name, owned.kind, c.oid::regclass, $2::text) as text
     from pg_class c, lateral (
       select name, 'table' as kind, has_table_privilege(c.oid, name) as of_owner, has_table_privilege($2, c.oid, name) as of_role
       from unnest(array['select', 'insert', 'update', 'delete']) as name where c.relkind in ('r', 'p', 'v', 'm')
       union all
       select name, 'sequence', true, has_sequence_privilege($2, c.oid, name)
       from unnest(array['select', 'usage', 'update']) as name where c.relkind = 'S'
     ) as owned
     where relnamespace = $1::regnamespace and relowner = current_user::regrole and of_owner <> of_role`,
    [schema, role],
  )
  for (const { text } of rows) await client.query(text)
}
