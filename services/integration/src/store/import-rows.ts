import type { Actor } from '@pe/contracts/actor.ts'
import type { ImportRow, RowState } from '@pe/contracts/integration.ts'
import type { WriteTx } from '@pe/platform/db/database.ts'
import { type Kysely, sql } from 'kysely'
import type { RowReport } from '../importers/row-report.ts'
import type { IntegrationTables } from './tables.ts'

/** What is told of a row. */
export const reportColumns = [
  'row',
  'line',
  'state',
  'becomes',
  'draft',
  'date',
  'account',
  'instrument',
  'quantity',
  'amount',
  'currency',
  'field',
  'code',
  'reason',
  'note',
] as const satisfies readonly (keyof ImportRow)[]

/** The whole report of an import in one COPY, in place of an earlier one. */
export async function replaceRows(tx: WriteTx<IntegrationTables>, importId: string, rows: Iterable<RowReport>): Promise<void> {
  await tx.sql.deleteFrom('import_row').where('import_id', '=', importId).execute()
  await tx.copyIn('import_row', ['import_id', 'organisation_id', ...reportColumns], lines(importId, tx.actor, rows))
}

function* lines(importId: string, { organisationId }: Actor, rows: Iterable<RowReport>): Generator<(string | null)[]> {
  for (const row of rows) yield reportTexts(importId, organisationId, row)
}

/** A report as COPY takes it. */
export function reportTexts(importId: string, organisationId: string, row: RowReport): (string | null)[] {
  const line: (string | null)[] = [importId, organisationId]
  for (const column of reportColumns) {
    const value = row[column]
    line.push(value === null ? null : typeof value === 'object' ? JSON.stringify(value) : String(value).slice(0, 500))
  }
  return line
}

export interface RowPage {
  readonly state?: RowState | undefined
  /** Rows after this one. */
  readonly after?: number | undefined
  readonly limit: number
}

export async function listRows(
  db: Kysely<IntegrationTables>,
  importId: string,
  { state, after = 0, limit }: RowPage,
): Promise<ImportRow[]> {
  let query = db.selectFrom('import_row').select(reportColumns).where('import_id', '=', importId).where('row', '>', after)
  if (state) query = query.where('state', '=', state)
  return query.orderBy('row').limit(limit).execute()
}

/** What is told of these rows. */
export async function readReports(db: Kysely<IntegrationTables>, importId: string, rows: readonly number[]): Promise<ImportRow[]> {
  const query = db.selectFrom('import_row').select(reportColumns).where('import_id', '=', importId)
  return query.where(sql<boolean>`row = any(${rows}::int[])`).execute()
}
