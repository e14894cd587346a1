import type { Call } from '@pe/contracts/actor.ts'
import type { identityRoutes } from '@pe/contracts/identities.ts'
import type { Input } from '@pe/contracts/route.ts'
import type { Act } from '@pe/platform/db/database.ts'
import type { AuthDeps } from '../auth-deps.ts'
import { countDenials, wordOf } from './count-denials.ts'
import { settleDenials } from './settle-denials.ts'

type Noted = Input<typeof identityRoutes.noteDenials>['body']['denials'][number]

/** What the door turned away: known callers one by one, unknown ones counted by network and minute. */
export async function noteDenials(
  auth: AuthDeps,
  { body }: Input<typeof identityRoutes.noteDenials>,
  call: Call,
): Promise<Record<string, never>> {
  const acts = body.denials.flatMap((denial) => actOf(denial, call))
  const others = body.denials.filter((denial) => actOf(denial, call).length === 0)
  await noteAll(auth, acts, () => countDenials(auth, others))
  await settleDenials(auth)
  return {}
}

function actOf({ organisationId, userId, code, operation, address, count }: Noted, { traceId }: Call): Act[] {
  if (organisationId === null || userId === null) return []
  const times = count > 1 ? ` ${count} times` : ''
  const subject = `operation:${wordOf(operation)} ${wordOf(code)} from ${address.slice(0, 45)}${times}`
  return [{ call: { actor: { organisationId, userId, timeZone: 'UTC' }, traceId }, action: 'access.deny', subject }]
}

/** All or none, so that who tries again after trouble notes nothing twice: each write joins the one around it. */
async function noteAll(auth: AuthDeps, acts: readonly Act[], also: () => Promise<void>): Promise<void> {
  const last = acts.at(-1)
  if (!last) return await also()
  await auth.db.write(last, async () => {
    for (const act of acts.slice(0, -1)) await auth.db.write(act, async () => {})
    await also()
  })
}
