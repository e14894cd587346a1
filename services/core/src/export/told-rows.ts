import type { Actor } from '@pe/contracts/actor.ts'
import { type RawBuilder, sql } from 'kysely'
import type { CoreSql } from '../core-deps.ts'
import type { BookTable } from './book-tables.ts'

/** Fetched at once; a row of the journal takes about 1 KB on its way. */
const piece = 1000

export type ToldRow = Readonly<Record<string, unknown>>

/** The rows of a table as the file tells them, through a cursor of the transaction: however many there are, a piece stands in memory. */
export async function* toldRows(
  db: CoreSql,
  { organisationId }: Actor,
  { section, table, columns, order }: BookTable,
): AsyncGenerator<ToldRow> {
  const types = await typesOf(db, table)
  const cursor = sql.ref(`export_${section.toLowerCase()}`)
  const told = columns.map(({ name, field }) => sql`${asTold(name, types.get(name))} as ${sql.ref(field)}`)
  // Utility statements take no parameters.
  await sql`
    declare ${cursor} no scroll cursor for
    select ${sql.join(told)} from ${sql.table(table)} where organisation_id = ${sql.lit(organisationId)}
    order by ${sql.join(order.map((name) => sql.ref(`${table}.${name}`)))}`.execute(db)
  for (;;) {
    const { rows } = await sql<ToldRow>`fetch ${sql.lit(piece)} from ${cursor}`.execute(db)
    for (const row of rows) yield withoutNulls(row)
    if (rows.length < piece) break
  }
  await sql`close ${cursor}`.execute(db)
}

/** Absent is null. What is null inside a column of JSON stays. */
function withoutNulls(row: ToldRow): ToldRow {
  const told: Record<string, unknown> = {}
  for (const name in row) if (row[name] !== null) told[name] = row[name]
  return told
}

async function typesOf(db: CoreSql, table: string): Promise<Map<string, string>> {
  const { rows } = await sql<{ name: string; type: string }>`
    select attname as name, atttypid::regtype::text as type from pg_attribute
    where attrelid = ${table}::regclass and attnum > 0 and not attisdropped`.execute(db)
  return new Map(rows.map(({ name, type }) => [name, type]))
}

/** Decimals without padding, moments in UTC to the millisecond (to the microsecond, if there are any), large numbers as text. */
function asTold(name: string, type: string | undefined): RawBuilder<unknown> {
  const column = sql.ref(name)
  if (type === 'numeric') return sql`trim_scale(${column})::text`
  if (type === 'bigint' || type === 'time without time zone') return sql`${column}::text`
  if (type !== 'timestamp with time zone') return column
  const utc = sql`${column} at time zone 'UTC'`
  return sql`case when date_trunc('milliseconds', ${column}) = ${column}
    then to_char(${utc}, 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') else to_char(${utc}, 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') end`
}
