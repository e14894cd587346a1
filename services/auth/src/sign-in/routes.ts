import type { Handlers } from '@pe/contracts/route.ts'
import type { signInRoutes } from '@pe/contracts/sign-in.ts'
import type { AuthDeps } from '../auth-deps.ts'
import { giveSecondFactor } from '../second-factor/give-second-factor.ts'
import { setUp, setUpState } from '../set-up/set-up.ts'
import { askPasswordReset, resetPassword } from './reset-password.ts'
import { signIn } from './sign-in.ts'
import { signOut } from './sign-out.ts'
import { stepUp } from './step-up.ts'
import { verifyEmail } from './verify-email.ts'

type SignInHandlers = Handlers<Omit<typeof signInRoutes, 'acceptInvitation'>>

/** Which use-case answers which operation around signing in; invitations are the organisation's. */
export function signInHandlers(auth: AuthDeps): SignInHandlers {
  return {
    setUpState: () => setUpState(auth),
    setUp: (input, call) => setUp(auth, input, call),
    signIn: (input, call) => signIn(auth, input, call),
    giveSecondFactor: (input, call) => giveSecondFactor(auth, input, call),
    stepUp: (input, call) => stepUp(auth, input, call),
    signOut: (_, call) => signOut(auth, call),
    askPasswordReset: (input, call) => askPasswordReset(auth, input, call),
    resetPassword: (input, call) => resetPassword(auth, input, call),
    verifyEmail: (input, call) => verifyEmail(auth, input, call),
  }
}
