import type { Call } from '@pe/contracts/actor.ts'
import type { Input } from '@pe/contracts/route.ts'
import type { SignedIn, signInRoutes } from '@pe/contracts/sign-in.ts'
import { Refused } from '@pe/platform/http/refused.ts'
import type { AuthDeps } from '../auth-deps.ts'
import { accountBucket, addressBucket, countAttempt } from '../sign-in/attempts.ts'
import { notingFailure } from '../sign-in/note-failure.ts'
import { openSession } from '../sign-in/open-session.ts'
import { ownSession } from '../sign-in/own-session.ts'
import { orRefuseCode } from './or-refuse-code.ts'

/** Completes a sign-in: the session that waited ends, and one under a token of its own takes its place. */
export async function giveSecondFactor(
  auth: AuthDeps,
  { body }: Input<typeof signInRoutes.giveSecondFactor>,
  call: Call,
): Promise<SignedIn> {
  const session = await ownSession(auth, call)
  if (!session.pending) throw new Refused('bad_request', 'this session waits for no second factor')
  const attempt = await countAttempt(auth, [addressBucket(call), accountBucket(auth, session.email)])
  const act = { call, action: 'sign-in', subject: `person:${session.userId}` }
  const signedIn = await notingFailure(auth, call, 'second-factor.fail', session, () =>
    auth.db.write(act, async (tx) => {
      await orRefuseCode(auth, tx, session.userId, body.code)
      return await openSession(auth, tx, session, { pending: false, notice: true })
    }),
  )
  await attempt.succeeded()
  return signedIn
}
