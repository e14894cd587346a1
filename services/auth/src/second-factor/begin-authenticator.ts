import { randomBytes } from 'node:crypto'
import type { Call } from '@pe/contracts/actor.ts'
import type { meRoutes } from '@pe/contracts/me.ts'
import type { Reply } from '@pe/contracts/route.ts'
import type { AuthDeps } from '../auth-deps.ts'
import { steppedUpSession } from '../sign-in/own-session.ts'
import { insertAuthenticator } from '../store/authenticators.ts'
import { base32 } from './base32.ts'
import { authenticatorUri } from './totp.ts'

/** As long as the digest of HMAC-SHA-1 (RFC 4226, R6). */
const seedBytes = 20

/** A new seed, shown now and never again; until a code of it was given sign-in stays as it is. */
export async function beginAuthenticator(auth: AuthDeps, call: Call): Promise<Reply<typeof meRoutes.beginAuthenticator>> {
  const { userId, email } = await steppedUpSession(auth, call)
  const seed = randomBytes(seedBytes)
  const id = auth.ids.next()
  await auth.db.write({ call, action: 'authenticator.begin', subject: `authenticator:${id}` }, (tx) =>
    insertAuthenticator(tx.sql, auth.keys, { id, seed, personId: userId, now: auth.clock.now() }),
  )
  return { secret: base32(seed), uri: authenticatorUri(seed, email) }
}
