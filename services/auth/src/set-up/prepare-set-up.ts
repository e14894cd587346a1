import { randomBytes } from 'node:crypto'
import { localOwner } from '@pe/contracts/actor.ts'
import { Email } from '@pe/contracts/sign-in.ts'
import { Refused } from '@pe/platform/http/refused.ts'
import { checkOf } from '@pe/platform/http/validation.ts'
import { CannotStart } from '@pe/platform/postgres/cannot-start.ts'
import type { AuthDeps } from '../auth-deps.ts'
import { orRefuseWeak } from '../sign-in/password-strength.ts'
import { giveToken } from '../store/one-time-tokens.ts'
import { anybodyIsSetUp } from '../store/people.ts'
import { foundHouse } from './found-house.ts'

/** The next start makes a new one. */
const linkMilliseconds = 7 * 86_400_000

/** While nobody is set up, a start either makes the owner that it was told of, or a link for the terminal; the link before is good for nothing. */
export async function prepareSetUp(auth: AuthDeps): Promise<void> {
  if (await anybodyIsSetUp(auth.db.sql)) return
  if (auth.firstOwner) return await setUpUnattended(auth, auth.firstOwner)
  auth.onSetUpLink(await giveToken(auth.db.sql, { purpose: 'set-up', now: auth.clock.now(), goodForMilliseconds: linkMilliseconds }))
}

async function setUpUnattended(auth: AuthDeps, { email, password }: { email: string; password: string }): Promise<void> {
  try {
    checkOf(Email, 'body')(email)
  } catch (trouble) {
    throw new CannotStart('The e-mail address of the first owner is none. Set PE_OWNER_EMAIL to one that mail reaches.', { cause: trouble })
  }
  const name = email.split('@')[0] ?? email
  try {
    orRefuseWeak(password, [email])
  } catch (trouble) {
    const why = trouble instanceof Refused ? trouble.detail : ''
    throw new CannotStart(`The password of the first owner is too weak: ${why}. Set PE_OWNER_PASSWORD to another.`)
  }
  const phc = await auth.hasher.hash(password)
  const call = { actor: localOwner, traceId: randomBytes(16).toString('hex') }
  await foundHouse(auth, call, { email, name, organisation: 'PortfolioEngine', timeZone: 'UTC', phc }, async () => {})
}
