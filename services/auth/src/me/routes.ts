import type { meRoutes } from '@pe/contracts/me.ts'
import type { Handlers } from '@pe/contracts/route.ts'
import { Refused } from '@pe/platform/http/refused.ts'
import type { AuthDeps } from '../auth-deps.ts'

/** Which use-case answers which operation of a person on themselves. */
export function meHandlers(_auth: AuthDeps): Handlers<typeof meRoutes> {
  const refuse = async (): Promise<never> => {
    throw new Refused('unauthenticated', 'nobody is signed in')
  }
  return {
    getMe: refuse,
    changeMe: refuse,
    changePassword: refuse,
    listSessions: refuse,
    endSession: refuse,
    endOtherSessions: refuse,
    beginAuthenticator: refuse,
    confirmAuthenticator: refuse,
    removeAuthenticator: refuse,
    renewRecoveryCodes: refuse,
  }
}
