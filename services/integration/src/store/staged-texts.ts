import type { Kysely } from 'kysely'
import { sql } from 'kysely'
import type { IntegrationTables } from './tables.ts'

type Sql = Kysely<IntegrationTables>

export const textColumns = ['import_id', 'organisation_id', 'row', 'date', 'transaction'] as const

export async function hasStagedTexts(db: Sql, importId: string): Promise<boolean> {
  const query = db.selectFrom('staged_text').select('row').where('import_id', '=', importId).limit(1)
  return (await query.executeTakeFirst()) !== undefined
}

interface PageOfTexts {
  readonly count: number
  readonly date: string
  readonly row: number
  /** A JSON list. */
  readonly transactions: string
}

/**
 * The transactions of a staged file, some thousands in one JSON text, by day and on one day as the file lists them (from its end, where it
 * lists the newest first).
 */
export async function* stagedPages(db: Sql, importId: string, newestFirst: boolean, pageSize: number): AsyncGenerator<string> {
  const direction = newestFirst ? sql`desc` : sql`asc`
  const page = async (last: PageOfTexts | undefined): Promise<PageOfTexts | undefined> => {
    const later = last
      ? sql`date >= ${last.date}::date and (date > ${last.date}::date or row ${newestFirst ? sql`<` : sql`>`} ${last.row})`
      : sql`true`
    const { rows } = await sql<PageOfTexts>`
      select count(*)::int as count, max(date)::text as date, (array_agg(row order by date desc, row ${newestFirst ? sql`asc` : sql`desc`}))[1] as row,
        '[' || string_agg(transaction, ',' order by date, row ${direction}) || ']' as transactions
      from (
        select date, row, transaction from staged_text where import_id = ${importId} and ${later}
        order by date, row ${direction} limit ${pageSize}
      ) as page`.execute(db)
    return rows[0]
  }
  // the next page is on its way while this one is worked on
  for (let coming = page(undefined); ; ) {
    const got = await coming
    if (!got || got.count === 0) return
    if (got.count === pageSize) coming = page(got)
    yield got.transactions
    if (got.count < pageSize) return
  }
}
