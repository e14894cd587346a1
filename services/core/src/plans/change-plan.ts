import type { Call } from '@pe/contracts/actor.ts'
import type { coreRoutes } from '@pe/contracts/core.ts'
import type { Plan } from '@pe/contracts/plans.ts'
import type { Input } from '@pe/contracts/route.ts'
import type { CoreDeps } from '../core-deps.ts'
import { lockPlan, type PlanRow, updatePlan } from '../store/plans.ts'
import { draftPlan } from './draft-plan.ts'
import { orRefuseOutdated, orRefusePlan } from './judged-plan.ts'
import { getPlan } from './plans.ts'

/** Changes a plan from its next day on. What it brought so far is not touched: drafts are a person's business. */
export async function changePlan(
  core: CoreDeps,
  { params, body, ifMatch }: Input<typeof coreRoutes.changePlan>,
  call: Call,
): Promise<Plan> {
  await core.db.write({ call, action: 'plan.change', subject: `plan:${params.planId}` }, async (tx) => {
    const standing = await lockPlan(tx.sql, call.actor, params.planId)
    orRefuseOutdated(standing, ifMatch)
    const changed = changedPlan(standing, body)
    orRefusePlan(changed)
    await updatePlan(tx.sql, call.actor, changed)
    await draftPlan(core, call, params.planId)
  })
  return await getPlan(core, { params }, call)
}

/** Field by field: whatever else a body may bring, a plan stays the same plan of the same account, and its pause is not touched. */
function changedPlan(standing: PlanRow, given: Input<typeof coreRoutes.changePlan>['body']): PlanRow {
  return {
    ...standing,
    name: given.name ?? standing.name,
    amount: given.amount ?? standing.amount,
    fee: given.fee ?? standing.fee,
    rhythm: given.rhythm ?? standing.rhythm,
    day: given.day ?? standing.day,
    dayRule: given.dayRule ?? standing.dayRule,
    until: given.until === undefined ? standing.until : given.until,
    note: given.note ?? standing.note,
  }
}
