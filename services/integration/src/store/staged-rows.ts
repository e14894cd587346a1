import type { Actor } from '@pe/contracts/actor.ts'
import type { Kysely } from 'kysely'
import { sql } from 'kysely'
import type { RowCounts } from '../importers/row-log.ts'
import { deliveries } from '../importers/trade-only.ts'
import { reportColumns } from './import-rows.ts'
import type { IntegrationTables, StagedAbout } from './tables.ts'

type Sql = Kysely<IntegrationTables>

export const stagedColumns = ['import_id', 'organisation_id', ...reportColumns] as const
export const verdictColumns = ['import_id', 'organisation_id', 'row', 'state', 'draft', 'code', 'reason', 'note'] as const

export async function rememberFile(db: Sql, { organisationId }: Actor, importId: string, about: StagedAbout, at: string): Promise<void> {
  const values = { about: JSON.stringify(about), staged_at: at }
  await db
    .insertInto('staged_file')
    .values({ import_id: importId, organisation_id: organisationId, ...values })
    .onConflict((conflict) => conflict.column('import_id').doUpdateSet(values))
    .execute()
}

/** What is staged of an import; null when it must be read again: never staged, cleared, or lost in a crash. */
export async function findStagedFile(db: Sql, { organisationId }: Actor, importId: string): Promise<StagedAbout | null> {
  const query = db.selectFrom('staged_file').select('about').where('import_id', '=', importId)
  const found = await query.where('organisation_id', '=', organisationId).executeTakeFirst()
  if (!found) return null
  const rows = db.selectFrom('staged_row').select(sql<number>`count(*)::int`.as('count')).where('import_id', '=', importId)
  return (await rows.executeTakeFirst())?.count === found.about.rows ? found.about : null
}

/** Where these rows stand in the file. */
export async function linesOf(db: Sql, importId: string, rows: readonly number[]): Promise<Map<number, number>> {
  const query = db.selectFrom('staged_row').select(['row', 'line']).where('import_id', '=', importId)
  const found = await query.where(sql<boolean>`row = any(${rows}::int[])`).execute()
  return new Map(found.map(({ row, line }) => [row, line]))
}

export async function clearStagedFile(db: Sql, importId: string): Promise<void> {
  for (const table of ['staged_row', 'staged_text', 'staged_verdict', 'staged_file'] as const)
    await db.deleteFrom(table).where('import_id', '=', importId).execute()
}

/** Files of an organisation that were staged before a moment. */
export async function stagedBefore(db: Sql, { organisationId }: Actor, moment: string): Promise<string[]> {
  const query = db.selectFrom('staged_file').select('import_id').where('organisation_id', '=', organisationId)
  return (await query.where('staged_at', '<', new Date(moment)).execute()).map((row) => row.import_id)
}

export async function clearVerdicts(db: Sql, importId: string): Promise<void> {
  await db.deleteFrom('staged_verdict').where('import_id', '=', importId).execute()
}

/** A row's report as it was read, changed by what was said of it since. Trades without cash are deliveries. */
function told(asDeliveries: boolean) {
  const kinds = Object.entries(deliveries)
  const becomes = asDeliveries
    ? sql`case staged.becomes ${sql.join(
        kinds.map(([from, to]) => sql`when ${from} then ${to}`),
        sql` `,
      )} else staged.becomes end`
    : sql`staged.becomes`
  return { becomes }
}

/**
 * The verdict that counts for a row, looked up by the index. Statistics tell of what was staged before: by them a join of the whole is
 * planned for one row, and 60,000 rows took more than a minute.
 */
const verdict = sql`lateral (
  select state, draft, code, reason, note from staged_verdict
  where import_id = staged.import_id and row = staged.row order by array_position(array['error', 'duplicate', 'ok'], state) limit 1
) as verdict on true`

async function hasVerdicts(db: Sql, importId: string): Promise<boolean> {
  const query = db.selectFrom('staged_verdict').select('row').where('import_id', '=', importId).limit(1)
  return (await query.executeTakeFirst()) !== undefined
}

/** What the book said of the rows, beside each; none where it said nothing at all. */
async function verdictsOf(db: Sql, importId: string) {
  return (await hasVerdicts(db, importId))
    ? verdict
    : sql`(select null::text as state, null::boolean as draft, null::text as code, null::text as reason, null::jsonb as note) as verdict on true`
}

/** The report of every row, in one INSERT … SELECT, in place of an earlier one. */
export async function reportStaged(db: Sql, importId: string, asDeliveries: boolean): Promise<void> {
  await sql`set local statement_timeout = '10min'`.execute(db)
  await sql`delete from import_row where import_id = ${importId}`.execute(db)
  const { becomes } = told(asDeliveries)
  await sql`
    insert into import_row (import_id, organisation_id, row, line, state, becomes, draft, date, account, instrument, quantity, amount, currency,
      field, code, reason, note)
    select staged.import_id, staged.organisation_id, staged.row, staged.line, coalesce(verdict.state, staged.state), ${becomes},
      coalesce(verdict.draft, staged.draft), staged.date, staged.account, staged.instrument, staged.quantity, staged.amount, staged.currency,
      staged.field, coalesce(verdict.code, staged.code), coalesce(verdict.reason, staged.reason), coalesce(verdict.note, staged.note)
    from staged_row as staged left join ${await verdictsOf(db, importId)}
    where staged.import_id = ${importId}`.execute(db)
}

export async function countStagedRows(db: Sql, importId: string): Promise<RowCounts> {
  const { rows } = await sql<{ state: string; count: number; drafts: number }>`
    select coalesce(verdict.state, staged.state) as state, count(*)::int as count,
      (count(*) filter (where coalesce(verdict.draft, staged.draft)))::int as drafts
    from staged_row as staged left join ${await verdictsOf(db, importId)}
    where staged.import_id = ${importId} group by 1`.execute(db)
  const of = (state: string): number => rows.find((one) => one.state === state)?.count ?? 0
  return {
    rows: rows.reduce((sum, { count }) => sum + count, 0),
    ok: of('ok'),
    duplicate: of('duplicate'),
    ignored: of('ignored'),
    needsDecision: of('needs-decision'),
    error: of('error'),
    drafts: rows.find(({ state }) => state === 'ok')?.drafts ?? 0,
  }
}
