import { type Role, roles } from '@pe/contracts/permissions.ts'
import { describe, expect, it } from 'vitest'
import { type MemberChange, orRefuseChange, orRefuseGiving, type Standing } from './role-rules.ts'

const forbidden = expect.objectContaining({ code: 'forbidden' })
const lastOwner = expect.objectContaining({ code: 'last_owner' })
const change = (more: Partial<MemberChange>): MemberChange => ({
  from: 'viewer',
  to: 'viewer',
  disabledBefore: false,
  disabled: false,
  self: false,
  otherOwners: 1,
  ...more,
})

/** Who may give what, written out. */
const mayGive: Record<Standing, readonly Role[]> = {
  house: roles,
  owner: roles,
  admin: ['admin', 'manager', 'analyst', 'viewer', 'auditor'],
  manager: ['manager', 'analyst', 'viewer', 'auditor'],
  analyst: ['analyst', 'viewer', 'auditor'],
  viewer: ['viewer', 'auditor'],
  auditor: ['auditor'],
}

describe.each(Object.entries(mayGive) as [Standing, readonly Role[]][])('%s', (standing, may) => {
  it.each(roles)('gives, takes and disables the role %s only as far as their own', (role) => {
    const tries = [
      () => orRefuseGiving(standing, role),
      () => orRefuseChange(standing, change({ from: 'auditor', to: role })),
      () => orRefuseChange(standing, change({ from: role, to: 'auditor' })),
      () => orRefuseChange(standing, change({ from: role, to: role, disabled: true })),
      () => orRefuseChange(standing, change({ from: role, to: role, disabledBefore: true })),
    ]
    for (const attempt of tries) {
      if (may.includes(role)) expect(attempt).not.toThrow()
      else expect(attempt).toThrow(forbidden)
    }
  })
})

describe('the last owner', () => {
  it.each([
    { to: 'admin' },
    { to: 'owner', disabled: true },
    { to: 'viewer', disabled: true },
    { to: 'admin', self: true },
    { to: 'owner', disabled: true, self: true },
  ] as const)('stays owner: %j', (more) => {
    const asked = change({ from: 'owner', otherOwners: 0, ...more })
    expect(() => orRefuseChange('owner', asked)).toThrow(lastOwner)
    expect(() => orRefuseChange('house', asked)).toThrow(lastOwner)
  })

  it('is not whoever cannot sign in anyway', () => {
    expect(() =>
      orRefuseChange('owner', change({ from: 'owner', to: 'viewer', disabledBefore: true, disabled: true, otherOwners: 0 })),
    ).not.toThrow()
  })

  it('may let the role go once there is another', () => {
    expect(() => orRefuseChange('owner', change({ from: 'owner', to: 'viewer', self: true }))).not.toThrow()
  })
})

it('nobody shuts themselves out', () => {
  expect(() => orRefuseChange('admin', change({ from: 'admin', to: 'admin', self: true, disabled: true }))).toThrow(forbidden)
})
