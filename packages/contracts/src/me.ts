import { type Static, Type } from 'typebox'
import { type Permission, permissions, type Role, roles } from './permissions.ts'
import { routes } from './route.ts'
import { Id, Instant, Name } from './scalars.ts'

const closed = { additionalProperties: false } as const

export const RoleName = Type.Unsafe<Role>({ title: 'Role', type: 'string', enum: [...roles] })
export const PermissionName = Type.Unsafe<Permission>({ title: 'Permission', type: 'string', enum: [...permissions] })

/** The person who asks. */
export const Me = Type.Object(
  {
    id: Id,
    email: Type.String(),
    emailVerified: Type.Boolean(),
    name: Name,
    timeZone: Type.String(),
    role: RoleName,
    permissions: Type.Array(PermissionName),
    organisation: Type.Object({ id: Id, name: Name }, closed),
    /** An authenticator is asked for at sign-in. */
    secondFactor: Type.Boolean(),
    recoveryCodesLeft: Type.Integer(),
  },
  { title: 'Me', ...closed },
)
export type Me = Static<typeof Me>

export const Session = Type.Object(
  {
    id: Id,
    /** The one that asks. */
    current: Type.Boolean(),
    openedAt: Instant,
    lastSeenAt: Instant,
    expiresAt: Instant,
    address: Type.String(),
    /** 'Firefox on Linux'. */
    device: Type.String(),
  },
  { title: 'Session', ...closed },
)
export type Session = Static<typeof Session>

const Nothing = Type.Object({}, closed)
const password = Type.String({ minLength: 1, maxLength: 1000 })

export const meRoutes = routes({
  getMe: { method: 'GET', path: '/me', permission: 'self', summary: 'Who is signed in, and what they may do', reply: Me },
  changeMe: {
    method: 'PATCH',
    path: '/me',
    permission: 'self',
    summary: 'Change name or time zone',
    body: Type.Object({ name: Type.Optional(Name), timeZone: Type.Optional(Type.String({ minLength: 1, maxLength: 64 })) }, closed),
    reply: Me,
  },
  changePassword: {
    method: 'POST',
    path: '/me/password',
    permission: 'self',
    summary: 'Change the password; all other sessions end',
    body: Type.Object({ current: password, next: password }, closed),
    reply: Nothing,
    refusals: ['wrong_credentials', 'weak_password', 'too_many_requests'],
  },
  listSessions: {
    method: 'GET',
    path: '/me/sessions',
    permission: 'self',
    summary: 'Where this person is signed in',
    reply: Type.Object({ items: Type.Array(Session) }, { title: 'SessionList', ...closed }),
  },
  endSession: {
    method: 'POST',
    path: '/me/sessions/{sessionId}/end',
    permission: 'self',
    summary: 'End a session of this person',
    params: Type.Object({ sessionId: Id }, closed),
    body: Nothing,
    reply: Nothing,
    refusals: ['not_found'],
  },
  endOtherSessions: {
    method: 'POST',
    path: '/me/sessions/end-others',
    permission: 'self',
    summary: 'End all sessions of this person but this one',
    body: Nothing,
    reply: Type.Object({ ended: Type.Integer() }, { title: 'EndedSessions', ...closed }),
  },
  beginAuthenticator: {
    method: 'POST',
    path: '/me/authenticator',
    permission: 'self',
    summary: 'A new secret for an authenticator; it counts once a code of it was given',
    body: Nothing,
    reply: Type.Object(
      {
        /** Base32, to be typed. */
        secret: Type.String(),
        /** otpauth://…, to be scanned. */
        uri: Type.String(),
      },
      { title: 'NewAuthenticator', ...closed },
    ),
    status: 201,
    refusals: ['step_up_needed'],
  },
  confirmAuthenticator: {
    method: 'POST',
    path: '/me/authenticator/confirm',
    permission: 'self',
    summary: 'Use the authenticator from now on; answers the recovery codes, which are shown only now',
    body: Type.Object({ code: Type.String({ pattern: '^\\d{6}$' }) }, closed),
    reply: Type.Object({ recoveryCodes: Type.Array(Type.String()) }, { title: 'RecoveryCodes', ...closed }),
    refusals: ['wrong_credentials', 'not_found', 'too_many_requests'],
  },
  removeAuthenticator: {
    method: 'POST',
    path: '/me/authenticator/remove',
    permission: 'self',
    summary: 'Sign in without a second factor again',
    body: Nothing,
    reply: Me,
    refusals: ['step_up_needed', 'not_found'],
  },
  renewRecoveryCodes: {
    method: 'POST',
    path: '/me/recovery-codes',
    permission: 'self',
    summary: 'New recovery codes; the old ones are good for nothing',
    body: Nothing,
    reply: Type.Object({ recoveryCodes: Type.Array(Type.String()) }, { title: 'RecoveryCodes', ...closed }),
    refusals: ['step_up_needed', 'not_found'],
  },
})
