import type pg from 'pg'

/** A table of a service as the catalog knows it. */
export interface FoundTable {
  readonly service: string
  readonly name: string
  readonly owner: string
  /** Its comment says so. */
  readonly ofNobody: boolean
  readonly namesOrganisation: boolean
  readonly apart: boolean
}

export async function tablesOf(superuser: pg.Client, services: readonly string[]): Promise<FoundTable[]> {
  const { rows } = await superuser.query<FoundTable>(
    `select nspname as service, relname as name, relowner::regrole::text as owner,
       coalesce(obj_description(c.oid, 'pg_class') like 'of no organisation: %', false) as "ofNobody",
       exists (select from pg_attribute where attrelid = c.oid and attname = 'organisation_id' and not attisdropped) as "namesOrganisation",
       relrowsecurity and exists (select from pg_policy where polrelid = c.oid) as apart
     from pg_class c join pg_namespace n on n.oid = relnamespace
     where nspname = any($1) and relkind in ('r', 'p') order by nspname, relname`,
    [services],
  )
  return rows
}

/** What to do about a table whose rows everybody would see; undefined where all is well. */
export function leak({ service, name, ofNobody, namesOrganisation, apart }: FoundTable): string | undefined {
  const table = `${service}.${name}`
  if (ofNobody && namesOrganisation) return `${table} has an organisation_id: its comment cannot say that it is of no organisation.`
  if (ofNobody || apart) return undefined
  const keep = namesOrganisation
    ? `Add "select keep_apart('${name}');" to the migration that makes it`
    : 'Give it an organisation_id and "select keep_apart(…)", or a policy by its parent as market.close has one'
  return `${table} shows the rows of every organisation. ${keep}; where its rows are nobody's: "comment on table ${name} is 'of no organisation: why'".`
}

type Row = Record<string, unknown>

/**
 * Puts a row of an organisation into every table, past all constraints: all its ids are `id`, so that children find their parents. Answers
 * the rows as they stand.
 */
export async function plant(superuser: pg.Client, tables: readonly FoundTable[], organisation: string, id: string): Promise<Row[]> {
  await superuser.query('set session_replication_role = replica')
  const planted: Row[] = []
  for (const { service, name } of tables) {
    const columns = await columnsOf(superuser, service, name)
    const values = columns.map(({ column, type }) => (column === 'organisation_id' ? organisation : someOf(type, id)))
    const places = columns.map(({ type }, at) => `$${at + 1}::${type}`)
    const names = columns.map(({ column }) => `"${column}"`)
    const { rows } = await superuser.query<{ row: Row }>(
      `insert into ${service}.${name} as t (${names.join(', ')}) values (${places.join(', ')}) returning to_jsonb(t) as row`,
      values,
    )
    planted.push(...rows.map(({ row }) => row))
  }
  return planted
}

/** Those that a row must have. */
async function columnsOf(superuser: pg.Client, service: string, name: string): Promise<{ column: string; type: string }[]> {
  const { rows } = await superuser.query<{ column: string; type: string }>(
    `select attname as column, format_type(atttypid, atttypmod) as type from pg_attribute
     where attrelid = $1::regclass and attnum > 0 and not attisdropped and attidentity = '' and attgenerated = ''
       and (attname = 'organisation_id' or (attnotnull and not atthasdef))`,
    [`${service}.${name}`],
  )
  return rows
}

/** Texts are the id too, where they must be unique. */
function someOf(type: string, id: string): unknown {
  if (type.endsWith('[]')) return '{}'
  if (/^(numeric|integer|bigint|smallint|double|real|xid8)/.test(type)) return '1'
  if (type === 'date' || type.startsWith('timestamp')) return '2026-03-31'
  if (type === 'boolean') return 'true'
  if (type === 'bytea') return '\\x00'
  return type.startsWith('json') ? '{}' : id
}

/** Constraints that ask for certain words would keep a planted row out. */
export async function forgetChecks(superuser: pg.Client, services: readonly string[]): Promise<void> {
  const { rows } = await superuser.query<{ text: string }>(
    `select format('alter table %s drop constraint %I', conrelid::regclass, conname) as text
     from pg_constraint where contype = 'c' and connamespace = any($1::regnamespace[])`,
    [services],
  )
  for (const { text } of rows) await superuser.query(text)
}
