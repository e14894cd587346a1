import type { Call } from '@pe/contracts/actor.ts'
import type { Input, Reply } from '@pe/contracts/route.ts'
import type { signInRoutes } from '@pe/contracts/sign-in.ts'
import { Refused } from '@pe/platform/http/refused.ts'
import type { AuthDeps } from '../auth-deps.ts'
import { findToken, spendToken } from '../store/one-time-tokens.ts'
import { findPerson, verifyEmailOf } from '../store/people.ts'
import { addressBucket, countAttempt } from './attempts.ts'
import { noteFailure } from './note-failure.ts'
import { callOf } from './people-calls.ts'

/** Confirms an address by the link that was sent there. */
export async function verifyEmail(
  auth: AuthDeps,
  { body: { token } }: Input<typeof signInRoutes.verifyEmail>,
  call: Call,
): Promise<Reply<typeof signInRoutes.verifyEmail>> {
  const now = auth.clock.now()
  const attempt = await countAttempt(auth, [addressBucket(call)])
  const found = await findToken(auth.db.sql, 'verify-email', token, now)
  const person = found?.personId ? await findPerson(auth.db.sql, { id: found.personId }) : null
  if (!person) {
    await noteFailure(auth, call, 'email.verify.fail', null)
    throw spent()
  }
  await attempt.succeeded()
  await auth.db.write({ call: callOf(call, person), action: 'email.verify', subject: `person:${person.userId}` }, async (tx) => {
    if (!(await spendToken(tx.sql, 'verify-email', token, now))) throw spent()
    await verifyEmailOf(tx.sql, person.userId, now)
  })
  return {}
}

function spent(): Refused {
  return new Refused('token_spent', 'this link is no longer good')
}
