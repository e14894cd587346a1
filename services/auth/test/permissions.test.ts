import type { Call } from '@pe/contracts/actor.ts'
import { authRoutes } from '@pe/contracts/auth.ts'
import { organisationRoutes } from '@pe/contracts/organisation.ts'
import { permissionsOf, type Role, roles } from '@pe/contracts/permissions.ts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type AuthBench, authBench } from './auth-bench.ts'
import { anotherOrganisation, operatorOf, rowsOf, type SomePerson, somePerson } from './people.ts'

let bench: AuthBench
let owner: SomePerson
const byRole = new Map<Role, SomePerson>()
beforeAll(async () => {
  bench = await authBench()
  owner = await somePerson(bench, 'owner')
  for (const role of roles) byRole.set(role, await somePerson(bench, role))
})
afterAll(() => bench.stop())

const ours = ['organisation', 'membership', 'invitation', 'api_key', 'audit']
type Operation = keyof typeof organisationRoutes

/** Each operation once, in a way that is right for whoever may. */
const attempts: Record<Operation, (call: Call) => Promise<unknown>> = {
  getOrganisation: (call) => bench.auth.getOrganisation({}, call),
  changeOrganisation: async (call) => {
    const { version } = await bench.auth.getOrganisation({}, owner.call)
    return await bench.auth.changeOrganisation({ body: { name: 'A house' }, ifMatch: version }, call)
  },
  listMembers: (call) => bench.auth.listMembers({ query: {} }, call),
  changeMember: async (call) => {
    const { id } = await somePerson(bench, 'viewer')
    return await bench.auth.changeMember({ params: { personId: id }, body: { role: 'auditor' } }, call)
  },
  listInvitations: (call) => bench.auth.listInvitations({ query: {} }, call),
  invite: (call) => bench.auth.invite({ body: { email: 'new@example.org', role: 'viewer' } }, call),
  withdrawInvitation: async (call) => {
    const { id } = await bench.auth.invite({ body: { email: 'gone@example.org', role: 'viewer' } }, owner.call)
    return await bench.auth.withdrawInvitation({ params: { invitationId: id }, body: {} }, call)
  },
  listApiKeys: (call) => bench.auth.listApiKeys({ query: {} }, call),
  createApiKey: (call) => bench.auth.createApiKey({ body: { name: 'Key', scopes: ['book.read'] } }, call),
  revokeApiKey: async (call) => {
    const { key } = await bench.auth.createApiKey({ body: { name: 'Key', scopes: ['book.read'] } }, owner.call)
    return await bench.auth.revokeApiKey({ params: { keyId: key.id }, body: {} }, call)
  },
}
const operations = Object.keys(attempts) as Operation[]

it('every operation of the organisation is tried', () => {
  expect(operations.toSorted()).toEqual(Object.keys(organisationRoutes).toSorted())
})

describe.each(roles)('%s', (role) => {
  it.each(operations)('does %s exactly if the table of permissions says so', async (operation) => {
    const { permission } = organisationRoutes[operation]
    const { call } = byRole.get(role) as SomePerson
    // as a door would that was told of another role half a minute ago
    const asked = attempts[operation]({ ...call, permissions: permissionsOf.owner })
    if ((permissionsOf[role] as readonly string[]).includes(permission)) await expect(asked).resolves.toBeDefined()
    else await expect(asked).rejects.toMatchObject({ code: 'forbidden' })
  })

  it.each(operations)('cannot do %s by a credential without the permission', async (operation) => {
    const { permission } = organisationRoutes[operation]
    const { call } = byRole.get(role) as SomePerson
    const permissions = permissionsOf[role].filter((one) => one !== permission)
    await expect(attempts[operation]({ ...call, permissions })).rejects.toMatchObject({ code: 'forbidden' })
  })
})

const sensitive = operations.filter((name) => (authRoutes[name] as { refusals?: readonly string[] }).refusals?.includes('step_up_needed'))

describe('a sensitive act', () => {
  it('is one of these', () => {
    expect(sensitive.toSorted()).toEqual(['changeMember', 'changeOrganisation', 'createApiKey', 'invite'])
  })

  it.each(sensitive)('%s needs a step-up of the session itself, whatever the door says', async (operation) => {
    const person = await somePerson(bench, 'owner')
    await bench.deps.db.sql
      .updateTable('session')
      .set({ stepped_up_until: bench.clock.now() })
      .where('id', '=', person.call.credentialId ?? '')
      .execute()
    await expect(attempts[operation](person.call)).rejects.toMatchObject({ code: 'step_up_needed' })
    await bench.auth.signOut({ body: {} }, person.call)
    await expect(attempts[operation](person.call)).rejects.toMatchObject({ code: 'unauthenticated' })
  })

  it.each(sensitive)('%s is for no key', async (operation) => {
    await expect(attempts[operation]({ ...owner.call, by: 'api-key' })).rejects.toMatchObject({ code: 'step_up_needed' })
  })

  it.each(sensitive)('%s is done by the commands of the house', async (operation) => {
    await expect(attempts[operation](operatorOf(bench))).resolves.toBeDefined()
    await expect(attempts[operation]({ ...operatorOf(bench), steppedUp: false })).rejects.toMatchObject({ code: 'step_up_needed' })
  })

  it.each(sensitive)('%s is nothing for a look around without signing in', async (operation) => {
    await expect(attempts[operation]({ ...bench.call, by: 'demo' })).rejects.toMatchObject({ code: 'forbidden' })
  })
})

describe('two organisations', () => {
  let stranger: SomePerson
  beforeAll(async () => {
    stranger = await somePerson(bench, 'owner', await anotherOrganisation(bench))
  })

  it('do not see each other in any list', async () => {
    await attempts.invite(owner.call)
    await attempts.createApiKey(owner.call)
    const { items: people } = await bench.auth.listMembers({ query: {} }, stranger.call)
    expect(people.map(({ id }) => id)).toEqual([stranger.id])
    expect((await bench.auth.listInvitations({ query: {} }, stranger.call)).items).toEqual([])
    expect((await bench.auth.listApiKeys({ query: {} }, stranger.call)).items).toEqual([])
    expect((await bench.auth.getOrganisation({}, stranger.call)).id).toBe(stranger.call.actor.organisationId)
    const { items } = await bench.auth.listMembers({ query: { limit: 1000 } }, owner.call)
    expect(items.map(({ id }) => id)).not.toContain(stranger.id)
  })

  it('cannot name what is the other’s', async () => {
    const { id: invitationId } = await bench.auth.invite({ body: { email: 'theirs@example.org', role: 'viewer' } }, owner.call)
    const { key } = await bench.auth.createApiKey({ body: { name: 'Theirs', scopes: ['book.read'] } }, owner.call)
    const before = await rowsOf(bench, ...ours)
    const { call } = stranger
    const notFound = { code: 'not_found' }
    const change = bench.auth.changeMember({ params: { personId: owner.id }, body: { disabled: true } }, call)
    await expect(change).rejects.toMatchObject(notFound)
    await expect(bench.auth.withdrawInvitation({ params: { invitationId }, body: {} }, call)).rejects.toMatchObject(notFound)
    await expect(bench.auth.revokeApiKey({ params: { keyId: key.id }, body: {} }, call)).rejects.toMatchObject(notFound)
    expect(await rowsOf(bench, ...ours)).toBe(before)
  })

  it('who belongs to one does nothing in the other', async () => {
    const before = await rowsOf(bench, ...ours)
    const { organisationId } = stranger.call.actor
    const call = { ...owner.call, actor: { ...owner.call.actor, organisationId } }
    await expect(bench.auth.listMembers({ query: {} }, call)).rejects.toMatchObject({ code: 'forbidden' })
    await expect(bench.auth.invite({ body: { email: 'x@example.org', role: 'viewer' } }, call)).rejects.toMatchObject({ code: 'forbidden' })
    expect(await rowsOf(bench, ...ours)).toBe(before)
  })
})
