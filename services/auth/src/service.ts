import { type AuthRoutes, authRoutes } from '@pe/contracts/auth.ts'
import type { Service } from '@pe/platform/service.ts'
import type { AuthDeps, AuthPorts } from './auth-deps.ts'
import { passwordResetJob, verificationJob } from './mail/mailed-links.ts'
import { noticeJob } from './mail/notices.ts'
import { authHandlers } from './routes.ts'
import { prepareSetUp } from './set-up/prepare-set-up.ts'
import { sweepAttempts } from './sign-in/attempts.ts'
import { argon2Hasher } from './sign-in/password-hasher.ts'
import type { AuthTables } from './store/tables.ts'

/** Who people are and what they may do. It calls nobody and hears nothing. */
export function createAuth(ports: AuthPorts): Service<AuthRoutes, AuthTables> {
  const auth: AuthDeps = { ...ports, hasher: ports.hasher ?? argon2Hasher() }
  return {
    name: 'auth',
    routes: authRoutes,
    handlers: authHandlers(auth),
    subscriptions: [],
    jobs: [passwordResetJob(auth), verificationJob(auth), noticeJob(auth)],
    async start() {
      await sweepAttempts(auth)
      await prepareSetUp(auth)
    },
  }
}
