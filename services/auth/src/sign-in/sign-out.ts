import type { Call } from '@pe/contracts/actor.ts'
import type { Reply } from '@pe/contracts/route.ts'
import type { signInRoutes } from '@pe/contracts/sign-in.ts'
import type { AuthDeps } from '../auth-deps.ts'
import { endSessions } from '../store/sessions.ts'
import { ownSession } from './own-session.ts'

/** Ends the session that asks, also one that waits for its second factor. */
export async function signOut(auth: AuthDeps, call: Call): Promise<Reply<typeof signInRoutes.signOut>> {
  const { id, userId } = await ownSession(auth, call)
  await auth.db.write({ call, action: 'sign-out', subject: `session:${id}` }, (tx) =>
    endSessions(tx.sql, userId, { only: id }, auth.clock.now()),
  )
  return { session: null }
}
