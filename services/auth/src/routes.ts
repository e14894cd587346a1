import { type AuthRoutes, authRoutes } from '@pe/contracts/auth.ts'
import type { Handlers } from '@pe/contracts/route.ts'
import type { AuthDeps } from './auth-deps.ts'
import { guarded } from './identities/guarded.ts'
import { identityHandlers } from './identities/routes.ts'
import { meHandlers } from './me/routes.ts'
import { organisationHandlers } from './organisation/routes.ts'
import { signInHandlers } from './sign-in/routes.ts'

/** Which use-case answers which operation: each folder has a table of its own. */
export function authHandlers(auth: AuthDeps): Handlers<AuthRoutes> {
  const handlers = { ...signInHandlers(auth), ...meHandlers(auth), ...organisationHandlers(auth), ...identityHandlers(auth) }
  return guarded(auth, authRoutes, handlers)
}
