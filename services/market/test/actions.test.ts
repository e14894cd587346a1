import type { NewAction } from '@pe/contracts/actions.ts'
import { plainDate } from '@pe/finance/time/plain-date.ts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type MarketUnderTest, marketUnderTest } from './market-service.ts'

let test: MarketUnderTest
let [old, fresh] = ['', '']

beforeAll(async () => {
  test = await marketUnderTest()
  const made = (name: string) => test.market.createInstrument({ body: { name, currency: 'EUR' } }, test.call)
  ;[old, fresh] = [(await made('Old')).id, (await made('New')).id]
})
afterAll(() => test.stop())

const split = (more: Partial<NewAction> = {}): NewAction => ({
  kind: 'split',
  instrumentId: old,
  exDate: plainDate('2026-03-02'),
  ratio: { new: '2', old: '1' },
  ...more,
})
const record = (body: NewAction) => test.market.recordAction({ body }, test.call)
const count = async () => (await test.market.listActions({ query: {} }, test.call)).items.length

describe('corporate actions', () => {
  it('the same one given twice, or by two at once, is one; with other terms it is refused', async () => {
    const [first, second] = await Promise.all([record(split()), record(split({ ratio: { new: '2.0', old: '1' }, note: 'again' }))])
    expect(second).toEqual(first)
    expect(first).toMatchObject({ kind: 'split', ratio: { old: '1' }, currency: 'EUR', removedAt: null, version: 1 })
    await expect(record(split({ ratio: { new: '3', old: '1' } }))).rejects.toMatchObject({ code: 'already_recorded' })
    const facts = (await test.announced()).filter(({ name }) => name === 'action-recorded')
    expect(facts.map(({ body }) => body)).toEqual([{ actionId: first.id, instrumentId: old, effectiveFrom: '2026-03-02' }])
  })

  it('are refused with a code, and nothing is written', async () => {
    const before = await count()
    const nobody = '01900000-0000-7000-8000-00000000ffff'
    const spinOff = { kind: 'spin-off', intoInstrumentId: fresh, ratio: { new: '1', old: '5' } } as const
    await expect(record(split({ exDate: plainDate('2026-04-01'), ratio: { new: '0', old: '1' } }))).rejects.toMatchObject({
      code: 'not_positive',
    })
    await expect(record(split({ ...spinOff, costShare: '1.2' }))).rejects.toMatchObject({ code: 'cost_share_out_of_range' })
    await expect(record(split({ instrumentId: nobody }))).rejects.toMatchObject({ code: 'not_found' })
    await expect(record(split({ ...spinOff, intoInstrumentId: nobody, costShare: '0.2' }))).rejects.toMatchObject({ code: 'not_found' })
    await expect(record(split({ kind: 'write-off' }))).rejects.toMatchObject({ code: 'field_not_allowed' })
    await expect(record(split({ exDate: plainDate('2026-04-01'), currency: 'XXQ' }))).rejects.toMatchObject({ code: 'unknown_currency' })
    expect(await count()).toBe(before)
  })

  it('are changed in the version that was seen, removed and kept; then the same can be recorded anew', async () => {
    const made = await record(split({ kind: 'spin-off', intoInstrumentId: fresh, ratio: { new: '1', old: '5' }, costShare: '0.2' }))
    const change = { params: { actionId: made.id }, body: split({ exDate: plainDate('2026-05-04') }), ifMatch: 1 }
    const changed = await test.market.changeAction(change, test.call)
    expect(changed).toMatchObject({ kind: 'split', exDate: '2026-05-04', version: 2 })
    expect(changed).not.toHaveProperty('costShare')
    await expect(test.market.changeAction(change, test.call)).rejects.toMatchObject({ code: 'changed_meanwhile' })
    await expect(test.market.changeAction({ ...change, body: split(), ifMatch: 2 }, test.call)).rejects.toMatchObject({
      code: 'already_recorded',
    })

    await test.market.removeAction({ params: { actionId: made.id }, body: {}, ifMatch: 2 }, test.call)
    expect((await test.market.getAction({ params: { actionId: made.id } }, test.call)).removedAt).not.toBeNull()
    await expect(test.market.removeAction({ params: { actionId: made.id }, body: {}, ifMatch: 3 }, test.call)).rejects.toMatchObject({
      code: 'not_found',
    })
    expect((await record(split({ exDate: plainDate('2026-05-04') }))).id).not.toBe(made.id)
  })

  it('are listed newest first in pages, by instrument received too', async () => {
    await record(split({ kind: 'symbol-change', exDate: plainDate('2026-06-01'), intoInstrumentId: fresh, ratio: { new: '1', old: '1' } }))
    const first = await test.market.listActions({ query: { instrumentId: old, limit: 1 } }, test.call)
    const rest = await test.market.listActions({ query: { instrumentId: old, cursor: first.next ?? '' } }, test.call)
    expect([...first.items, ...rest.items].map(({ exDate }) => exDate)).toEqual(['2026-06-01', '2026-05-04', '2026-03-02'])
    expect(rest.next).toBeNull()
    const received = await test.market.listActions({ query: { instrumentId: fresh } }, test.call)
    expect(received.items.map(({ kind }) => kind)).toEqual(['symbol-change'])
    const spring = await test.market.listActions({ query: { from: plainDate('2026-03-01'), to: plainDate('2026-03-31') } }, test.call)
    expect(spring.items).toHaveLength(1)
  })
})
