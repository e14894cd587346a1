import type { Call } from '@pe/contracts/actor.ts'
import type { meRoutes } from '@pe/contracts/me.ts'
import type { Input, Reply } from '@pe/contracts/route.ts'
import { Refused } from '@pe/platform/http/refused.ts'
import type { AuthDeps } from '../auth-deps.ts'
import { queueNotice } from '../mail/notices.ts'
import { accountBucket, addressBucket, countAttempt } from '../sign-in/attempts.ts'
import { notingFailure } from '../sign-in/note-failure.ts'
import { fullSession } from '../sign-in/own-session.ts'
import { confirm, lockAuthenticator, useStep } from '../store/authenticators.ts'
import { wrongCode } from './or-refuse-code.ts'
import { renewCodes } from './recovery-codes.ts'
import { stepOfCode } from './totp.ts'

/** Asks for the authenticator from now on, once a code shows that it holds the seed. */
export async function confirmAuthenticator(
  auth: AuthDeps,
  { body: { code } }: Input<typeof meRoutes.confirmAuthenticator>,
  call: Call,
): Promise<Reply<typeof meRoutes.confirmAuthenticator>> {
  const { userId, email, ...rest } = await fullSession(auth, call)
  const attempt = await countAttempt(auth, [addressBucket(call), accountBucket(auth, email)])
  const now = auth.clock.now()
  const act = { call, action: 'authenticator.confirm', subject: `person:${userId}` }
  const recoveryCodes = await notingFailure(auth, call, 'authenticator.fail', { ...rest, userId }, () =>
    auth.db.write(act, async (tx) => {
      const authenticator = await lockAuthenticator(tx.sql, auth.keys, userId, 'to-confirm')
      if (!authenticator) throw new Refused('not_found', 'no authenticator waits to be confirmed')
      const step = stepOfCode(authenticator.seed, code, now)
      if (step === null || !(await useStep(tx.sql, authenticator.id, step))) throw wrongCode()
      await confirm(tx.sql, authenticator.id, userId, now)
      await queueNotice(auth, tx, { notice: 'second-factor-on', personId: userId, at: now })
      return await renewCodes(tx.sql, auth.keys, userId, now)
    }),
  )
  await attempt.succeeded()
  return { recoveryCodes }
}
