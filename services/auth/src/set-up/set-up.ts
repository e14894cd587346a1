import type { Call } from '@pe/contracts/actor.ts'
import type { Input, Reply } from '@pe/contracts/route.ts'
import type { SignedIn, signInRoutes } from '@pe/contracts/sign-in.ts'
import { Refused } from '@pe/platform/http/refused.ts'
import type { AuthDeps } from '../auth-deps.ts'
import { addressBucket, countAttempt } from '../sign-in/attempts.ts'
import { orRefuseTimeZone } from '../sign-in/known-time-zone.ts'
import { noteFailure } from '../sign-in/note-failure.ts'
import { openSession } from '../sign-in/open-session.ts'
import { orRefuseWeak } from '../sign-in/password-strength.ts'
import { findToken, spendToken } from '../store/one-time-tokens.ts'
import { anybodyIsSetUp } from '../store/people.ts'
import { alreadySetUp, foundHouse } from './found-house.ts'

/** Whether the first person is still to come. */
export async function setUpState(auth: AuthDeps): Promise<Reply<typeof signInRoutes.setUpState>> {
  return { needed: !(await anybodyIsSetUp(auth.db.sql)) }
}

/** Makes whoever holds the link of the terminal the owner, and signs them in. */
export async function setUp(auth: AuthDeps, { body }: Input<typeof signInRoutes.setUp>, call: Call): Promise<SignedIn> {
  const attempt = await countAttempt(auth, [addressBucket(call)])
  if (await anybodyIsSetUp(auth.db.sql)) throw alreadySetUp()
  if (!(await findToken(auth.db.sql, 'set-up', body.token, auth.clock.now()))) {
    await noteFailure(auth, call, 'set-up.fail', null)
    throw spent()
  }
  await attempt.succeeded()
  orRefuseTimeZone(auth, body.timeZone)
  orRefuseWeak(body.password, [body.email, body.name, body.organisation])
  const { token, password, ...founder } = body
  const phc = await auth.hasher.hash(password)
  return await foundHouse(auth, call, { ...founder, phc }, async (tx, person) => {
    if (!(await spendToken(tx.sql, 'set-up', token, auth.clock.now()))) throw spent()
    return await openSession(auth, tx, person, { pending: false, notice: false })
  })
}

function spent(): Refused {
  return new Refused('token_spent', 'this link is no longer good: each start of the server shows a new one')
}
