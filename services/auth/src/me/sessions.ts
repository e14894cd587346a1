import type { Call } from '@pe/contracts/actor.ts'
import type { meRoutes } from '@pe/contracts/me.ts'
import type { Input, Reply } from '@pe/contracts/route.ts'
import { Refused } from '@pe/platform/http/refused.ts'
import type { AuthDeps } from '../auth-deps.ts'
import { fullSession } from '../sign-in/own-session.ts'
import { endSessions, listSessionsOf } from '../store/sessions.ts'

/** Where this person is signed in, the one seen last first. */
export async function listSessions(auth: AuthDeps, call: Call): Promise<Reply<typeof meRoutes.listSessions>> {
  const { id, userId } = await fullSession(auth, call)
  return { items: await listSessionsOf(auth.db.sql, userId, id, auth.clock.now()) }
}

/** Ends one of this person's; those of others are not there. */
export async function endSession(
  auth: AuthDeps,
  { params: { sessionId } }: Input<typeof meRoutes.endSession>,
  call: Call,
): Promise<Reply<typeof meRoutes.endSession>> {
  const { userId } = await fullSession(auth, call)
  await auth.db.write({ call, action: 'session.end', subject: `session:${sessionId}` }, async (tx) => {
    const ended = await endSessions(tx.sql, userId, { only: sessionId }, auth.clock.now())
    if (ended === 0) throw new Refused('not_found', 'there is no such session')
  })
  return {}
}

/** Ends all of this person's but the one that asks. */
export async function endOtherSessions(auth: AuthDeps, call: Call): Promise<Reply<typeof meRoutes.endOtherSessions>> {
  const { id, userId } = await fullSession(auth, call)
  const ended = await auth.db.write({ call, action: 'session.end-others', subject: `person:${userId}` }, (tx) =>
    endSessions(tx.sql, userId, { but: id }, auth.clock.now()),
  )
  return { ended }
}
