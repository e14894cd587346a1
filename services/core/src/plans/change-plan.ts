import type { Call } from '@pe/contracts/actor.ts'
import type { coreRoutes } from '@pe/contracts/core.ts'
import type { Plan } from '@pe/contracts/plans.ts'
import type { Input } from '@pe/contracts/route.ts'
import type { CoreDeps } from '../core-deps.ts'
import { lockPlan, type NewPlanRow, updatePlan } from '../store/plans.ts'
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
    const given = Object.fromEntries(Object.entries(body).filter(([, value]) => value !== undefined))
    const changed: NewPlanRow = { ...standing, ...given }
    orRefusePlan(changed)
    await updatePlan(tx.sql, changed)
    await draftPlan(core, call, params.planId)
  })
  return await getPlan(core, { params }, call)
}
