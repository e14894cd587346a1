import type { Call } from '@pe/contracts/actor.ts'
import type { coreRoutes } from '@pe/contracts/core.ts'
import type { Plan } from '@pe/contracts/plans.ts'
import type { Input, Reply } from '@pe/contracts/route.ts'
import { nextDueDay, type Schedule } from '@pe/finance/plans/due-days.ts'
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
  return { items: rows.slice(0, limit).map(planOf), next }
}

export async function getPlan(core: CoreDeps, { params }: Input<typeof coreRoutes.getPlan>, call: Call): Promise<Plan> {
  return planOf(await readPlan(core.db.sql, call.actor, params.planId))
}

export function planOf({ lastScheduled, ...row }: PlanRow): Plan {
  return { ...row, nextDue: nextDueDay(scheduleOf(row), lastScheduled)?.due ?? null }
}

export function scheduleOf({ rhythm, day, dayRule, from, until }: Omit<PlanRow, 'lastScheduled'>): Schedule {
  return { rhythm, day, rule: dayRule, from, until }
}
