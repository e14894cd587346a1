import { type RawBuilder, sql } from 'kysely'
import type { RowText } from '../chain/acts.ts'
import type { CoreSql } from '../core-deps.ts'
import type { CoreTables } from './tables.ts'

/** What states nothing: when a row or a ledger last changed, for readers that keep a book in memory; where a chain ends, which the chain itself proves. */
const bookkeeping = ['change', 'book_version', 'chain_length', 'chain_head']

/** A journal row as text, whatever columns migrations have given it, so that no column can be forgotten by who proves the chain. */
export interface JournalText {
  readonly id: string
  readonly row: RowText
}

export type TextColumns = RawBuilder<unknown>

/** Every transaction of an account, in ledger order, `size` at a time. */
export async function* journalText(db: CoreSql, columns: TextColumns, accountId: string, size: number): AsyncGenerator<JournalText[]> {
  let after: { date: string; sequence: string; id: string } | undefined
  for (;;) {
    const beyond = after
      ? sql`(date, sequence, id) > (${after.date}::date, ${after.sequence}::bigint, ${after.id}::uuid)`
      : sql<boolean>`true`
    const { rows } = await sql<{ id: string; date: string; sequence: string; row: RowText }>`
      select id, date::text as date, sequence::text as sequence, ${asObject(columns)} as row
      from transaction where account_id = ${accountId}::uuid and ${beyond}
      order by transaction.date, transaction.sequence, transaction.id limit ${size}`.execute(db)
    if (rows.length > 0) yield rows.map(({ id, row }) => ({ id, row }))
    after = rows.at(-1)
    if (rows.length < size) return
  }
}

/** The same for the entries with which a chain begins: the account is told by the entry. */
export async function* standingRows(db: CoreSql, accountId: string, size: number): AsyncGenerator<RowText[]> {
  for await (const rows of journalText(db, await journalColumns(db), accountId, size))
    yield rows.map(({ row: { account_id, ...row } }) => row)
}

/** These transactions, whatever account they are of. */
export async function journalRows(db: CoreSql, columns: TextColumns, ids: readonly string[]): Promise<Map<string, RowText>> {
  if (ids.length === 0) return new Map()
  const { rows } = await sql<JournalText>`
    select id, ${asObject(columns)} as row from transaction where id = any(${ids}::uuid[])`.execute(db)
  return new Map(rows.map(({ id, row }) => [id, row]))
}

export interface JournalCounts {
  readonly transactions: number
  readonly void: number
  readonly replaced: number
}

export async function countJournal(db: CoreSql, accountId: string): Promise<JournalCounts> {
  const { rows } = await sql<JournalCounts>`
    select count(*)::int as transactions, (count(*) filter (where state = 'void'))::int as void, count(replaced_by)::int as replaced
    from transaction where account_id = ${accountId}::uuid`.execute(db)
  return rows[0] ?? { transactions: 0, void: 0, replaced: 0 }
}

/** All columns of the journal that state something, each with its text. */
export async function journalColumns(db: CoreSql): Promise<TextColumns> {
  return await textColumns(db, 'transaction')
}

/** All columns of a table that state something, each with its text. */
export async function textColumns(db: CoreSql, table: keyof CoreTables): Promise<TextColumns> {
  const { rows } = await sql<{ name: string; type: string }>`
    select attname as name, atttypid::regtype::text as type from pg_attribute
    where attrelid = ${table}::regclass and attnum > 0 and not attisdropped and attname <> all(${bookkeeping}::text[])`.execute(db)
  return sql.join(rows.map(({ name, type }) => sql`${sql.lit(name)}, ${asText(sql.ref(name), type)}`))
}

/** A row with its columns by name; what is null is left out. */
export function asObject(columns: TextColumns): RawBuilder<RowText> {
  return sql<RowText>`json_strip_nulls(json_build_object(${columns}))`
}

/** Exactly as it is written into the chain: decimals without padding, moments in UTC to the millisecond (to the microsecond, if there are any). */
function asText(column: RawBuilder<unknown>, type: string): RawBuilder<unknown> {
  if (type === 'numeric') return sql`trim_scale(${column})::text`
  if (type !== 'timestamp with time zone') return sql`${column}::text`
  const utc = sql`${column} at time zone 'UTC'`
  return sql`case when date_trunc('milliseconds', ${column}) = ${column}
    then to_char(${utc}, 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') else to_char(${utc}, 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') end`
}
