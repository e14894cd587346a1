/** What somebody may be allowed to do. Every operation names the one that it needs (`Route.permission`). */
export const permissions = [
  'book.read',
  'book.write',
  /** Close and reopen periods, and write into closed ones. */
  'book.close',
  'market.read',
  'market.write',
  'organisation.read',
  'organisation.write',
  /** Invite, change roles, remove. */
  'people.write',
  /** API keys and clients of the organisation. */
  'keys.write',
  'shares.write',
  'audit.read',
] as const
export type Permission = (typeof permissions)[number]

/** Also without sign-in; anybody who is signed in as a person, about themselves; other services only. */
export type RoutePermission = Permission | 'public' | 'self' | 'service'

export const roles = ['owner', 'admin', 'manager', 'analyst', 'viewer', 'auditor'] as const
export type Role = (typeof roles)[number]

const reading = ['book.read', 'market.read', 'organisation.read'] as const

/** The whole table: nothing else decides what a role may do. */
export const permissionsOf: Readonly<Record<Role, readonly Permission[]>> = {
  owner: permissions,
  admin: [...reading, 'organisation.write', 'people.write', 'keys.write', 'shares.write', 'audit.read'],
  manager: [...reading, 'book.write', 'book.close', 'market.write', 'shares.write'],
  analyst: [...reading, 'market.write'],
  viewer: reading,
  auditor: [...reading, 'audit.read'],
}
