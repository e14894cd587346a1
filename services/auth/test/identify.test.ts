import { permissionsOf, type Role, roles } from '@pe/contracts/permissions.ts'
import type { Updateable } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { newKeyText } from '../src/identities/api-key-text.ts'
import { newToken } from '../src/sign-in/opaque-token.ts'
import { absoluteMilliseconds, after, idleMilliseconds, pendingMilliseconds, stepUpMilliseconds } from '../src/sign-in/session-times.ts'
import type { SessionTable } from '../src/store/tables.ts'
import { type AuthBench, authBench } from './auth-bench.ts'
import { auditOf, from, operatorOf, type SomePerson, somePerson } from './people.ts'

let bench: AuthBench
let person: SomePerson
beforeAll(async () => {
  bench = await authBench()
})
beforeEach(async () => {
  person = await somePerson(bench, 'manager')
})
afterAll(() => bench.stop())

const identify = (secret: string, by: 'session' | 'api-key' = 'session') => bench.auth.identify({ body: { by, secret, from } }, bench.call)
const change = (values: Updateable<SessionTable>) =>
  bench.deps.db.sql
    .updateTable('session')
    .set(values)
    .where('id', '=', person.call.credentialId ?? '')
    .execute()
const unauthenticated = { code: 'unauthenticated', detail: 'sign in, or give a key that is good', errors: [], facts: {} }
const minute = 60_000

/** What the audit log says of denials once their minute is over. */
async function toldApart(): Promise<string[]> {
  bench.clock.moveTo(after(bench.clock.now(), 2 * minute))
  const before = (await auditOf(bench, 'access.deny')).length
  await bench.auth.noteDenials({ body: { denials: [] } }, bench.call)
  return (await auditOf(bench, 'access.deny')).slice(before).map(({ subject }) => subject.replace(/^address:203\.0\.113\.7 \S+ /, ''))
}

describe('a session', () => {
  it('is its person with what their role may do', async () => {
    expect(await identify(person.token)).toEqual({
      organisationId: person.call.actor.organisationId,
      userId: person.id,
      timeZone: 'Europe/Berlin',
      permissions: permissionsOf.manager,
      credentialId: person.call.credentialId,
      pending: false,
      steppedUpUntil: after(bench.clock.now(), stepUpMilliseconds),
      expiresAt: after(bench.clock.now(), 30_000),
      allowedAddresses: [],
    })
  })

  it.each(roles)('of %s holds the permissions of that role at once', async (role: Role) => {
    if (role !== 'manager') await bench.auth.changeMember({ params: { personId: person.id }, body: { role } }, operatorOf(bench))
    expect((await identify(person.token)).permissions).toEqual(permissionsOf[role])
  })

  it('that waits for a second factor may do nothing else', async () => {
    await change({ pending: true })
    expect(await identify(person.token)).toMatchObject({ pending: true, permissions: [], steppedUpUntil: null })
    bench.clock.moveTo(after(bench.clock.now(), pendingMilliseconds))
    await expect(identify(person.token)).rejects.toMatchObject(unauthenticated)
  })

  it('says from where its organisation may be reached', async () => {
    const { version } = await bench.auth.getOrganisation({}, operatorOf(bench))
    await bench.auth.changeOrganisation({ body: { allowedAddresses: ['10.0.0.0/8'] }, ifMatch: version }, operatorOf(bench))
    expect((await identify(person.token)).allowedAddresses).toEqual(['10.0.0.0/8'])
  })

  it('ends when nobody was seen with it for two weeks, and is kept alive by being used', async () => {
    const opened = bench.clock.now()
    bench.clock.moveTo(after(opened, idleMilliseconds - 1))
    expect((await identify(person.token)).expiresAt).toBe(after(opened, idleMilliseconds))
    bench.clock.moveTo(after(opened, 2 * idleMilliseconds - 2))
    await identify(person.token)
    bench.clock.moveTo(after(bench.clock.now(), idleMilliseconds))
    await expect(identify(person.token)).rejects.toMatchObject(unauthenticated)
  })

  it('ends after ninety days whatever happens', async () => {
    const end = after(bench.clock.now(), absoluteMilliseconds)
    bench.clock.moveTo(after(end, -1))
    await change({ last_seen_at: bench.clock.now() })
    expect((await identify(person.token)).expiresAt).toBe(end)
    bench.clock.moveTo(end)
    await expect(identify(person.token)).rejects.toMatchObject(unauthenticated)
  })

  it('is noted as seen once a minute at most', async () => {
    const opened = bench.clock.now()
    const lastSeen = async () =>
      (await bench.auth.listMembers({ query: {} }, operatorOf(bench))).items.find(({ id }) => id === person.id)?.lastSeenAt
    bench.clock.moveTo(after(opened, minute - 1))
    await identify(person.token)
    expect(await lastSeen()).toBe(opened)
    bench.clock.moveTo(after(opened, minute))
    await Promise.all([identify(person.token), identify(person.token), identify(person.token)])
    expect(await lastSeen()).toBe(after(opened, minute))
    expect(await auditOf(bench, 'session.see')).toEqual([])
  })
})

describe('a credential that is good for nothing gets the same answer, and its reason goes into the audit log', () => {
  const cases: [string, () => Promise<unknown>][] = [
    ['credential-malformed', () => identify('')],
    ['credential-malformed', () => identify(`${person.token}x`)],
    ['credential-malformed', () => identify(`' or '1'='1`)],
    ['credential-malformed', () => identify(newKeyText(bench.deps.ids.next()))],
    ['credential-malformed', () => identify(person.token, 'api-key')],
    ['credential-unknown', () => identify(newToken())],
    ['credential-unknown', () => identify(newKeyText(bench.deps.ids.next()), 'api-key')],
    [
      'credential-unknown',
      async () => {
        const { key } = await bench.auth.createApiKey({ body: { name: 'Key', scopes: ['book.read'] } }, operatorOf(bench))
        await identify(newKeyText(key.id), 'api-key')
      },
    ],
    ['session-ended', async () => change({ ended_at: bench.clock.now() }).then(() => identify(person.token))],
    ['session-expired', async () => change({ expires_at: bench.clock.now() }).then(() => identify(person.token))],
    [
      'person-disabled',
      async () => {
        await bench.deps.db.sql
          .updateTable('membership')
          .set({ disabled_at: bench.clock.now() })
          .where('person_id', '=', person.id)
          .execute()
        await identify(person.token)
      },
    ],
    [
      'person-removed',
      async () => {
        await bench.deps.db.sql.deleteFrom('membership').where('person_id', '=', person.id).execute()
        await identify(person.token)
      },
    ],
    [
      'key-revoked',
      async () => {
        const { key, secret } = await bench.auth.createApiKey({ body: { name: 'Key', scopes: ['book.read'] } }, operatorOf(bench))
        await bench.auth.revokeApiKey({ params: { keyId: key.id }, body: {} }, operatorOf(bench))
        await identify(secret, 'api-key')
      },
    ],
    [
      'key-expired',
      async () => {
        const expiresAt = after(bench.clock.now(), 1)
        const { secret } = await bench.auth.createApiKey({ body: { name: 'Key', scopes: ['book.read'], expiresAt } }, operatorOf(bench))
        bench.clock.moveTo(expiresAt)
        await identify(secret, 'api-key')
      },
    ],
  ]

  it.each(cases)('%s', async (why, attempt) => {
    await toldApart()
    await expect(attempt()).rejects.toMatchObject(unauthenticated)
    expect(await toldApart()).toEqual([`${why} 1`])
  })
})
