import type { Actor } from '@pe/contracts/actor.ts'
import type { PeriodLock, PeriodOverride } from '@pe/contracts/periods.ts'
import type { PlainDate } from '@pe/finance/time/plain-date.ts'
import { Refused } from '@pe/platform/http/refused.ts'
import { sql } from 'kysely'
import type { CoreSql } from '../core-deps.ts'
import { instantText } from './as-wire.ts'

interface Choice {
  readonly id?: string
  readonly accountId?: string | undefined
  readonly closed?: boolean | undefined
  readonly after?: readonly string[] | undefined
  readonly limit?: number
}

/** Closed periods, newest first, reopened ones among them. */
export async function readLocks(db: CoreSql, actor: Actor, { id, accountId, closed, after, limit = 1 }: Choice): Promise<PeriodLock[]> {
  return await db
    .selectFrom('period_lock')
    .select((row) => [
      'id',
      'account_id as accountId',
      sql<PlainDate>`closed_through::text`.as('closedThrough'),
      'reason',
      instantText('closed_at').as('closedAt'),
      'closed_by as closedBy',
      sql<string | null>`${instantText('reopened_at')}`.as('reopenedAt'),
      'reopened_by as reopenedBy',
      'reopen_reason as reopenReason',
      row
        .selectFrom('period_override')
        .select(sql<number>`count(*)::int`.as('count'))
        .whereRef('lock_id', '=', 'period_lock.id')
        .$asScalar()
        .$notNull()
        .as('overrides'),
    ])
    .where('organisation_id', '=', actor.organisationId)
    .$if(id !== undefined, (query) => query.where('id', '=', id ?? ''))
    .$if(accountId !== undefined, (query) =>
      query.where(({ or, eb }) => or([eb('account_id', 'is', null), eb('account_id', '=', accountId ?? '')])),
    )
    .$if(closed === true, (query) => query.where('reopened_at', 'is', null))
    .$if(closed === false, (query) => query.where('reopened_at', 'is not', null))
    .$if(after !== undefined, (query) => query.where(sql<boolean>`(closed_at, id) < (${after?.[0]}::timestamptz, ${after?.[1]}::uuid)`))
    .orderBy('closed_at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit)
    .execute()
}

export async function readLock(db: CoreSql, actor: Actor, id: string): Promise<PeriodLock> {
  const [lock] = await readLocks(db, actor, { id })
  if (!lock) throw new Refused('not_found', 'there is no such closed period')
  return lock
}

export interface LockInForce {
  readonly id: string
  readonly accountId: string | null
  readonly closedThrough: PlainDate
}

/** The locks that hold now for any of these accounts. */
export async function locksInForce(db: CoreSql, actor: Actor, accountIds: readonly string[]): Promise<LockInForce[]> {
  return await db
    .selectFrom('period_lock')
    .select(['id', 'account_id as accountId', sql<PlainDate>`closed_through::text`.as('closedThrough')])
    .where('organisation_id', '=', actor.organisationId)
    .where('reopened_at', 'is', null)
    .where(sql<boolean>`(account_id is null or account_id = any(${accountIds}::uuid[]))`)
    .execute()
}

export interface NewLock {
  readonly id: string
  readonly accountId: string | null
  readonly closedThrough: PlainDate
  readonly reason: string
  readonly at: string
}

export async function insertLock(db: CoreSql, actor: Actor, { id, accountId, closedThrough, reason, at }: NewLock): Promise<void> {
  await db
    .insertInto('period_lock')
    .values({
      id,
      organisation_id: actor.organisationId,
      account_id: accountId,
      closed_through: closedThrough,
      reason,
      closed_at: at,
      closed_by: actor.userId,
    })
    .execute()
}

/** Whether it was closed until now. */
export async function markReopened(db: CoreSql, actor: Actor, id: string, at: string, reason: string): Promise<boolean> {
  const done = await db
    .updateTable('period_lock')
    .set({ reopened_at: at, reopened_by: actor.userId, reopen_reason: reason })
    .where('organisation_id', '=', actor.organisationId)
    .where('id', '=', id)
    .where('reopened_at', 'is', null)
    .executeTakeFirst()
  return done.numUpdatedRows > 0n
}

/** Locks every account of the organisation, those taken away too, against writers, in the order in which writers lock them. Answers them. */
export async function lockAllBooks(db: CoreSql, actor: Actor): Promise<string[]> {
  const rows = await db
    .selectFrom('account')
    .select('id')
    .where('organisation_id', '=', actor.organisationId)
    .orderBy('id')
    .forUpdate()
    .execute()
  return rows.map(({ id }) => id)
}

export interface NewOverride {
  readonly id: string
  readonly lockId: string
  readonly at: string
  readonly reason: string
  readonly firstDay: PlainDate
  readonly entries: number
}

export async function insertOverride(db: CoreSql, actor: Actor, override: NewOverride): Promise<void> {
  await db
    .insertInto('period_override')
    .values({
      id: override.id,
      organisation_id: actor.organisationId,
      lock_id: override.lockId,
      at: override.at,
      by_user: actor.userId,
      reason: override.reason,
      first_day: override.firstDay,
      entries: override.entries,
    })
    .execute()
}

export async function readOverrides(
  db: CoreSql,
  actor: Actor,
  lockId: string,
  { after, limit }: { after: readonly string[] | undefined; limit: number },
): Promise<PeriodOverride[]> {
  return await db
    .selectFrom('period_override')
    .select([
      'id',
      'lock_id as lockId',
      instantText('at').as('at'),
      'by_user as by',
      'reason',
      sql<PlainDate>`first_day::text`.as('firstDay'),
      'entries',
    ])
    .where('organisation_id', '=', actor.organisationId)
    .where('lock_id', '=', lockId)
    .$if(after !== undefined, (query) => query.where(sql<boolean>`(at, id) < (${after?.[0]}::timestamptz, ${after?.[1]}::uuid)`))
    .orderBy('at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit)
    .execute()
}
