import type { meRoutes } from '@pe/contracts/me.ts'
import type { Handlers } from '@pe/contracts/route.ts'
import type { AuthDeps } from '../auth-deps.ts'
import { beginAuthenticator } from '../second-factor/begin-authenticator.ts'
import { confirmAuthenticator } from '../second-factor/confirm-authenticator.ts'
import { removeAuthenticator, renewRecoveryCodes } from '../second-factor/remove-authenticator.ts'
import { changePassword } from './change-password.ts'
import { changeMe, getMe } from './me.ts'
import { endOtherSessions, endSession, listSessions } from './sessions.ts'

/** Which use-case answers which operation of a person on themselves. */
export function meHandlers(auth: AuthDeps): Handlers<typeof meRoutes> {
  return {
    getMe: (_, call) => getMe(auth, call),
    changeMe: (input, call) => changeMe(auth, input, call),
    changePassword: (input, call) => changePassword(auth, input, call),
    listSessions: (_, call) => listSessions(auth, call),
    endSession: (input, call) => endSession(auth, input, call),
    endOtherSessions: (_, call) => endOtherSessions(auth, call),
    beginAuthenticator: (_, call) => beginAuthenticator(auth, call),
    confirmAuthenticator: (input, call) => confirmAuthenticator(auth, input, call),
    removeAuthenticator: (_, call) => removeAuthenticator(auth, call),
    renewRecoveryCodes: (_, call) => renewRecoveryCodes(auth, call),
  }
}
