import type { Call } from '@pe/contracts/actor.ts'
import type { Input, Reply } from '@pe/contracts/route.ts'
import type { signInRoutes } from '@pe/contracts/sign-in.ts'
import { Refused } from '@pe/platform/http/refused.ts'
import type { AuthDeps } from '../auth-deps.ts'
import { orRefuseCode } from '../second-factor/or-refuse-code.ts'
import { stepUpSession } from '../store/sessions.ts'
import { accountBucket, addressBucket, countAttempt } from './attempts.ts'
import { notingFailure } from './note-failure.ts'
import { orRefusePassword } from './or-refuse-password.ts'
import { fullSession } from './own-session.ts'
import { after, stepUpMilliseconds } from './session-times.ts'

/** Proves once more who asks, by the password or by a code; for some minutes sensitive acts are open then. */
export async function stepUp(
  auth: AuthDeps,
  { body: { password, code } }: Input<typeof signInRoutes.stepUp>,
  call: Call,
): Promise<Reply<typeof signInRoutes.stepUp>> {
  const session = await fullSession(auth, call)
  if ((password === undefined) === (code === undefined)) throw new Refused('bad_request', 'either the password or a code is wanted')
  const attempt = await countAttempt(auth, [addressBucket(call), accountBucket(auth, session.email)])
  const until = after(auth.clock.now(), stepUpMilliseconds)
  const act = { call, action: 'step-up', subject: `session:${session.id}` }
  await notingFailure(auth, call, 'step-up.fail', session, async () => {
    if (password !== undefined) await orRefusePassword(auth, session.userId, password)
    await auth.db.write(act, async (tx) => {
      if (code !== undefined) await orRefuseCode(auth, tx, session.userId, code)
      await stepUpSession(tx.sql, session.id, until)
    })
  })
  await attempt.succeeded()
  return { until }
}
