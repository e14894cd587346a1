import { type Role, roles } from '@pe/contracts/permissions.ts'
import { Refused } from '@pe/platform/http/refused.ts'

/** Who gives and takes roles: somebody of the organisation, or the house itself (its commands), which may do what an owner may. */
export type Standing = Role | 'house'

/** Roles stand in the order in which they are above each other. */
function isAbove(role: Role, standing: Standing): boolean {
  return standing !== 'house' && roles.indexOf(role) < roles.indexOf(standing)
}

/** Nobody gives a role that is above their own: so only owners make owners. */
export function mayGive(standing: Standing, role: Role): boolean {
  return !isAbove(role, standing)
}

export function orRefuseGiving(standing: Standing, role: Role): void {
  if (!mayGive(standing, role)) throw new Refused('forbidden', `whoever is ${standing} cannot make anybody ${role}`)
}

export interface MemberChange {
  readonly from: Role
  readonly to: Role
  readonly disabledBefore: boolean
  readonly disabled: boolean
  /** It is whoever asks. */
  readonly self: boolean
  /** Owners who can sign in, besides this one. */
  readonly otherOwners: number
}

/** Nobody changes who stands above them, nobody raises anybody above themselves or shuts themselves out, and an owner who can sign in stays. */
export function orRefuseChange(standing: Standing, change: MemberChange): void {
  const { from, to, disabled, disabledBefore } = change
  if (isAbove(from, standing)) throw new Refused('forbidden', `whoever is ${standing} cannot change what somebody may do who is ${from}`)
  if (to !== from) orRefuseGiving(standing, to)
  const ownedBefore = from === 'owner' && !disabledBefore
  if (ownedBefore && (to !== 'owner' || disabled) && change.otherOwners === 0)
    throw new Refused('last_owner', 'this is the last owner: make somebody else owner first')
  if (change.self && disabled && !disabledBefore) throw new Refused('forbidden', 'nobody disables themselves: somebody else has to')
}
