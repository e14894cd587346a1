import type { PlainDate } from '@pe/finance/time/plain-date.ts'
import type { Database, WriteTx } from '@pe/platform/db/database.ts'
import { sql } from 'kysely'
import type { AnalyticsTables, ScopeKind } from './tables.ts'

/** An account or portfolio whose days are stored, and what they rest on. */
export interface ValuedScope {
  readonly id: string
  readonly kind: ScopeKind
  readonly currency: string | null
  readonly bookVersions: Readonly<Record<string, number>>
  readonly firstDay: PlainDate | null
  readonly lastDay: PlainDate | null
  readonly marks: number
  readonly dirtyFrom: PlainDate | null
}

/** The first day there is: everything is to be valued. */
export const fromTheBeginning = '0001-01-01' as PlainDate

const columns = ['scope_id', 'kind', 'currency', 'book_versions', 'first_day', 'last_day', 'marks', 'dirty_from'] as const

export async function findScope(db: Database<AnalyticsTables>, organisationId: string, id: string): Promise<ValuedScope | undefined> {
  const row = await db.sql
    .selectFrom('valued_scope')
    .select(columns)
    .where('organisation_id', '=', organisationId)
    .where('scope_id', '=', id)
    .executeTakeFirst()
  return row && scopeOf(row)
}

/** The same, kept from changing until the transaction ends. */
export async function lockScope(tx: WriteTx<AnalyticsTables>, organisationId: string, id: string): Promise<ValuedScope | undefined> {
  const row = await tx.sql
    .selectFrom('valued_scope')
    .select(columns)
    .where('organisation_id', '=', organisationId)
    .where('scope_id', '=', id)
    .forUpdate()
    .executeTakeFirst()
  return row && scopeOf(row)
}

/** Marks one scope, known or not, dirty from a day on. */
export async function markScope(
  tx: WriteTx<AnalyticsTables>,
  organisationId: string,
  scope: { id: string; kind: ScopeKind },
  from: PlainDate,
): Promise<void> {
  await tx.sql
    .insertInto('valued_scope')
    .values({
      organisation_id: organisationId,
      scope_id: scope.id,
      kind: scope.kind,
      account_ids: [],
      instrument_ids: [],
      needs_rates: false,
      book_versions: '{}',
      marks: 1,
      dirty_from: fromTheBeginning,
    })
    .onConflict((conflict) => conflict.columns(['organisation_id', 'scope_id']).doUpdateSet(marked(from)))
    .execute()
}

/** Which scopes a change may concern. */
export type Concerned =
  | { readonly account: string }
  | { readonly instrument: string }
  | { readonly rates: true }
  | { readonly everything: true }

/**
 * Marks every known scope that a change may concern. Scopes that are dirty already are marked too: what they rest on is being read
 * just now, perhaps before the change.
 */
export async function markConcerned(
  tx: WriteTx<AnalyticsTables>,
  organisationId: string,
  concerned: Concerned,
  from: PlainDate,
): Promise<{ id: string; kind: ScopeKind }[]> {
  const holds =
    'account' in concerned
      ? sql<boolean>`${concerned.account}::uuid = any(account_ids)`
      : 'instrument' in concerned
        ? sql<boolean>`${concerned.instrument}::uuid = any(instrument_ids)`
        : 'rates' in concerned
          ? sql<boolean>`needs_rates`
          : sql<boolean>`true`
  return tx.sql
    .updateTable('valued_scope')
    .set(marked(from))
    .where('organisation_id', '=', organisationId)
    .where((eb) => eb.or([holds, eb('dirty_from', 'is not', null)]))
    .returning(['scope_id as id', 'kind'])
    .execute()
}

function marked(from: PlainDate) {
  return {
    marks: sql<number>`valued_scope.marks + 1`,
    dirty_from: sql<string>`least(coalesce(valued_scope.dirty_from, ${from}::date), ${from}::date)`,
  }
}

/** What stored days now rest on. The scope stays dirty when it was marked again since `marks` was read. */
export async function saveScope(
  tx: WriteTx<AnalyticsTables>,
  organisationId: string,
  scope: {
    id: string
    marks: number
    currency: string
    accountIds: readonly string[]
    instrumentIds: readonly string[]
    needsRates: boolean
    bookVersions: ReadonlyMap<string, number>
    firstDay: PlainDate | null
    lastDay: PlainDate | null
  },
): Promise<void> {
  await tx.sql
    .updateTable('valued_scope')
    .set({
      currency: scope.currency,
      account_ids: sql<string[]>`${[...scope.accountIds]}::uuid[]`,
      instrument_ids: sql<string[]>`${[...scope.instrumentIds]}::uuid[]`,
      needs_rates: scope.needsRates,
      book_versions: JSON.stringify(Object.fromEntries(scope.bookVersions)),
      first_day: scope.firstDay,
      last_day: scope.lastDay,
      dirty_from: sql<string | null>`case when marks = ${scope.marks}::bigint then null else dirty_from end`,
    })
    .where('organisation_id', '=', organisationId)
    .where('scope_id', '=', scope.id)
    .execute()
}

/** Takes a scope away with its days: the account or portfolio is no more. */
export async function removeScope(tx: WriteTx<AnalyticsTables>, organisationId: string, id: string): Promise<void> {
  await tx.sql.deleteFrom('valued_year').where('organisation_id', '=', organisationId).where('scope_id', '=', id).execute()
  await tx.sql.deleteFrom('valued_scope').where('organisation_id', '=', organisationId).where('scope_id', '=', id).execute()
}

function scopeOf(row: Pick<AnalyticsTables['valued_scope'], (typeof columns)[number]>): ValuedScope {
  return {
    id: row.scope_id,
    kind: row.kind,
    currency: row.currency,
    bookVersions: row.book_versions as Readonly<Record<string, number>>,
    firstDay: row.first_day as PlainDate | null,
    lastDay: row.last_day as PlainDate | null,
    marks: row.marks,
    dirtyFrom: row.dirty_from as PlainDate | null,
  }
}
