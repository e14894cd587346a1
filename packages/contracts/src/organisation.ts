import { type Static, Type } from 'typebox'
import { PermissionName, RoleName } from './me.ts'
import { page } from './page.ts'
import { routes } from './route.ts'
import { Cursor, Id, Instant, Limit, Name } from './scalars.ts'
import { Email } from './sign-in.ts'

const closed = { additionalProperties: false } as const
const moment = Type.Union([Instant, Type.Null()])
const Nothing = Type.Object({}, closed)

export const Organisation = Type.Object(
  {
    id: Id,
    name: Name,
    /** Addresses from which it may be reached, as CIDR blocks; from everywhere while there is none. */
    allowedAddresses: Type.Array(Type.String({ maxLength: 49 }), { maxItems: 100 }),
    version: Type.Integer(),
  },
  { title: 'Organisation', ...closed },
)
export type Organisation = Static<typeof Organisation>

export const Member = Type.Object(
  {
    id: Id,
    name: Name,
    email: Type.String(),
    role: RoleName,
    joinedAt: Instant,
    lastSeenAt: moment,
    secondFactor: Type.Boolean(),
    disabledAt: moment,
  },
  { title: 'Member', ...closed },
)
export type Member = Static<typeof Member>

export const Invitation = Type.Object(
  { id: Id, email: Type.String(), role: RoleName, invitedAt: Instant, invitedBy: Id, expiresAt: Instant },
  { title: 'Invitation', ...closed },
)
export type Invitation = Static<typeof Invitation>

export const ApiKey = Type.Object(
  {
    id: Id,
    name: Name,
    /** 'pe_0190…': what a key begins with, to tell it by. */
    prefix: Type.String(),
    scopes: Type.Array(PermissionName),
    createdAt: Instant,
    createdBy: Id,
    expiresAt: moment,
    lastUsedAt: moment,
  },
  { title: 'ApiKey', ...closed },
)
export type ApiKey = Static<typeof ApiKey>

export const organisationRoutes = routes({
  getOrganisation: {
    method: 'GET',
    path: '/organisation',
    permission: 'organisation.read',
    summary: 'The organisation of whoever asks',
    reply: Organisation,
    version: 'etag',
  },
  changeOrganisation: {
    method: 'PATCH',
    path: '/organisation',
    permission: 'organisation.write',
    summary: 'Change its name or the addresses from which it may be reached',
    body: Type.Object(
      { name: Type.Optional(Name), allowedAddresses: Type.Optional(Type.Array(Type.String({ maxLength: 49 }), { maxItems: 100 })) },
      closed,
    ),
    reply: Organisation,
    version: 'if-match',
    refusals: ['changed_meanwhile', 'precondition_required', 'step_up_needed', 'address_not_allowed'],
  },
  listMembers: {
    method: 'GET',
    path: '/organisation/people',
    permission: 'organisation.read',
    summary: 'The people of the organisation and their roles',
    query: Type.Object({ cursor: Type.Optional(Cursor), limit: Type.Optional(Limit) }, closed),
    reply: page(Member, 'MemberPage'),
  },
  changeMember: {
    method: 'PATCH',
    path: '/organisation/people/{personId}',
    permission: 'people.write',
    summary: 'Change somebody’s role, or disable them; it holds everywhere within a minute',
    params: Type.Object({ personId: Id }, closed),
    body: Type.Object({ role: Type.Optional(RoleName), disabled: Type.Optional(Type.Boolean()) }, closed),
    reply: Member,
    refusals: ['not_found', 'last_owner', 'forbidden', 'step_up_needed'],
  },
  listInvitations: {
    method: 'GET',
    path: '/organisation/invitations',
    permission: 'people.write',
    summary: 'Invitations that nobody has answered yet',
    query: Type.Object({ cursor: Type.Optional(Cursor), limit: Type.Optional(Limit) }, closed),
    reply: page(Invitation, 'InvitationPage'),
  },
  invite: {
    method: 'POST',
    path: '/organisation/invitations',
    permission: 'people.write',
    summary: 'Invite somebody by e-mail; the link is good for a week',
    body: Type.Object({ email: Email, role: RoleName }, { title: 'NewInvitation', ...closed }),
    reply: Invitation,
    status: 201,
    refusals: ['email_taken', 'forbidden', 'step_up_needed', 'too_many_requests'],
  },
  withdrawInvitation: {
    method: 'POST',
    path: '/organisation/invitations/{invitationId}/withdraw',
    permission: 'people.write',
    summary: 'Take an invitation back',
    params: Type.Object({ invitationId: Id }, closed),
    body: Nothing,
    reply: Nothing,
    refusals: ['not_found'],
  },
  listApiKeys: {
    method: 'GET',
    path: '/api-keys',
    permission: 'keys.write',
    summary: 'API keys of the organisation; their secrets are shown once, when they are made',
    query: Type.Object({ cursor: Type.Optional(Cursor), limit: Type.Optional(Limit) }, closed),
    reply: page(ApiKey, 'ApiKeyPage'),
  },
  createApiKey: {
    method: 'POST',
    path: '/api-keys',
    permission: 'keys.write',
    summary: 'Make an API key that may do some of what its maker may do',
    body: Type.Object(
      { name: Name, scopes: Type.Array(PermissionName, { minItems: 1, maxItems: 50 }), expiresAt: Type.Optional(Instant) },
      { title: 'NewApiKey', ...closed },
    ),
    reply: Type.Object({ key: ApiKey, secret: Type.String() }, { title: 'ApiKeyWithSecret', ...closed }),
    secret: true,
    status: 201,
    refusals: ['forbidden', 'step_up_needed'],
  },
  revokeApiKey: {
    method: 'POST',
    path: '/api-keys/{keyId}/revoke',
    permission: 'keys.write',
    summary: 'Make an API key good for nothing',
    params: Type.Object({ keyId: Id }, closed),
    body: Nothing,
    reply: ApiKey,
    refusals: ['not_found'],
  },
})
