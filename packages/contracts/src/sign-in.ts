import { type Static, Type } from 'typebox'
import { Me } from './me.ts'
import { routes } from './route.ts'
import { Instant, Name } from './scalars.ts'

const closed = { additionalProperties: false } as const

export const Email = Type.String({ minLength: 3, maxLength: 254, pattern: '^[^\\s@]+@[^\\s@]+$', description: 'E-mail address' })
export const Password = Type.String({ minLength: 1, maxLength: 1000 })
/** Of a link in a mail or on the terminal: good once. */
export const Token = Type.String({ minLength: 20, maxLength: 200, pattern: '^[\\w-]+$' })
/** Six digits of an authenticator, or a recovery code. */
export const SecondFactorCode = Type.String({ minLength: 6, maxLength: 40 })
export const TimeZone = Type.String({ minLength: 1, maxLength: 64, description: 'IANA time zone' })

/** What opens a session. The door makes a cookie of it and leaves it out of the body. */
export const NewSession = Type.Object({ token: Type.String(), expiresAt: Instant }, closed)
export type NewSession = Static<typeof NewSession>

const session = Type.Optional(Type.Union([NewSession, Type.Null()]))

/** `second-factor`: the password was right, and the session is good for nothing else until the second factor is given. */
export const SignedIn = Type.Object(
  { state: Type.Union([Type.Literal('signed-in'), Type.Literal('second-factor')]), me: Type.Union([Me, Type.Null()]), session },
  { title: 'SignedIn', ...closed },
)
export type SignedIn = Static<typeof SignedIn>

const Nothing = Type.Object({}, closed)

export const signInRoutes = routes({
  setUpState: {
    method: 'GET',
    path: '/set-up',
    permission: 'public',
    summary: 'Whether the first person is still to be set up',
    reply: Type.Object({ needed: Type.Boolean() }, { title: 'SetUpState', ...closed }),
  },
  setUp: {
    method: 'POST',
    path: '/set-up',
    permission: 'public',
    summary: 'Set up the first person, who owns the organisation, by the link on the terminal',
    body: Type.Object(
      { token: Token, email: Email, password: Password, name: Name, organisation: Name, timeZone: TimeZone },
      { title: 'SetUp', ...closed },
    ),
    reply: SignedIn,
    status: 201,
    cookie: 'session',
    refusals: ['already_set_up', 'token_spent', 'weak_password', 'too_many_requests'],
  },
  signIn: {
    method: 'POST',
    path: '/sign-in',
    permission: 'public',
    summary: 'Sign in with e-mail and password',
    body: Type.Object({ email: Email, password: Password }, { title: 'SignIn', ...closed }),
    reply: SignedIn,
    cookie: 'session',
    refusals: ['wrong_credentials', 'too_many_requests'],
  },
  giveSecondFactor: {
    method: 'POST',
    path: '/sign-in/second-factor',
    permission: 'self',
    beforeSecondFactor: true,
    summary: 'Complete a sign-in by the code of an authenticator, or by a recovery code',
    body: Type.Object({ code: SecondFactorCode }, closed),
    reply: SignedIn,
    cookie: 'session',
    refusals: ['wrong_credentials', 'too_many_requests'],
  },
  stepUp: {
    method: 'POST',
    path: '/sign-in/step-up',
    permission: 'self',
    summary: 'Give the password, or a code of the second factor, once more before a sensitive act; good for ten minutes',
    body: Type.Object({ password: Type.Optional(Password), code: Type.Optional(SecondFactorCode) }, closed),
    reply: Type.Object({ until: Instant }, { title: 'SteppedUp', ...closed }),
    refusals: ['wrong_credentials', 'too_many_requests'],
  },
  signOut: {
    method: 'POST',
    path: '/sign-out',
    permission: 'self',
    beforeSecondFactor: true,
    summary: 'End this session',
    body: Nothing,
    reply: Type.Object({ session }, { title: 'SignedOut', ...closed }),
    cookie: 'session',
  },
  askPasswordReset: {
    method: 'POST',
    path: '/password-resets',
    permission: 'public',
    summary: 'Have a link sent that sets a new password; the answer is the same for an address that nobody has',
    body: Type.Object({ email: Email }, closed),
    reply: Nothing,
    status: 202,
    refusals: ['too_many_requests'],
  },
  resetPassword: {
    method: 'POST',
    path: '/password-resets/finish',
    permission: 'public',
    summary: 'Set a new password by a link; all sessions of the person end',
    body: Type.Object({ token: Token, password: Password }, closed),
    reply: Nothing,
    refusals: ['token_spent', 'weak_password', 'too_many_requests'],
  },
  verifyEmail: {
    method: 'POST',
    path: '/email-verifications/finish',
    permission: 'public',
    summary: 'Confirm an e-mail address by a link',
    body: Type.Object({ token: Token }, closed),
    reply: Nothing,
    refusals: ['token_spent', 'too_many_requests'],
  },
  acceptInvitation: {
    method: 'POST',
    path: '/invitations/accept',
    permission: 'public',
    summary: 'Join an organisation by the link of an invitation',
    body: Type.Object({ token: Token, name: Name, password: Password, timeZone: TimeZone }, { title: 'AcceptInvitation', ...closed }),
    reply: SignedIn,
    status: 201,
    cookie: 'session',
    refusals: ['token_spent', 'weak_password', 'email_taken', 'too_many_requests'],
  },
})
