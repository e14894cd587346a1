import { type Static, Type } from 'typebox'
import { PermissionName } from './me.ts'
import { routes } from './route.ts'
import { Id, Instant } from './scalars.ts'

const closed = { additionalProperties: false } as const

/** Where a request comes from, as the door saw it. */
export const CameFrom = Type.Object({ address: Type.String(), userAgent: Type.String({ maxLength: 500 }) }, closed)
export type CameFrom = Static<typeof CameFrom>

/** The identity behind a credential, and until when the door may believe it without asking again. */
export const KnownIdentity = Type.Object(
  {
    organisationId: Id,
    userId: Id,
    timeZone: Type.String(),
    permissions: Type.Array(PermissionName),
    credentialId: Id,
    /** The first factor was right, the second is wanted: only `giveSecondFactor` and `signOut` are open. */
    pending: Type.Boolean(),
    steppedUpUntil: Type.Union([Instant, Type.Null()]),
    expiresAt: Instant,
    allowedAddresses: Type.Array(Type.String()),
  },
  closed,
)
export type KnownIdentity = Static<typeof KnownIdentity>

export const identityRoutes = routes({
  identify: {
    method: 'POST',
    path: '/internal/identities',
    permission: 'service',
    summary: 'Whose credential this is',
    body: Type.Object(
      {
        by: Type.Union([Type.Literal('session'), Type.Literal('api-key')]),
        secret: Type.String({ maxLength: 500 }),
        from: CameFrom,
      },
      closed,
    ),
    reply: KnownIdentity,
    refusals: ['unauthenticated'],
  },
  noteDenials: {
    method: 'POST',
    path: '/internal/denials',
    permission: 'service',
    summary: 'Puts denials into the audit log: of known callers one by one, of unknown ones counted by address and minute',
    body: Type.Object(
      {
        denials: Type.Array(
          Type.Object(
            {
              organisationId: Type.Union([Id, Type.Null()]),
              userId: Type.Union([Id, Type.Null()]),
              code: Type.String(),
              operation: Type.String(),
              address: Type.String(),
              at: Instant,
              count: Type.Integer({ minimum: 1 }),
            },
            closed,
          ),
          { maxItems: 1000 },
        ),
      },
      closed,
    ),
    reply: Type.Object({}, closed),
  },
})
