import type { Call } from '@pe/contracts/actor.ts'
import type { Input } from '@pe/contracts/route.ts'
import type { SignedIn, signInRoutes } from '@pe/contracts/sign-in.ts'
import { Refused } from '@pe/platform/http/refused.ts'
import type { AuthDeps } from '../auth-deps.ts'
import { findPerson } from '../store/people.ts'
import { accountBucket, addressBucket, countAttempt } from './attempts.ts'
import { noteFailure } from './note-failure.ts'
import { openSession } from './open-session.ts'
import { callOf } from './people-calls.ts'

/** The same statements, the same hash and the same answer whether there is such a person or not. */
export async function signIn(auth: AuthDeps, { body }: Input<typeof signInRoutes.signIn>, call: Call): Promise<SignedIn> {
  const attempt = await countAttempt(auth, [addressBucket(call), accountBucket(auth, body.email)])
  const person = await findPerson(auth.db.sql, { email: body.email })
  const right = await auth.hasher.verify(body.password, person?.phc ?? null)
  if (!person || !right) {
    await noteFailure(auth, call, 'sign-in.fail', person)
    throw new Refused('wrong_credentials', 'e-mail or password is wrong')
  }
  await attempt.succeeded()
  const action = person.secondFactor ? 'sign-in.first-factor' : 'sign-in'
  return await auth.db.write({ call: callOf(call, person), action, subject: `person:${person.userId}` }, (tx) =>
    openSession(auth, tx, person, { pending: person.secondFactor, notice: true }),
  )
}
