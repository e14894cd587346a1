import type { Call } from '@pe/contracts/actor.ts'
import { acrossOrganisations } from '@pe/platform/db/current-call.ts'
import { newTraceId } from '@pe/platform/http/trace.ts'
import type { CoreDeps } from '../core-deps.ts'
import { planners, readPlans } from '../store/plans.ts'
import { draftPlan } from './draft-plan.ts'

export const draftPlansJob = 'draft-plans'

/** Four times a day: a day begins at another hour for everybody, and closes come in the evening. */
const secondsBetween = 6 * 3600

/** Drafts the due days of all plans of an organisation, and asks for its next run first, so that a failure does not end the rhythm. */
export async function draftPlans(core: CoreDeps, call: Call): Promise<void> {
  const plans = await readPlans(core.db.sql, call.actor, {})
  if (plans.length === 0) return
  await draftLater(core, call)
  for (const { id } of plans) await draftPlan(core, call, id)
}

/** One waiting run per organisation: asking again moves it. */
export async function draftLater(core: CoreDeps, call: Call): Promise<void> {
  await core.queue.add(draftPlansJob, {}, { key: 'next', call, afterSeconds: secondsBetween })
}

/** After a start: what became due while nothing ran is drafted at once. */
export async function catchUpPlans(core: CoreDeps): Promise<void> {
  for (const actor of await acrossOrganisations(() => planners(core.db.sql))) {
    await core.queue.add(draftPlansJob, {}, { key: 'next', call: { actor, traceId: newTraceId() } })
  }
}
