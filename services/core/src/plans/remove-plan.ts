import type { Call } from '@pe/contracts/actor.ts'
import type { coreRoutes } from '@pe/contracts/core.ts'
import type { Input, Reply } from '@pe/contracts/route.ts'
import { Refused } from '@pe/platform/http/refused.ts'
import type { CoreDeps } from '../core-deps.ts'
import { markPlanRemoved } from '../store/plans.ts'

/** Gives a plan up: no more drafts; those that stand stay. */
export async function removePlan(
  core: CoreDeps,
  { params: { planId } }: Input<typeof coreRoutes.removePlan>,
  call: Call,
): Promise<Reply<typeof coreRoutes.removePlan>> {
  return await core.db.write({ call, action: 'plan.remove', subject: `plan:${planId}` }, async (tx) => {
    const stood = await markPlanRemoved(tx.sql, call.actor, planId, core.clock.now())
    if (!stood) throw new Refused('not_found', 'there is no such plan')
    return { id: planId }
  })
}
