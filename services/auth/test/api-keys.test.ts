import { type permissions, permissionsOf } from '@pe/contracts/permissions.ts'
import { instant } from '@pe/finance/time/instant.ts'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { after } from '../src/sign-in/session-times.ts'
import { type AuthBench, authBench } from './auth-bench.ts'
import { auditOf, from, operatorOf, rowsOf, type SomePerson, somePerson } from './people.ts'

let bench: AuthBench
let owner: SomePerson
beforeEach(async () => {
  bench = await authBench()
  owner = await somePerson(bench, 'owner')
})
afterEach(() => bench.stop())

const minute = 60_000
type Scopes = (typeof permissions)[number][]
const create = (scopes: Scopes, { call = owner.call, expiresAt }: { call?: typeof owner.call; expiresAt?: string } = {}) =>
  bench.auth.createApiKey({ body: { name: ' Nightly ', scopes, ...(expiresAt ? { expiresAt } : {}) } }, call)
const identify = (secret: string) => bench.auth.identify({ body: { by: 'api-key', secret, from } }, bench.call)
const unauthenticated = { code: 'unauthenticated', detail: 'sign in, or give a key that is good' }

describe('an API key', () => {
  it('acts for its maker within its scopes; its secret is shown once', async () => {
    const { key, secret } = await create(['market.read', 'book.read', 'market.read'])
    expect(key).toMatchObject({
      name: 'Nightly',
      scopes: ['book.read', 'market.read'],
      createdBy: owner.id,
      expiresAt: null,
      lastUsedAt: null,
    })
    expect(secret.startsWith(`${key.prefix}_`)).toBe(true)
    expect((await bench.auth.listApiKeys({ query: {} }, owner.call)).items).toEqual([key])
    expect(await identify(secret)).toEqual({
      organisationId: owner.call.actor.organisationId,
      userId: owner.id,
      timeZone: 'Europe/Berlin',
      permissions: ['book.read', 'market.read'],
      credentialId: key.id,
      pending: false,
      steppedUpUntil: null,
      expiresAt: after(bench.clock.now(), 30_000),
      allowedAddresses: [],
    })
    expect(await rowsOf(bench, 'api_key', 'audit', 'idempotency')).not.toContain(secret.slice(-43))
    expect((await auditOf(bench, 'api-key.create')).map(({ subject }) => subject)).toEqual([`api-key:${key.id} book.read market.read`])
  })

  it('may never do what its maker may not', async () => {
    const admin = await somePerson(bench, 'admin')
    const before = await rowsOf(bench, 'api_key', 'audit')
    await expect(create(['book.read', 'book.write'], { call: admin.call })).rejects.toMatchObject({ code: 'forbidden' })
    const narrow = { ...owner.call, permissions: permissionsOf.admin }
    await expect(create(['book.close'], { call: narrow })).rejects.toMatchObject({ code: 'forbidden' })
    expect(await rowsOf(bench, 'api_key', 'audit')).toBe(before)
  })

  it('loses what its maker loses, and gets it back', async () => {
    const other = await somePerson(bench, 'owner')
    const { secret } = await create(['book.read', 'book.write', 'audit.read'], { call: other.call })
    const as = async (role: 'auditor' | 'manager' | 'owner') => {
      await bench.auth.changeMember({ params: { personId: other.id }, body: { role } }, owner.call)
      return (await identify(secret)).permissions
    }
    expect(await as('auditor')).toEqual(['book.read', 'audit.read'])
    expect(await as('manager')).toEqual(['book.read', 'book.write'])
    expect(await as('owner')).toEqual(['book.read', 'book.write', 'audit.read'])
    await bench.auth.changeMember({ params: { personId: other.id }, body: { disabled: true } }, owner.call)
    await expect(identify(secret)).rejects.toMatchObject(unauthenticated)
    await bench.deps.db.sql.deleteFrom('membership').where('person_id', '=', other.id).execute()
    await expect(identify(secret)).rejects.toMatchObject(unauthenticated)
  })

  it('ends at its expiry, and is believed no longer', async () => {
    const expiresAt = after(bench.clock.now(), minute)
    const { key, secret } = await create(['book.read'], { expiresAt })
    expect(key.expiresAt).toBe(expiresAt)
    bench.clock.moveTo(instant('2026-11-22T12:00:45.000Z'))
    expect((await identify(secret)).expiresAt).toBe(expiresAt)
    bench.clock.moveTo(expiresAt)
    await expect(identify(secret)).rejects.toMatchObject(unauthenticated)
    await expect(create(['book.read'], { expiresAt })).rejects.toMatchObject({ code: 'bad_request', errors: [{ path: 'expiresAt' }] })
  })

  it('is good for nothing once revoked, however often', async () => {
    const { key, secret } = await create(['book.read'])
    const revoke = () => bench.auth.revokeApiKey({ params: { keyId: key.id }, body: {} }, owner.call)
    expect(await revoke()).toEqual(key)
    await expect(identify(secret)).rejects.toMatchObject(unauthenticated)
    expect(await revoke()).toEqual(key)
    expect((await bench.auth.listApiKeys({ query: {} }, owner.call)).items).toEqual([])
  })

  it('says when it was used last, to the minute', async () => {
    const { secret } = await create(['book.read'])
    const lastUsed = async () => (await bench.auth.listApiKeys({ query: {} }, owner.call)).items[0]?.lastUsedAt
    const start = bench.clock.now()
    await identify(secret)
    expect(await lastUsed()).toBe(start)
    bench.clock.moveTo(after(start, minute - 1))
    await identify(secret)
    expect(await lastUsed()).toBe(start)
    bench.clock.moveTo(after(start, minute))
    await Promise.all([identify(secret), identify(secret)])
    expect(await lastUsed()).toBe(after(start, minute))
  })

  it('of the house is nobody’s of its people', async () => {
    const { key, secret } = await create(['book.read', 'book.close'], { call: operatorOf(bench) })
    const identity = await identify(secret)
    expect(identity).toMatchObject({ userId: key.createdBy, permissions: ['book.read', 'book.close'], timeZone: 'UTC' })
    expect(identity.userId).not.toBe(owner.id)
  })

  it('is listed in pages, the oldest first', async () => {
    for (let count = 0; count < 3; count += 1) await create(['book.read'])
    const first = await bench.auth.listApiKeys({ query: { limit: 2 } }, owner.call)
    const second = await bench.auth.listApiKeys({ query: { limit: 2, cursor: first.next ?? '' } }, owner.call)
    const ids = [...first.items, ...second.items].map(({ id }) => id)
    expect(ids).toEqual(ids.toSorted())
    expect([new Set(ids).size, second.next]).toEqual([3, null])
    const cursor = Buffer.from('["2026-13-45T00:00:00.000Z","x"]').toString('base64url')
    await expect(bench.auth.listApiKeys({ query: { cursor } }, owner.call)).rejects.toMatchObject({ code: 'bad_request' })
  })
})
