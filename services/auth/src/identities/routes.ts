import type { identityRoutes } from '@pe/contracts/identities.ts'
import type { Handlers } from '@pe/contracts/route.ts'
import type { AuthDeps } from '../auth-deps.ts'
import { identify } from './identify.ts'
import { noteDenials } from './note-denials.ts'

/** What the door asks: whose credential this is, and what it turned away. */
export function identityHandlers(auth: AuthDeps): Handlers<typeof identityRoutes> {
  return {
    identify: (input) => identify(auth, input),
    noteDenials: (input, call) => noteDenials(auth, input, call),
  }
}
