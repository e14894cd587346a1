import type { Call } from '@pe/contracts/actor.ts'
import type { coreRoutes } from '@pe/contracts/core.ts'
import type { Plan } from '@pe/contracts/plans.ts'
import type { Input } from '@pe/contracts/route.ts'
import { addDays } from '@pe/finance/time/plain-date.ts'
import { Refused } from '@pe/platform/http/refused.ts'
import type { CoreDeps } from '../core-deps.ts'
import { booksOf } from '../store/accounts.ts'
import { lockPlan, updatePlan } from '../store/plans.ts'
import { accountsOf } from '../store/transactions.ts'
import { draftPlan } from './draft-plan.ts'
import { orRefuseArchived, orRefuseOutdated } from './judged-plan.ts'
import { getPlan } from './plans.ts'

/**
 * The plan goes on from today. The days that were due meanwhile are left out, for good, unless their drafts are asked for: who paused a plan
 * did not buy then, and drafts of money that never moved would have to be discarded one by one.
 */
export async function resumePlan(
  core: CoreDeps,
  { params, body, ifMatch }: Input<typeof coreRoutes.resumePlan>,
  call: Call,
): Promise<Plan> {
  await core.db.write({ call, action: 'plan.resume', subject: `plan:${params.planId}` }, async (tx) => {
    const standing = await lockPlan(tx.sql, call.actor, params.planId)
    orRefuseOutdated(standing, ifMatch)
    if (standing.pausedOn === null) throw new Refused('not_paused', 'this plan is not paused')
    orRefuseArchived(await booksOf(tx.sql, call.actor, accountsOf(standing)))
    const yesterday = addDays(core.clock.today(call.actor.timeZone), -1)
    const skippedThrough = body.missed === 'draft' ? standing.skippedThrough : yesterday
    await updatePlan(tx.sql, call.actor, { ...standing, pausedOn: null, skippedThrough })
    await draftPlan(core, call, params.planId)
  })
  return await getPlan(core, { params }, call)
}
