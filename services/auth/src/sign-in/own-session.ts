import type { Call } from '@pe/contracts/actor.ts'
import { Refused } from '@pe/platform/http/refused.ts'
import type { AuthDeps } from '../auth-deps.ts'
import { findSession, type StandingSession } from '../store/sessions.ts'

/** The session that asks, as it stands now: the door may believe for some seconds what is true no more. */
export async function ownSession(auth: AuthDeps, { by, credentialId, actor }: Call): Promise<StandingSession> {
  const signedIn = by === 'session' && credentialId !== undefined
  const session = signedIn ? await findSession(auth.db.sql, credentialId, actor.userId, auth.clock.now()) : null
  if (!session) throw new Refused('unauthenticated', 'nobody is signed in')
  return session
}

/** The same, of somebody who has given all that is asked of them. */
export async function fullSession(auth: AuthDeps, call: Call): Promise<StandingSession> {
  const session = await ownSession(auth, call)
  if (session.pending) throw new Refused('second_factor_needed', 'the second factor is wanted first')
  return session
}

/** The same, of somebody who proved moments ago who they are. */
export async function steppedUpSession(auth: AuthDeps, call: Call): Promise<StandingSession> {
  const session = await fullSession(auth, call)
  if (session.steppedUpUntil === null || session.steppedUpUntil <= auth.clock.now())
    throw new Refused('step_up_needed', 'this asks for your password, or a code, once more')
  return session
}
