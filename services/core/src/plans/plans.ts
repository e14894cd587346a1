import type { Call } from '@pe/contracts/actor.ts'
import type { coreRoutes } from '@pe/contracts/core.ts'
import type { Plan } from '@pe/contracts/plans.ts'
import type { Input, Reply } from '@pe/contracts/route.ts'
import { dueDays, nextDueDay, type Schedule } from '@pe/finance/plans/due-days.ts'
import type { PlainDate } from '@pe/finance/time/plain-date.ts'
import { cursorAfter, readCursor } from '@pe/platform/http/cursor.ts'
import { isNamePlace } from '../accounts.ts'
import type { CoreDeps } from '../core-deps.ts'
import { type PlanRow, readPlan, readPlans } from '../store/plans.ts'
import { scopeOf } from '../transactions.ts'

export async function listPlans(
  core: CoreDeps,
  { query }: Input<typeof coreRoutes.listPlans>,
  call: Call,
): Promise<Reply<typeof coreRoutes.listPlans>> {
  const limit = query.limit ?? 100
  const after = readCursor(query.cursor, isNamePlace)
  const accountIds = await scopeOf(core, call, query)
  const rows = await readPlans(core.db.sql, call.actor, { accountIds, after, limit: limit + 1 })
  const next = cursorAfter(rows, limit, ({ name, id }) => [name.toLowerCase(), id])
  return { items: rows.slice(0, limit).map((row) => planOf(row, todayOf(core, call))), next }
}

export async function getPlan(core: CoreDeps, { params }: Input<typeof coreRoutes.getPlan>, call: Call): Promise<Plan> {
  return planOf(await readPlan(core.db.sql, call.actor, params.planId), todayOf(core, call))
}

function todayOf(core: CoreDeps, call: Call): PlainDate {
  return core.clock.today(call.actor.timeZone)
}

function planOf(row: PlanRow, today: PlainDate): Plan {
  const { lastScheduled, skippedThrough, ...plan } = row
  const missed = row.pausedOn === null ? 0 : dueDays(scheduleOf(row), lastScheduled, today).length
  const next = row.pausedOn === null ? nextDueDay(scheduleOf(row), lastScheduled) : null
  return { ...plan, missed, nextDue: next?.due ?? null }
}

export function scheduleOf({ rhythm, day, dayRule, from, until, skippedThrough }: PlanRow): Schedule {
  return { rhythm, day, rule: dayRule, from, until, skippedThrough }
}
