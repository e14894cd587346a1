import type { Call } from '@pe/contracts/actor.ts'
import type { Input, Reply } from '@pe/contracts/route.ts'
import type { signInRoutes } from '@pe/contracts/sign-in.ts'
import { Refused } from '@pe/platform/http/refused.ts'
import type { AuthDeps } from '../auth-deps.ts'
import { queuePasswordReset } from '../mail/mailed-links.ts'
import { queueNotice } from '../mail/notices.ts'
import { findToken, spendToken } from '../store/one-time-tokens.ts'
import { findPerson, ownWordsOf, setPassword, verifyEmailOf } from '../store/people.ts'
import { endSessions } from '../store/sessions.ts'
import { accountBucket, addressBucket, countAttempt, forgetAttempts } from './attempts.ts'
import { noteFailure } from './note-failure.ts'
import { orRefuseWeak } from './password-strength.ts'
import { callOf } from './people-calls.ts'

/** Nobody's letter box is to be filled by others. */
const mostMails = 3

/** Has a link sent, if there is such a person; nothing in the answer, or in the time it takes, tells whether there is. */
export async function askPasswordReset(
  auth: AuthDeps,
  { body }: Input<typeof signInRoutes.askPasswordReset>,
  call: Call,
): Promise<Reply<typeof signInRoutes.askPasswordReset>> {
  const account = { ...accountBucket(auth, body.email), kind: 'reset', most: mostMails }
  await countAttempt(auth, [{ ...addressBucket(call), kind: 'reset-address' }, account])
  await queuePasswordReset(auth, call, body.email)
  return {}
}

/** Sets a new password by the link of a mail, which is spent only once the password is taken. */
export async function resetPassword(
  auth: AuthDeps,
  { body }: Input<typeof signInRoutes.resetPassword>,
  call: Call,
): Promise<Reply<typeof signInRoutes.resetPassword>> {
  const now = auth.clock.now()
  const attempt = await countAttempt(auth, [addressBucket(call)])
  const token = await findToken(auth.db.sql, 'password-reset', body.token, now)
  const person = token?.personId ? await findPerson(auth.db.sql, { id: token.personId }) : null
  if (!person) {
    await noteFailure(auth, call, 'password-reset.fail', null)
    throw spent()
  }
  await attempt.succeeded()
  orRefuseWeak(body.password, await ownWordsOf(auth.db.sql, person.userId))
  const phc = await auth.hasher.hash(body.password)
  await auth.db.write({ call: callOf(call, person), action: 'password-reset', subject: `person:${person.userId}` }, async (tx) => {
    if (!(await spendToken(tx.sql, 'password-reset', body.token, now))) throw spent()
    await setPassword(tx.sql, person.userId, phc, now)
    // The mail that held the link came to this address.
    await verifyEmailOf(tx.sql, person.userId, now)
    await endSessions(tx.sql, person.userId, {}, now)
    await queueNotice(auth, tx, { notice: 'password-changed', personId: person.userId, at: now })
  })
  await forgetAttempts(auth, accountBucket(auth, person.email))
  return {}
}

function spent(): Refused {
  return new Refused('token_spent', 'this link is no longer good: ask for another')
}
