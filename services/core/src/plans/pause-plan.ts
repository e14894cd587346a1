import type { Call } from '@pe/contracts/actor.ts'
import type { coreRoutes } from '@pe/contracts/core.ts'
import type { Plan } from '@pe/contracts/plans.ts'
import type { Input } from '@pe/contracts/route.ts'
import { Refused } from '@pe/platform/http/refused.ts'
import type { CoreDeps } from '../core-deps.ts'
import { lockPlan, updatePlan } from '../store/plans.ts'
import { draftPlan } from './draft-plan.ts'
import { orRefuseOutdated } from './judged-plan.ts'
import { getPlan } from './plans.ts'

/** From today on the plan brings nothing. Days before that are drafted, if they were not yet; drafts that stand stay. */
export async function pausePlan(core: CoreDeps, { params, ifMatch }: Input<typeof coreRoutes.pausePlan>, call: Call): Promise<Plan> {
  await core.db.write({ call, action: 'plan.pause', subject: `plan:${params.planId}` }, async (tx) => {
    const standing = await lockPlan(tx.sql, call.actor, params.planId)
    orRefuseOutdated(standing, ifMatch)
    if (standing.pausedOn !== null) {
      const facts = { date: standing.pausedOn }
      throw Refused.of({ code: 'already_paused', detail: `this plan is paused since ${standing.pausedOn}`, facts })
    }
    await updatePlan(tx.sql, call.actor, { ...standing, pausedOn: core.clock.today(call.actor.timeZone) })
    await draftPlan(core, call, params.planId)
  })
  return await getPlan(core, { params }, call)
}
