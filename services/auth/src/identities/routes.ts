import type { identityRoutes } from '@pe/contracts/identities.ts'
import type { Handlers } from '@pe/contracts/route.ts'
import { Refused } from '@pe/platform/http/refused.ts'
import type { AuthDeps } from '../auth-deps.ts'

/** What the door asks: whose credential this is, and what it turned away. */
export function identityHandlers(_auth: AuthDeps): Handlers<typeof identityRoutes> {
  const refuse = async (): Promise<never> => {
    throw new Refused('unavailable', 'credentials cannot be looked at yet')
  }
  return { identify: refuse, noteDenials: refuse }
}
