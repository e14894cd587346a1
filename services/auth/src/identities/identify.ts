import type { identityRoutes, KnownIdentity } from '@pe/contracts/identities.ts'
import type { Input } from '@pe/contracts/route.ts'
import { Refused } from '@pe/platform/http/refused.ts'
import type { AuthDeps } from '../auth-deps.ts'
import { countDenials } from './count-denials.ts'
import { identifyKey } from './identify-key.ts'
import { identifySession } from './identify-session.ts'

/** The identity behind a credential. Whatever is wrong with one, the answer is the same; what it was is told in the audit log. */
export async function identify(auth: AuthDeps, { body }: Input<typeof identityRoutes.identify>): Promise<KnownIdentity> {
  const found = body.by === 'session' ? await identifySession(auth, body.secret) : await identifyKey(auth, body.secret)
  if (!('why' in found)) return found
  const { organisationId = null, userId = null, why } = found
  await countDenials(auth, [{ organisationId, userId, code: why, address: body.from.address, at: auth.clock.now(), count: 1 }])
  throw new Refused('unauthenticated', 'sign in, or give a key that is good')
}
