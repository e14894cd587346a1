import type { Handlers } from '@pe/contracts/route.ts'
import type { signInRoutes } from '@pe/contracts/sign-in.ts'
import { Refused } from '@pe/platform/http/refused.ts'
import type { AuthDeps } from '../auth-deps.ts'

type SignInHandlers = Handlers<Omit<typeof signInRoutes, 'acceptInvitation'>>

/** Which use-case answers which operation around signing in; invitations are the organisation's. */
export function signInHandlers(_auth: AuthDeps): SignInHandlers {
  const refuse = async (): Promise<never> => {
    throw new Refused('unavailable', 'nobody can sign in yet')
  }
  return {
    setUpState: refuse,
    setUp: refuse,
    signIn: refuse,
    giveSecondFactor: refuse,
    stepUp: refuse,
    signOut: refuse,
    askPasswordReset: refuse,
    resetPassword: refuse,
    verifyEmail: refuse,
  }
}
