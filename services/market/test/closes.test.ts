import type { PackedSeries } from '@pe/contracts/market.ts'
import { type PlainDate, plainDate } from '@pe/finance/time/plain-date.ts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type MarketUnderTest, marketUnderTest } from './market-service.ts'

let test: MarketUnderTest

beforeAll(async () => {
  test = await marketUnderTest()
})
afterAll(() => test.stop())

const day = (text: string): PlainDate => plainDate(text)
let made = 0
async function instrument(): Promise<string> {
  made += 1
  return (await test.market.createInstrument({ body: { name: `Share ${made}`, currency: 'EUR' } }, test.call)).id
}
const batch = (importId: string | undefined, instrumentId: string, closes: [string, string][]) =>
  test.market.recordCloseBatch(
    {
      body: {
        ...(importId ? { importId } : {}),
        series: [{ instrumentId, closes: closes.map(([date, close]): [PlainDate, string] => [day(date), close]) }],
      },
    },
    test.call,
  )
const closesOf = async (instrumentId: string) =>
  (await test.market.listCloses({ params: { instrumentId }, query: {} }, test.call)).items.map(({ date, close }) => `${date} ${close}`)
const lastCloseOf = async (instrumentId: string) => (await test.market.getInstrument({ params: { instrumentId } }, test.call)).lastClose

describe('closes', () => {
  it('are added, changed or left, and only real changes are announced, from their first day on', async () => {
    const id = await instrument()
    const before = (await test.announced('closes-recorded')).length
    expect(
      await batch(undefined, id, [
        ['2026-03-02', '10'],
        ['2026-03-03', '10.5'],
        ['2026-03-04', '11'],
      ]),
    ).toEqual({ added: 3, changed: 0, unchanged: 0 })
    expect(
      await batch(undefined, id, [
        ['2026-03-02', '10.00'],
        ['2026-03-03', '10.7'],
        ['2026-03-05', '12'],
      ]),
    ).toEqual({ added: 1, changed: 1, unchanged: 1 })
    expect(await batch(undefined, id, [['2026-03-02', '10']])).toEqual({ added: 0, changed: 0, unchanged: 1 })
    expect((await test.announced('closes-recorded')).slice(before).map(({ body }) => body)).toEqual([
      { instrumentId: id, effectiveFrom: '2026-03-02' },
      { instrumentId: id, effectiveFrom: '2026-03-03' },
    ])
    expect(await closesOf(id)).toEqual(['2026-03-05 12', '2026-03-04 11', '2026-03-03 10.7', '2026-03-02 10'])
    expect(await lastCloseOf(id)).toEqual({ date: '2026-03-05', close: '12' })
  })

  it('given twice for a day, or for a day that has not begun anywhere, are refused, and nothing is written', async () => {
    const id = await instrument()
    const record = (...closes: { date: PlainDate; close: string }[]) =>
      test.market.recordCloses({ params: { instrumentId: id }, body: { closes } }, test.call)
    const [first, second] = [day('2026-03-02'), day('2026-03-03')]
    const twice = record({ date: second, close: '2' }, { date: first, close: '1' }, { date: second, close: '3' })
    await expect(twice).rejects.toMatchObject({ code: 'day_given_twice', facts: { date: '2026-03-03' } })
    const far = record({ date: first, close: '1' }, { date: day('2099-01-01'), close: '2' })
    await expect(far).rejects.toMatchObject({ code: 'date_in_future', facts: { date: '2099-01-01' } })
    expect(await closesOf(id)).toEqual([])
    // Noon of 22 November in London is 23 November on the Line Islands, and no 24 November anywhere.
    const [today, ahead, none] = ['2026-11-22', '2026-11-23', '2026-11-24'].map(day) as [PlainDate, PlainDate, PlainDate]
    expect(await record({ date: today, close: '1' }, { date: ahead, close: '2' })).toEqual({ recorded: 2 })
    await expect(record({ date: none, close: '3' })).rejects.toMatchObject({ code: 'date_in_future', facts: { today: ahead } })
  })

  it('are listed in pages between two days', async () => {
    const id = await instrument()
    await batch(
      undefined,
      id,
      [1, 2, 3, 4, 5].map((n): [string, string] => [`2026-03-0${n}`, `${n}`]),
    )
    const list = (query: { cursor?: string }) =>
      test.market.listCloses(
        { params: { instrumentId: id }, query: { from: day('2026-03-02'), to: day('2026-03-04'), limit: 2, ...query } },
        test.call,
      )
    const first = await list({})
    const second = await list({ cursor: first.next ?? '' })
    expect([...first.items, ...second.items].map(({ close }) => close)).toEqual(['4', '3', '2'])
    expect(second.next).toBeNull()
  })

  it.each([
    ['0', 'not_positive'],
    ['-1', 'not_positive'],
    ['1.0000000000000000001', 'too_precise'],
    ['100000000000000000000', 'too_large'],
  ])('of %s are refused as %s, and nothing of the batch is kept', async (close, code) => {
    const id = await instrument()
    await expect(
      batch(undefined, id, [
        ['2026-03-02', '1'],
        ['2026-03-03', close],
      ]),
    ).rejects.toMatchObject({ code })
    expect(await closesOf(id)).toEqual([])
  })

  it('of 18 decimals or 10^18 are kept exactly', async () => {
    const id = await instrument()
    await batch(undefined, id, [
      ['2026-03-02', '0.000000000000000001'],
      ['2026-03-03', '1000000000000000000.5'],
      ['2026-03-04', '1.00000000000000000000'],
    ])
    expect(await closesOf(id)).toEqual(['2026-03-04 1', '2026-03-03 1000000000000000000.5', '2026-03-02 0.000000000000000001'])
  })

  it('of an unknown instrument are refused', async () => {
    await expect(batch(undefined, '01900000-0000-7000-8000-00000000dead', [['2026-03-02', '1']])).rejects.toMatchObject({
      code: 'not_found',
    })
  })
})

describe('an undone import of closes', () => {
  const [first, second] = ['01900000-0000-7000-8000-0000000000a1', '01900000-0000-7000-8000-0000000000a2']
  const undo = (importId: string) => test.market.undoMarketImport({ params: { importId }, body: { keepInstrumentIds: [] } }, test.call)

  it('brings back what it had replaced, also below a later import', async () => {
    const id = await instrument()
    await batch(undefined, id, [['2026-03-02', '1']])
    await batch(first, id, [
      ['2026-03-02', '2'],
      ['2026-03-03', '2'],
    ])
    await batch(second, id, [
      ['2026-03-02', '3'],
      ['2026-03-03', '3'],
      ['2026-03-04', '3'],
    ])
    expect(await undo(first)).toMatchObject({ closes: 0 })
    expect(await closesOf(id)).toEqual(['2026-03-04 3', '2026-03-03 3', '2026-03-02 3'])
    expect(await undo(second)).toMatchObject({ closes: 3 })
    expect(await closesOf(id)).toEqual(['2026-03-02 1'])
    expect(await lastCloseOf(id)).toEqual({ date: '2026-03-02', close: '1' })
    expect((await test.announced('closes-recorded')).at(-1)?.body).toEqual({ instrumentId: id, effectiveFrom: '2026-03-02' })
    expect(await undo(second)).toMatchObject({ closes: 0 })
  })

  it('leaves a close that a person recorded over it', async () => {
    const id = await instrument()
    await batch(first, id, [
      ['2026-03-02', '2'],
      ['2026-03-03', '2'],
    ])
    await batch(undefined, id, [['2026-03-03', '9']])
    expect(await undo(first)).toMatchObject({ closes: 1 })
    expect(await closesOf(id)).toEqual(['2026-03-03 9'])
    expect(await undo(first)).toMatchObject({ closes: 0 })
  })

  it('leaves no last close where none is left', async () => {
    const id = await instrument()
    await batch(first, id, [['2026-03-02', '2']])
    await undo(first)
    expect(await lastCloseOf(id)).toBeNull()
  })
})

describe('packed closes', () => {
  const unpacked = ({ days, values, exact }: PackedSeries) => {
    const [dayBytes, valueBytes] = [Buffer.from(days, 'base64'), Buffer.from(values, 'base64')]
    return {
      days: Array.from({ length: dayBytes.length / 4 }, (_, at) => dayBytes.readInt32BE(at * 4)),
      values: Array.from({ length: valueBytes.length / 8 }, (_, at) => valueBytes.readDoubleBE(at * 8)),
      exact,
    }
  }

  it('hold every close exactly: as an integer of 10^-8, or as text where a double cannot', async () => {
    const id = await instrument()
    await batch(undefined, id, [
      ['1969-12-31', '101.25'],
      ['2026-03-03', '0.000000001'],
      ['2026-03-02', '90071992.54740991'],
      ['2026-03-04', '90071992.54740992'],
      ['2026-03-05', '0.1'],
    ])
    const { series } = await test.market.packedCloses({ body: { instrumentIds: [id] } }, test.call)
    expect(series[0]).toMatchObject({ instrumentId: id, currency: 'EUR', quoteUnit: 'EUR', generated: false })
    const closes = series[0]?.closes
    expect(closes && unpacked(closes)).toEqual({
      days: [-1, 20514, 20515, 20516, 20517],
      values: [10125000000, 9007199254740991, Number.NaN, Number.NaN, 10000000],
      exact: [
        [20515, '0.000000001'],
        [20516, '90071992.54740992'],
      ],
    })
    expect(closes?.days).not.toMatch(/\s/)
  })

  it('are empty for an instrument without closes', async () => {
    const id = await instrument()
    const { series } = await test.market.packedCloses({ body: { instrumentIds: [id] } }, test.call)
    expect(series[0]?.closes).toEqual({ days: '', values: '', exact: [] })
  })
})
