import { type AuthRoutes, authRoutes } from '@pe/contracts/auth.ts'
import type { Service } from '@pe/platform/service.ts'
import type { AuthDeps, AuthPorts } from './auth-deps.ts'
import { settlingDenials } from './identities/settle-denials.ts'
import { passwordResetJob, verificationJob } from './mail/mailed-links.ts'
import { noticeJob } from './mail/notices.ts'
import { invitationJob } from './organisation/invitation-mail.ts'
import { authHandlers } from './routes.ts'
import { prepareSetUp } from './set-up/prepare-set-up.ts'
import { argon2Hasher } from './sign-in/password-hasher.ts'
import type { AuthTables } from './store/tables.ts'

/** Who people are and what they may do. It calls nobody and hears nothing. */
export function createAuth(ports: AuthPorts): Service<AuthRoutes, AuthTables> {
  const auth: AuthDeps = { ...ports, hasher: ports.hasher ?? argon2Hasher() }
  const settling = settlingDenials(auth)
  return {
    name: 'auth',
    routes: authRoutes,
    handlers: authHandlers(auth),
    subscriptions: [],
    jobs: [passwordResetJob(auth), verificationJob(auth), noticeJob(auth), invitationJob(auth)],
    async start() {
      await prepareSetUp(auth)
      await settling.start()
    },
    stop: settling.stop,
  }
}
