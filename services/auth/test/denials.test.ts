import { localOwner } from '@pe/contracts/actor.ts'
import { sealAudit } from '@pe/platform/audit/seal-audit.ts'
import { verifyAudit } from '@pe/platform/audit/verify-audit.ts'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { nobody } from '../src/sign-in/people-calls.ts'
import { after } from '../src/sign-in/session-times.ts'
import { type AuthBench, authBench } from './auth-bench.ts'
import { auditOf, type SomePerson, somePerson } from './people.ts'

let bench: AuthBench
let person: SomePerson
beforeEach(async () => {
  bench = await authBench()
  person = await somePerson(bench, 'viewer')
})
afterEach(() => bench.stop())

const minute = 60_000
type Denial = Parameters<AuthBench['auth']['noteDenials']>[0]['body']['denials'][number]
const denial = (more: Partial<Denial>): Denial => ({
  organisationId: null,
  userId: null,
  code: 'unauthenticated',
  operation: 'core.listAccounts',
  address: '192.0.2.1',
  at: bench.clock.now(),
  count: 1,
  ...more,
})
const note = (...denials: Denial[]) => bench.auth.noteDenials({ body: { denials } }, bench.call)
const log = () => auditOf(bench, 'access.deny')
const pass = (milliseconds: number) => bench.clock.moveTo(after(bench.clock.now(), milliseconds))
const house = { organisation: localOwner.organisationId, user: nobody }

describe('denials', () => {
  it('of known callers are noted one by one', async () => {
    const known = { organisationId: person.call.actor.organisationId, userId: person.id, code: 'forbidden' }
    await note(denial({ ...known, operation: 'core.recordTransaction' }), denial({ ...known, count: 3, address: '2001:db8::5' }))
    const who = { organisation: known.organisationId, user: person.id }
    expect(await log()).toEqual([
      { ...who, subject: 'operation:core.recordTransaction forbidden from 192.0.2.1' },
      { ...who, subject: 'operation:core.listAccounts forbidden from 2001:db8::5 3 times' },
    ])
  })

  it('of unknown ones are one line per network and minute, once it is over', async () => {
    await note(denial({ count: 40 }), denial({ operation: 'core.recordTransaction', count: 2 }), denial({ code: 'other_site' }))
    await note(denial({}), denial({ address: '2001:db8:1:2::3' }), denial({ address: '2001:db8:1:2:ffff::9', count: 4 }))
    expect(await log()).toEqual([])
    pass(90_001)
    await note(denial({}))
    expect(await log()).toEqual([
      { ...house, subject: 'address:192.0.2.1 2026-11-22T12:00Z: other_site 1, unauthenticated 43' },
      { ...house, subject: 'address:2001:db8:1:2::/64 2026-11-22T12:00Z: unauthenticated 5' },
    ])
    pass(2 * minute)
    await note()
    expect((await log()).slice(2)).toEqual([{ ...house, subject: 'address:192.0.2.1 2026-11-22T12:01Z: unauthenticated 1' }])
    expect(await bench.deps.db.sql.selectFrom('denial_count').selectAll().execute()).toEqual([])
  })

  it('from the whole internet are two hundred lines a minute and one', async () => {
    for (let block = 0; block < 3; block += 1)
      await note(...Array.from({ length: 250 }, (_, n) => denial({ address: `10.${block}.${Math.floor(n / 250)}.${n % 250}` })))
    pass(2 * minute)
    await note()
    const lines = await log()
    expect(lines).toHaveLength(201)
    expect(lines.filter(({ subject }) => subject.startsWith('address:elsewhere'))).toEqual([
      { ...house, subject: 'address:elsewhere 2026-11-22T12:00Z: unauthenticated 550' },
    ])
  })

  it('are each noted once, also where two settle at once', async () => {
    await note(denial({}), denial({ address: '192.0.2.2' }), denial({ address: '192.0.2.3' }))
    pass(2 * minute)
    await Promise.all([note(), note(), note()])
    expect(await log()).toHaveLength(3)
  })

  it('that were counted when the process ended are settled by the next', async () => {
    await note(denial({}))
    pass(2 * minute)
    await bench.service.start?.()
    expect(await log()).toHaveLength(1)
  })

  it('bring no words of others into the log', async () => {
    const known = { organisationId: person.call.actor.organisationId, userId: person.id }
    await note(denial({ ...known, operation: 'GET /x\n2026 forged line', code: 'a b' }), denial({ code: '<script>', address: 'x\ny' }))
    pass(2 * minute)
    await note()
    expect((await log()).map(({ subject }) => subject)).toEqual([
      'operation:unknown unknown from 192.0.2.1',
      'address:unknown 2026-11-22T12:00Z: unknown 1',
    ])
  })

  it('are sealed like all other acts', async () => {
    await note(denial({}), denial({ organisationId: person.call.actor.organisationId, userId: person.id }))
    pass(2 * minute)
    await note()
    expect(await sealAudit(bench.deps.db)).toBe(2)
    const proof = await verifyAudit(bench.deps.db.platform, bench.deps.keys, new Map())
    expect(proof).toMatchObject({ acts: 2, unsealed: 0, findings: [] })
  })
})
