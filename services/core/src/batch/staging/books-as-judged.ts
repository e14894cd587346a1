import type { Call } from '@pe/contracts/actor.ts'
import { sql } from 'kysely'
import type { CoreDeps, CoreSql } from '../../core-deps.ts'
import type { AccountPlan } from '../plan-accounts.ts'

/** What a judgement rests on, as a text to compare: the books, their rules, which periods are closed, since when the portfolio is archived, and the day. */
export async function booksAsJudged(core: CoreDeps, db: CoreSql, call: Call, plan: AccountPlan): Promise<string> {
  const standing = plan.accounts.filter(({ opens }) => opens === null).map(({ id }) => id)
  const { rows } = await sql<{ state: string | null }>`
    select string_agg(id || ':' || version || ':' || book_version, ' ' order by id) as state from account
    where organisation_id = ${call.actor.organisationId} and id = any(${standing}::uuid[])`.execute(db)
  const locks = await sql<{ state: string }>`
    select count(*) || ':' || count(reopened_at) as state from period_lock where organisation_id = ${call.actor.organisationId}`.execute(db)
  const accounts = plan.accounts.map(({ key, id }) => `${key}=${id}`).join(' ')
  return JSON.stringify([
    accounts,
    rows[0]?.state ?? '',
    locks.rows[0]?.state ?? '',
    plan.portfolio?.archivedOn ?? '',
    core.clock.today(call.actor.timeZone),
    call.override ?? '',
  ])
}
