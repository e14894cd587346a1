import type { Call } from '@pe/contracts/actor.ts'
import type { Me, meRoutes } from '@pe/contracts/me.ts'
import type { Reply } from '@pe/contracts/route.ts'
import { Refused } from '@pe/platform/http/refused.ts'
import type { AuthDeps } from '../auth-deps.ts'
import { queueNotice } from '../mail/notices.ts'
import { steppedUpSession } from '../sign-in/own-session.ts'
import { deleteAuthenticators, lockAuthenticator } from '../store/authenticators.ts'
import { readMe } from '../store/people.ts'
import { dropCodes, renewCodes } from './recovery-codes.ts'

/** Asks for no second factor any more; its recovery codes are good for nothing. */
export async function removeAuthenticator(auth: AuthDeps, call: Call): Promise<Me> {
  const session = await steppedUpSession(auth, call)
  return await auth.db.write({ call, action: 'authenticator.remove', subject: `person:${session.userId}` }, async (tx) => {
    if (!(await deleteAuthenticators(tx.sql, session.userId))) throw none()
    await dropCodes(tx.sql, session.userId)
    await queueNotice(auth, tx, { notice: 'second-factor-off', personId: session.userId, at: auth.clock.now() })
    return await readMe(tx.sql, session)
  })
}

/** Ten new recovery codes for who has an authenticator. */
export async function renewRecoveryCodes(auth: AuthDeps, call: Call): Promise<Reply<typeof meRoutes.renewRecoveryCodes>> {
  const { userId } = await steppedUpSession(auth, call)
  const now = auth.clock.now()
  return await auth.db.write({ call, action: 'recovery-codes.renew', subject: `person:${userId}` }, async (tx) => {
    if (!(await lockAuthenticator(tx.sql, auth.keys, userId, 'in-use'))) throw none()
    await queueNotice(auth, tx, { notice: 'recovery-codes-renewed', personId: userId, at: now })
    return { recoveryCodes: await renewCodes(tx.sql, auth.keys, userId, now) }
  })
}

function none(): Refused {
  return new Refused('not_found', 'no authenticator is asked for at sign-in')
}
