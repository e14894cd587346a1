import { type AuthRoutes, authRoutes } from '@pe/contracts/auth.ts'
import type { Service } from '@pe/platform/service.ts'
import type { AuthDeps, AuthPorts } from './auth-deps.ts'
import { authHandlers } from './routes.ts'
import { argon2Hasher } from './sign-in/password-hasher.ts'
import type { AuthTables } from './store/tables.ts'

/** Who people are and what they may do. It calls nobody and hears nothing. */
export function createAuth(ports: AuthPorts): Service<AuthRoutes, AuthTables> {
  const auth: AuthDeps = { ...ports, hasher: ports.hasher ?? argon2Hasher() }
  return { name: 'auth', routes: authRoutes, handlers: authHandlers(auth), subscriptions: [], jobs: [] }
}
