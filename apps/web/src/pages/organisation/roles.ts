import type { Role } from '../../services/organisation-api.ts'

/** In the order of what they may do. */
export const roles = ['owner', 'admin', 'manager', 'analyst', 'viewer', 'auditor'] as const satisfies readonly Role[]

/** Only an owner makes owners; everybody else gives any other role. */
export function rolesToGive(by: Role): readonly Role[] {
  return by === 'owner' ? roles : roles.filter((role) => role !== 'owner')
}
