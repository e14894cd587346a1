import type { Call } from '@pe/contracts/actor.ts'
import type { meRoutes } from '@pe/contracts/me.ts'
import type { Input, Reply } from '@pe/contracts/route.ts'
import type { AuthDeps } from '../auth-deps.ts'
import { queueNotice } from '../mail/notices.ts'
import { accountBucket, addressBucket, countAttempt } from '../sign-in/attempts.ts'
import { notingFailure } from '../sign-in/note-failure.ts'
import { orRefusePassword } from '../sign-in/or-refuse-password.ts'
import { fullSession } from '../sign-in/own-session.ts'
import { orRefuseWeak } from '../sign-in/password-strength.ts'
import { dropTokens } from '../store/one-time-tokens.ts'
import { ownWordsOf, setPassword } from '../store/people.ts'
import { endSessions } from '../store/sessions.ts'

/** Sets a new password for who knows the one that stands. Whoever is signed in elsewhere is not any more, and links for a reset are good for nothing. */
export async function changePassword(
  auth: AuthDeps,
  { body: { current, next } }: Input<typeof meRoutes.changePassword>,
  call: Call,
): Promise<Reply<typeof meRoutes.changePassword>> {
  const session = await fullSession(auth, call)
  const attempt = await countAttempt(auth, [addressBucket(call), accountBucket(auth, session.email)])
  await notingFailure(auth, call, 'password.fail', session, () => orRefusePassword(auth, session.userId, current))
  await attempt.succeeded()
  orRefuseWeak(next, [...(await ownWordsOf(auth.db.sql, session.userId)), current])
  const phc = await auth.hasher.hash(next)
  const now = auth.clock.now()
  await auth.db.write({ call, action: 'password.change', subject: `person:${session.userId}` }, async (tx) => {
    await setPassword(tx.sql, session.userId, phc, now)
    await endSessions(tx.sql, session.userId, { but: session.id }, now)
    await dropTokens(tx.sql, 'password-reset', session.userId)
    await queueNotice(auth, tx, { notice: 'password-changed', personId: session.userId, at: now })
  })
  return {}
}
