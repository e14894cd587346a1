import pg from 'pg'

/** By what the kinds of pg_class are altered. */
const words: Readonly<Record<string, string>> = { r: 'table', p: 'table', v: 'view', m: 'materialized view', S: 'sequence' }

/**
 * Until now the role of a service owned its schema: what is in it goes to the owner, from whom it gets the rights back that it needs (migrate.ts).
 * Rights that the role had given up on a table, the owner has given up then.
 */
export async function handOver(client: pg.Client, schema: string, role: string, owner: string): Promise<void> {
  const [inSchema, to, from] = [pg.escapeIdentifier(schema), pg.escapeIdentifier(owner), pg.escapeIdentifier(role)]
  const { rows } = await client.query<{ own: boolean }>('select nspowner = $2::regrole as own from pg_namespace where nspname = $1', [
    schema,
    role,
  ])
  if (rows[0]?.own) {
    await client.query('begin')
    // an operator who is no superuser must be both to hand over
    await client.query(`grant ${from}, ${to} to current_user`)
    await client.query(`alter schema ${inSchema} owner to ${to}`)
    for (const statement of await ownedBy(client, schema, role)) await client.query(`alter ${statement} owner to ${to}`)
    await client.query('commit')
  }
  await client.query(`grant usage on schema ${inSchema} to ${from}`)
}

/** 'table core.account'; what goes with its table (its sequences, indexes and row types) is not named. */
async function ownedBy(client: pg.Client, schema: string, role: string): Promise<string[]> {
  const { rows } = await client.query<{ kind: string; name: string }>(
    `select relkind::text as kind, oid::regclass::text as name from pg_class c
     where relnamespace = $1::regnamespace and relowner = $2::regrole and relkind in ('r', 'p', 'v', 'm', 'S')
       and not exists (select from pg_depend where classid = 'pg_class'::regclass and objid = c.oid and deptype in ('a', 'i') and refobjsubid > 0)
     union all
     select 'f', oid::regprocedure::text from pg_proc where pronamespace = $1::regnamespace and proowner = $2::regrole`,
    [schema, role],
  )
  return rows.map(({ kind, name }) => `${words[kind] ?? 'function'} ${name}`)
}
