import type { Actor } from '@pe/contracts/actor.ts'
import type { RecordedKind } from '@pe/finance/ledger/transaction.ts'
import type { PlainDate } from '@pe/finance/time/plain-date.ts'
import { sql } from 'kysely'
import type { CoreSql } from '../core-deps.ts'
import { listOf } from './accounts.ts'
import { decimalText } from './as-wire.ts'
import { recordedColumns } from './recorded-row.ts'

/** Columns of a staged row: what recording states, where it stands among the others, and what its chain will say of it. */
export const stagedColumns = [...recordedColumns, 'rank', 'place', 'row', 'stated'] as const
export const verdictColumns = ['import_id', 'organisation_id', 'row', 'result', 'code', 'detail', 'facts'] as const

export interface StagedBatch {
  readonly accountIds: ReadonlyMap<string, string>
  readonly judged: string | null
}

export async function findStaged(db: CoreSql, { organisationId }: Actor, importId: string): Promise<StagedBatch | null> {
  const found = await db
    .selectFrom('staged_batch')
    .select(['account_ids', 'judged'])
    .where('import_id', '=', importId)
    .where('organisation_id', '=', organisationId)
    .executeTakeFirst()
  return found ? { accountIds: new Map(Object.entries(found.account_ids)), judged: found.judged } : null
}

export async function beginStaged(
  db: CoreSql,
  { organisationId }: Actor,
  importId: string,
  accountIds: ReadonlyMap<string, string>,
  at: string,
): Promise<void> {
  const values = { account_ids: JSON.stringify(Object.fromEntries(accountIds)), judged: null, staged_at: at }
  await db
    .insertInto('staged_batch')
    .values({ import_id: importId, organisation_id: organisationId, ...values })
    .onConflict((conflict) => conflict.column('import_id').doUpdateSet(values))
    .execute()
}

/** Forgets the rows of an import. */
export async function clearStaged(db: CoreSql, { organisationId }: Actor, importId: string): Promise<void> {
  for (const table of ['staged_transaction', 'staged_verdict', 'staged_batch'] as const)
    await db.deleteFrom(table).where('import_id', '=', importId).where('organisation_id', '=', organisationId).execute()
}

/** Batches that were staged before a moment. */
export async function stagedBefore(db: CoreSql, { organisationId }: Actor, moment: string): Promise<string[]> {
  const query = db.selectFrom('staged_batch').select('import_id').where('organisation_id', '=', organisationId)
  return (await query.where('staged_at', '<', moment).execute()).map((row) => row.import_id)
}

export async function markJudged(db: CoreSql, importId: string, judged: string): Promise<void> {
  await db.updateTable('staged_batch').set({ judged }).where('import_id', '=', importId).execute()
}

/** Rows that the journal knows by their key, and rows that repeat one further up, become duplicates. */
export async function setDuplicatesAside(db: CoreSql, importId: string, standing: readonly string[]): Promise<void> {
  // of what is joined and grouped by below
  await sql`analyze staged_transaction (import_id, account_id, source_key, place, row)`.execute(db)
  if (standing.length > 0) {
    await sql`
      with known as (
        delete from staged_transaction as staged using transaction as recorded
        where staged.import_id = ${importId} and staged.account_id = any(${standing}::uuid[])
          and recorded.account_id = staged.account_id and recorded.source_key = staged.source_key and recorded.state <> 'void'
        returning staged.organisation_id, staged.row
      )
      insert into staged_verdict (import_id, organisation_id, row, result)
      select ${importId}::uuid, organisation_id, row, 'duplicate' from known`.execute(db)
    // Our own export calls a transaction by its id; one that was corrected since stands in its new form.
    await sql`
      with exported as materialized (
        select account_id, place, substr(source_key, 4)::uuid as id from staged_transaction
        where import_id = ${importId} and account_id = any(${standing}::uuid[]) and source_key ~ '^id:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$'
      ), known as (
        delete from staged_transaction as staged using exported join transaction as recorded on recorded.id = exported.id
        where staged.import_id = ${importId} and staged.place = exported.place and recorded.account_id = exported.account_id
          and (recorded.state <> 'void' or recorded.replaced_by is not null)
        returning staged.organisation_id, staged.row
      )
      insert into staged_verdict (import_id, organisation_id, row, result)
      select ${importId}::uuid, organisation_id, row, 'duplicate' from known`.execute(db)
  }
  await sql`
    with repeated as (
      select account_id, source_key, min(place) as first from staged_transaction
      where import_id = ${importId} group by account_id, source_key having count(*) > 1
    ), gone as (
      delete from staged_transaction as staged using repeated
      where staged.import_id = ${importId} and staged.account_id = repeated.account_id and staged.source_key = repeated.source_key
        and staged.place > repeated.first
      returning staged.organisation_id, staged.row
    )
    insert into staged_verdict (import_id, organisation_id, row, result)
    select ${importId}::uuid, organisation_id, row, 'duplicate' from gone`.execute(db)
}

/** A row of two transactions is a duplicate only when both are. */
export async function keepWholeDuplicates(db: CoreSql, importId: string): Promise<void> {
  await sql`
    delete from staged_verdict as verdict using staged_transaction as staged
    where verdict.import_id = ${importId} and verdict.result = 'duplicate'
      and staged.import_id = verdict.import_id and staged.row = verdict.row`.execute(db)
}

/** Takes rows out, by their places; what is said of them is staged apart. */
export async function takeOut(db: CoreSql, importId: string, places: readonly number[]): Promise<void> {
  await sql`delete from staged_transaction where import_id = ${importId} and place = any(${places}::int[])`.execute(db)
}

export interface Staged {
  readonly recorded: number
  readonly refused: number
}

export async function countStaged(db: CoreSql, importId: string): Promise<Staged> {
  const { rows } = await sql<Staged>`
    select (select count(*)::int from staged_transaction where import_id = ${importId}) as recorded,
      (select count(distinct row)::int from staged_verdict where import_id = ${importId} and result = 'refused') as refused`.execute(db)
  return rows[0] ?? { recorded: 0, refused: 0 }
}

export interface Verdict {
  readonly row: number
  readonly result: 'duplicate' | 'refused'
  readonly code: string | null
  readonly detail: string | null
  readonly facts: Readonly<Record<string, string>> | null
}

/** One verdict a row; a refusal says more than that another part of the row is known. */
export async function readVerdicts(
  db: CoreSql,
  { organisationId }: Actor,
  importId: string,
  { after, limit }: { after: number; limit: number },
): Promise<Verdict[]> {
  const { rows } = await sql<Verdict>`
    select distinct on (row) row, result, code, detail, facts from staged_verdict
    where import_id = ${importId} and organisation_id = ${organisationId} and row > ${after}
    order by row, (result = 'duplicate') limit ${limit}`.execute(db)
  return rows
}

/** What position rules need of an entry. */
export interface UnitRow {
  readonly kind: RecordedKind
  readonly date: PlainDate
  readonly time: string | null
  readonly accountId: string
  readonly toAccountId: string | null
  readonly instrumentId: string
  readonly quantity: string
}

export interface StagedUnitRow extends UnitRow {
  readonly rank: number
  readonly place: number
  readonly row: number
}

export interface StandingUnitRow extends UnitRow {
  readonly id: string
  readonly sequence: string
}

const pageSize = 5000

/** Staged entries that move units, in the order in which they would be recorded, page after page. */
export async function* stagedUnits(db: CoreSql, importId: string): AsyncGenerator<StagedUnitRow[]> {
  for (let last: StagedUnitRow | undefined; ; ) {
    const page: StagedUnitRow[] = await db
      .selectFrom('staged_transaction')
      .select([
        'kind',
        sql<PlainDate>`date::text`.as('date'),
        sql<string | null>`time::text`.as('time'),
        'account_id as accountId',
        'to_account_id as toAccountId',
        sql<string>`instrument_id`.as('instrumentId'),
        decimalText('quantity').as('quantity'),
        'rank',
        'place',
        'row',
      ])
      .where('import_id', '=', importId)
      .where('state', '=', 'posted')
      .where('quantity', 'is not', null)
      .where('instrument_id', 'is not', null)
      .$if(last !== undefined, (query) =>
        query.where(
          sql<boolean>`(staged_transaction.date, rank, place) > (${last?.date}::date, ${last?.rank}::smallint, ${last?.place}::int)`,
        ),
      )
      .orderBy('staged_transaction.date')
      .orderBy('rank')
      .orderBy('place')
      .limit(pageSize)
      .execute()
    if (page.length > 0) yield page
    if (page.length < pageSize) return
    last = page.at(-1)
  }
}

/** Recorded entries of these accounts that move units of what is staged, or of what an import recorded, in ledger order, page after page. */
export async function* standingUnits(
  db: CoreSql,
  { organisationId }: Actor,
  accountIds: readonly string[],
  of: { readonly stagedBy: string } | { readonly recordedBy: string },
): AsyncGenerator<StandingUnitRow[]> {
  if (accountIds.length === 0) return
  const instruments =
    'stagedBy' in of
      ? sql<string>`(select distinct instrument_id from staged_transaction where import_id = ${of.stagedBy} and quantity is not null)`
      : sql<string>`(select distinct instrument_id from transaction where import_id = ${of.recordedBy} and quantity is not null and state = 'posted')`
  for (let last: StandingUnitRow | undefined; ; ) {
    const page: StandingUnitRow[] = await db
      .selectFrom('transaction')
      .select([
        'id',
        sql<string>`sequence::text`.as('sequence'),
        'kind',
        sql<PlainDate>`date::text`.as('date'),
        sql<string | null>`time::text`.as('time'),
        'account_id as accountId',
        'to_account_id as toAccountId',
        sql<string>`instrument_id`.as('instrumentId'),
        decimalText('quantity').as('quantity'),
      ])
      .where('organisation_id', '=', organisationId)
      .where('state', '=', 'posted')
      .where('quantity', 'is not', null)
      .where((where) => where.or([where('account_id', 'in', listOf(accountIds)), where('to_account_id', 'in', listOf(accountIds))]))
      .where('instrument_id', 'in', instruments)
      .$if('recordedBy' in of, (query) =>
        query.where(sql<boolean>`import_id is distinct from ${'recordedBy' in of ? of.recordedBy : ''}::uuid`),
      )
      .$if(last !== undefined, (query) =>
        query.where(
          sql<boolean>`(transaction.date, transaction.sequence, id) > (${last?.date}::date, ${last?.sequence}::bigint, ${last?.id}::uuid)`,
        ),
      )
      .orderBy('transaction.date')
      .orderBy('transaction.sequence')
      .orderBy('id')
      .limit(pageSize)
      .execute()
    if (page.length > 0) yield page
    if (page.length < pageSize) return
    last = page.at(-1)
  }
}

/** Whether anything staged takes units away: what only comes in leaves every position covered. */
export async function takesUnits(db: CoreSql, importId: string): Promise<boolean> {
  const query = db.selectFrom('staged_transaction').select('row').where('import_id', '=', importId).where('state', '=', 'posted')
  const kinds = ['sell', 'delivery-out', 'transfer'] as const
  return (await query.where('kind', 'in', kinds).where('quantity', 'is not', null).limit(1).executeTakeFirst()) !== undefined
}

export interface PostedGroup {
  readonly accountId: string
  readonly cashAccountId: string | null
  readonly toAccountId: string | null
  readonly instrumentId: string | null
  readonly date: PlainDate
}

/** Which accounts and instruments posted rows touch, from which day on: of what is staged, or of what an import recorded. */
export async function postedGroups(db: CoreSql, table: 'staged_transaction' | 'transaction', importId: string): Promise<PostedGroup[]> {
  const { rows } = await sql<PostedGroup>`
    select account_id as "accountId", cash_account_id as "cashAccountId", to_account_id as "toAccountId",
      instrument_id as "instrumentId", min(date)::text as date
    from ${sql.table(table)} where import_id = ${importId} and state = 'posted'
    group by account_id, cash_account_id, to_account_id, instrument_id`.execute(db)
  return rows
}
