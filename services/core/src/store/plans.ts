import type { Actor } from '@pe/contracts/actor.ts'
import type { PlanKind } from '@pe/contracts/plans.ts'
import type { DayRule, Rhythm } from '@pe/finance/plans/due-days.ts'
import type { PlainDate } from '@pe/finance/time/plain-date.ts'
import { Refused } from '@pe/platform/http/refused.ts'
import { sql } from 'kysely'
import type { CoreSql } from '../core-deps.ts'
import { decimalText, instantText } from './as-wire.ts'

export interface PlanRow {
  readonly id: string
  readonly name: string
  readonly accountId: string
  readonly cashAccountId: string | null
  readonly kind: PlanKind
  readonly instrumentId: string | null
  readonly amount: string
  readonly currency: string
  readonly fee: string
  readonly rhythm: Rhythm
  readonly day: number
  readonly dayRule: DayRule
  readonly from: PlainDate
  readonly until: PlainDate | null
  readonly note: string
  readonly pausedOn: PlainDate | null
  /** What was due up to this day during a pause was left out. */
  readonly skippedThrough: PlainDate | null
  readonly createdAt: string
  readonly version: number
  /** The last scheduled day that has brought a draft. */
  readonly lastScheduled: PlainDate | null
  readonly drafted: number
  readonly drafts: number
}

interface Choice {
  readonly id?: string
  readonly accountIds?: readonly string[] | undefined
  readonly after?: readonly string[] | undefined
  readonly limit?: number
}

/** Plans that were not given up, by name. */
export async function readPlans(db: CoreSql, actor: Actor, { id, accountIds, after, limit }: Choice): Promise<PlanRow[]> {
  return await db
    .selectFrom('plan')
    .innerJoinLateral(
      (inner) =>
        inner
          .selectFrom('plan_day')
          // By the key, which a corrected draft inherits.
          .leftJoin('transaction', (join) =>
            join
              .onRef('transaction.account_id', '=', 'plan.account_id')
              .on('source_key', '=', sql<string>`'plan:' || plan_id || ':' || scheduled_on`)
              .on('transaction.state', '=', 'draft'),
          )
          .select([
            sql<PlainDate | null>`max(scheduled_on)::text`.as('lastScheduled'),
            sql<number>`count(*)::int`.as('drafted'),
            sql<number>`count(transaction.id)::int`.as('drafts'),
          ])
          .whereRef('plan_day.plan_id', '=', 'plan.id')
          .as('days'),
      (join) => join.onTrue(),
    )
    .select([
      'plan.id',
      'plan.name',
      'plan.account_id as accountId',
      'plan.cash_account_id as cashAccountId',
      'plan.kind',
      'plan.instrument_id as instrumentId',
      decimalText('plan.amount').as('amount'),
      'plan.currency',
      decimalText('plan.fee').as('fee'),
      'rhythm',
      'day',
      'day_rule as dayRule',
      sql<PlainDate>`from_day::text`.as('from'),
      sql<PlainDate | null>`until_day::text`.as('until'),
      'plan.note',
      sql<PlainDate | null>`paused_on::text`.as('pausedOn'),
      sql<PlainDate | null>`skipped_through::text`.as('skippedThrough'),
      instantText('plan.created_at').as('createdAt'),
      'plan.version',
      'lastScheduled',
      'drafted',
      'drafts',
    ])
    .where('plan.organisation_id', '=', actor.organisationId)
    .where('plan.removed_at', 'is', null)
    .$if(id !== undefined, (query) => query.where('plan.id', '=', id ?? ''))
    .$if(accountIds !== undefined, (query) => query.where(sql<boolean>`plan.account_id = any(${accountIds}::uuid[])`))
    .$if(after !== undefined, (query) => query.where(sql<boolean>`(lower(plan.name), plan.id) > (${after?.[0]}, ${after?.[1]}::uuid)`))
    .orderBy(sql`lower(plan.name)`)
    .orderBy('plan.id')
    .$if(limit !== undefined, (query) => query.limit(limit ?? 1))
    .execute()
}

export async function readPlan(db: CoreSql, actor: Actor, id: string): Promise<PlanRow> {
  const [plan] = await readPlans(db, actor, { id })
  if (!plan) throw new Refused('not_found', 'there is no such plan')
  return plan
}

/** Against others who draft its days or change it at the same time. */
export async function lockPlan(db: CoreSql, actor: Actor, id: string): Promise<PlanRow> {
  await db.selectFrom('plan').select('id').where('organisation_id', '=', actor.organisationId).where('id', '=', id).forUpdate().execute()
  return await readPlan(db, actor, id)
}

export type NewPlanRow = Omit<PlanRow, 'version' | 'lastScheduled' | 'drafted' | 'drafts'>

export async function insertPlan(db: CoreSql, actor: Actor, plan: NewPlanRow): Promise<void> {
  await db
    .insertInto('plan')
    .values({
      id: plan.id,
      organisation_id: actor.organisationId,
      account_id: plan.accountId,
      cash_account_id: plan.cashAccountId,
      kind: plan.kind,
      instrument_id: plan.instrumentId,
      currency: plan.currency,
      from_day: plan.from,
      created_at: plan.createdAt,
      created_by: actor.userId,
      time_zone: actor.timeZone,
      ...changeable(plan),
    })
    .execute()
}

export async function updatePlan(db: CoreSql, actor: Actor, plan: NewPlanRow): Promise<void> {
  await db
    .updateTable('plan')
    .set({ ...changeable(plan), version: sql`version + 1` })
    .where('organisation_id', '=', actor.organisationId)
    .where('id', '=', plan.id)
    .execute()
}

function changeable({ name, amount, fee, rhythm, day, dayRule, until, note, pausedOn, skippedThrough }: NewPlanRow) {
  const pause = { paused_on: pausedOn, skipped_through: skippedThrough }
  return { name, amount, fee, rhythm, day, day_rule: dayRule, until_day: until, note, ...pause }
}

/** The running plans of an account rest from a day on; each counts as changed. */
export async function pausePlansOf(db: CoreSql, actor: Actor, accountId: string, from: PlainDate): Promise<void> {
  await db
    .updateTable('plan')
    .set({ paused_on: from, version: sql`version + 1` })
    .where('organisation_id', '=', actor.organisationId)
    .where('removed_at', 'is', null)
    .where('paused_on', 'is', null)
    .where(({ or, eb }) => or([eb('account_id', '=', accountId), eb('cash_account_id', '=', accountId)]))
    .execute()
}

export async function markPlanRemoved(db: CoreSql, actor: Actor, id: string, at: string): Promise<boolean> {
  const done = await db
    .updateTable('plan')
    .set({ removed_at: at })
    .where('organisation_id', '=', actor.organisationId)
    .where('id', '=', id)
    .where('removed_at', 'is', null)
    .executeTakeFirst()
  return done.numUpdatedRows > 0n
}

export interface PlanDay {
  readonly scheduled: PlainDate
  readonly transactionId: string
}

/** Remembers what each scheduled day has brought; a day that was completed names what stands in its place. */
export async function rememberDays(db: CoreSql, actor: Actor, planId: string, days: readonly PlanDay[]): Promise<void> {
  if (days.length === 0) return
  await sql`
    insert into plan_day (plan_id, scheduled_on, organisation_id, transaction_id)
    select ${planId}::uuid, day.scheduled, ${actor.organisationId}::uuid, day.id
    from unnest(${days.map(({ scheduled }) => scheduled)}::date[], ${days.map(({ transactionId }) => transactionId)}::uuid[]) as day (scheduled, id)
    on conflict (plan_id, scheduled_on) do update set transaction_id = excluded.transaction_id`.execute(db)
}

/** Days whose draft stands as the plan left it and has no units yet. */
export async function daysWithoutUnits(db: CoreSql, planId: string): Promise<PlanDay[]> {
  return await db
    .selectFrom('plan_day')
    .innerJoin('transaction', 'transaction.id', 'plan_day.transaction_id')
    .select([sql<PlainDate>`scheduled_on::text`.as('scheduled'), 'transaction_id as transactionId'])
    .where('plan_id', '=', planId)
    .where('transaction.state', '=', 'draft')
    .where('transaction.kind', '=', 'buy')
    .where('transaction.quantity', 'is', null)
    .orderBy('scheduled_on')
    .execute()
}

/** Somebody of each organisation that has plans, in whose name its days are drafted. */
export async function planners(db: CoreSql): Promise<Actor[]> {
  return await db
    .selectFrom('plan')
    .select(['organisation_id as organisationId', 'created_by as userId', 'time_zone as timeZone'])
    .distinctOn('organisation_id')
    .where('removed_at', 'is', null)
    .orderBy('organisation_id')
    .orderBy('created_at')
    .execute()
}
