import { localOwner } from '@pe/contracts/actor.ts'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type AuthBench, authBench } from './auth-bench.ts'
import { auditOf, from, operatorOf, rowsOf, type SomePerson, somePerson } from './people.ts'

let bench: AuthBench
let owner: SomePerson
beforeEach(async () => {
  bench = await authBench()
  owner = await somePerson(bench, 'owner')
})
afterEach(() => bench.stop())

const change = (person: SomePerson, body: { role?: 'owner' | 'admin' | 'viewer'; disabled?: boolean }, call = owner.call) =>
  bench.auth.changeMember({ params: { personId: person.id }, body }, call)
const ownersLeft = async () =>
  (await bench.auth.listMembers({ query: {} }, operatorOf(bench))).items.filter(({ role, disabledAt }) => role === 'owner' && !disabledAt)

describe('the people of an organisation', () => {
  it('come by name, in pages, with their addresses for those who look after people', async () => {
    const viewer = await somePerson(bench, 'viewer')
    const first = await bench.auth.listMembers({ query: { limit: 1 } }, owner.call)
    const second = await bench.auth.listMembers({ query: { limit: 1, cursor: first.next ?? '' } }, owner.call)
    expect([...first.items, ...second.items].map(({ id, email, role }) => ({ id, email, role }))).toEqual([
      { id: owner.id, email: owner.email, role: 'owner' },
      { id: viewer.id, email: viewer.email, role: 'viewer' },
    ])
    expect(second.next).toBeNull()
    const { items } = await bench.auth.listMembers({ query: {} }, viewer.call)
    expect(items.map(({ email }) => email)).toEqual(['o•••@example.org', viewer.email])
    expect(items[0]).toMatchObject({ secondFactor: false, disabledAt: null, joinedAt: bench.clock.now(), lastSeenAt: bench.clock.now() })
    const cursor = Buffer.from('["a","b"]').toString('base64url')
    await expect(bench.auth.listMembers({ query: { cursor } }, owner.call)).rejects.toMatchObject({ code: 'bad_request' })
  })

  it('take another role at once', async () => {
    const admin = await somePerson(bench, 'admin')
    expect(await change(admin, { role: 'viewer' })).toMatchObject({ id: admin.id, role: 'viewer' })
    await expect(bench.auth.listInvitations({ query: {} }, admin.call)).rejects.toMatchObject({ code: 'forbidden' })
    expect(await auditOf(bench, 'member.change')).toEqual([
      { organisation: localOwner.organisationId, user: owner.id, subject: `person:${admin.id} viewer` },
    ])
  })

  it('lose their sessions when they are disabled, and sign in anew when they are not any more', async () => {
    const viewer = await somePerson(bench, 'viewer')
    expect((await change(viewer, { disabled: true })).disabledAt).toBe(bench.clock.now())
    await expect(bench.auth.getOrganisation({}, viewer.call)).rejects.toMatchObject({ code: 'forbidden' })
    const asked = { by: 'session', secret: viewer.token, from } as const
    await expect(bench.auth.identify({ body: asked }, bench.call)).rejects.toMatchObject({ code: 'unauthenticated' })
    expect((await change(viewer, { disabled: false })).disabledAt).toBeNull()
    await expect(bench.auth.identify({ body: asked }, bench.call)).rejects.toMatchObject({ code: 'unauthenticated' })
  })

  it('are not moved by who stands below them, and nobody is raised above whoever asks', async () => {
    const [admin, viewer] = [await somePerson(bench, 'admin'), await somePerson(bench, 'viewer')]
    const before = await rowsOf(bench, 'membership', 'session', 'audit')
    for (const [person, body] of [
      [owner, { role: 'viewer' }],
      [owner, { disabled: true }],
      [viewer, { role: 'owner' }],
      [admin, { role: 'owner' }],
      [admin, { disabled: true }],
    ] as const)
      await expect(change(person, body, admin.call)).rejects.toMatchObject({ code: 'forbidden' })
    expect(await rowsOf(bench, 'membership', 'session', 'audit')).toBe(before)
  })
})

describe('the last owner', () => {
  it('stays, also where the house itself asks', async () => {
    for (const call of [owner.call, operatorOf(bench)])
      for (const body of [{ role: 'admin' }, { disabled: true }] as const)
        await expect(change(owner, body, call)).rejects.toMatchObject({ code: 'last_owner' })
    expect(await ownersLeft()).toHaveLength(1)
  })

  it('is not saved by an owner who cannot sign in', async () => {
    const other = await somePerson(bench, 'owner')
    await change(other, { disabled: true })
    await expect(change(owner, { role: 'admin' })).rejects.toMatchObject({ code: 'last_owner' })
  })

  it.each(['role', 'disabled'] as const)('is there after two demote each other at once (%s)', async (way) => {
    const body = way === 'role' ? ({ role: 'viewer' } as const) : { disabled: true }
    for (let round = 0; round < 5; round += 1) {
      const [one, other] = [await somePerson(bench, 'owner'), await somePerson(bench, 'owner')]
      for (const { id } of await ownersLeft())
        if (id !== one.id && id !== other.id) await change({ ...owner, id }, { role: 'viewer' }, operatorOf(bench))
      const answers = await Promise.allSettled([change(other, body, one.call), change(one, body, other.call)])
      expect(answers.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
      const refused = answers.find(({ status }) => status === 'rejected') as PromiseRejectedResult
      // whoever came second is no owner any more, and who was disabled may not even be signed in
      const codes = way === 'role' ? ['forbidden'] : ['forbidden', 'unauthenticated']
      expect(codes).toContain((refused.reason as { code: string }).code)
      expect(await ownersLeft()).toHaveLength(1)
    }
  })

  it('is there after two leave at once', async () => {
    const other = await somePerson(bench, 'owner')
    const answers = await Promise.allSettled([change(owner, { role: 'viewer' }), change(other, { role: 'viewer' }, other.call)])
    expect(answers.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
    const refused = answers.find(({ status }) => status === 'rejected') as PromiseRejectedResult
    expect(refused.reason).toMatchObject({ code: 'last_owner' })
    expect(await ownersLeft()).toHaveLength(1)
  })
})

describe('the organisation', () => {
  it('changes its name and from where it may be reached, in the version that was seen', async () => {
    const before = await bench.auth.getOrganisation({}, owner.call)
    const body = { name: ' Our house ', allowedAddresses: ['203.0.113.99/24', '2001:db8::/32'] }
    const after = await bench.auth.changeOrganisation({ body, ifMatch: before.version }, owner.call)
    expect(after).toEqual({
      ...before,
      name: 'Our house',
      allowedAddresses: ['203.0.113.0/24', '2001:db8::/32'],
      version: before.version + 1,
    })
    expect(await bench.auth.getOrganisation({}, owner.call)).toEqual(after)
    await expect(bench.auth.changeOrganisation({ body, ifMatch: before.version }, owner.call)).rejects.toMatchObject({
      code: 'changed_meanwhile',
    })
  })

  it('does not shut out the address that asks, nor take what is no address', async () => {
    const { version: ifMatch } = await bench.auth.getOrganisation({}, owner.call)
    const allow = (allowedAddresses: string[], call = owner.call) =>
      bench.auth.changeOrganisation({ body: { allowedAddresses }, ifMatch }, call)
    const before = await rowsOf(bench, 'organisation', 'audit')
    await expect(allow(['198.51.100.0/24'])).rejects.toMatchObject({ code: 'address_not_allowed', facts: { address: from.address } })
    const { from: _, ...nowhere } = owner.call
    await expect(allow(['203.0.113.0/24'], nowhere)).rejects.toMatchObject({ code: 'address_not_allowed' })
    await expect(allow(['203.0.113.0/24', 'everywhere'])).rejects.toMatchObject({
      code: 'bad_request',
      errors: [{ path: 'allowedAddresses.1' }],
    })
    expect(await rowsOf(bench, 'organisation', 'audit')).toBe(before)
    expect((await allow(['198.51.100.0/24'], operatorOf(bench))).allowedAddresses).toEqual(['198.51.100.0/24'])
  })
})
