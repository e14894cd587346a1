import type { Actor } from '@pe/contracts/actor.ts'
import type { WriteTx } from '@pe/platform/db/database.ts'
import { sql } from 'kysely'
import type { CoreSql } from '../core-deps.ts'
import type { CoreTables } from '../store/tables.ts'
import { type BookTable, bookTables } from './book-tables.ts'
import type { ToldRow } from './told-rows.ts'

const bySection = new Map(bookTables.map((table) => [table.section as string, table]))

/** Puts rows of a list in their table by COPY, each column as the file tells it, as the organisation's of who asks. */
export async function insertRows(tx: WriteTx<CoreTables>, section: string, rows: readonly ToldRow[]): Promise<void> {
  const found = bySection.get(section)
  if (!found) return
  const { table, columns } = found
  const names = ['organisation_id', ...columns.map(({ name }) => name)]
  const { organisationId } = tx.actor
  const texts = function* () {
    for (const row of rows) yield [organisationId, ...columns.map(({ field }) => textOf(row[field]))]
  }
  await tx.copyIn(table, names, texts())
}

function textOf(value: unknown): string | null {
  if (value === undefined || value === null) return null
  if (typeof value === 'string') return value
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}

/** Whether the organisation has anything that a book would bring. */
export async function isEmpty(db: CoreSql, { organisationId }: Actor): Promise<boolean> {
  const any = bookTables.map(
    ({ table }: BookTable) => sql`exists (select from ${sql.table(table)} where organisation_id = ${organisationId}::uuid)`,
  )
  const { rows } = await sql<{ any: boolean }>`select ${sql.join(any, sql` or `)} as any`.execute(db)
  return rows[0]?.any === false
}

/** What is recorded next comes after what was taken in. */
export async function moveSequences(db: CoreSql): Promise<void> {
  await sql`
    select setval('transaction_sequence', greatest((select max(sequence) from transaction), (select last_value from transaction_sequence))),
      setval(pg_get_serial_sequence('action_application', 'place'),
        greatest((select max(place) from action_application), (select last_value from action_application_place_seq)),
        exists (select from action_application) or (select is_called from action_application_place_seq))`.execute(db)
}
