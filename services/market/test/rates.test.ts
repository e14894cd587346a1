import { dayNumber, plainDate } from '@pe/finance/time/plain-date.ts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type MarketUnderTest, marketUnderTest } from './market-service.ts'

let test: MarketUnderTest

beforeAll(async () => {
  test = await marketUnderTest()
})
afterAll(() => test.stop())

const importId = '01900000-0000-7000-8000-0000000000b1'
const rate = (date: string, base: string, quote: string, value: string) => ({ date: plainDate(date), base, quote, rate: value })
const listed = async (base: string) =>
  (await test.market.listRates({ query: { base } }, test.call)).items.map(({ date, quote, rate: value }) => `${date} ${quote} ${value}`)

describe('rates', () => {
  it('are added, changed or left, announced per pair, and taken back with their import', async () => {
    await test.market.recordRates({ body: { rates: [rate('2026-03-02', 'EUR', 'USD', '1.1')] } }, test.call)
    const rates = [
      rate('2026-03-02', 'EUR', 'USD', '1.2'),
      rate('2026-03-03', 'EUR', 'USD', '1.3'),
      rate('2026-03-03', 'EUR', 'CHF', '0.95'),
    ]
    expect(await test.market.recordRateBatch({ body: { importId, rates } }, test.call)).toEqual({ added: 2, changed: 1, unchanged: 0 })
    expect(await test.market.recordRateBatch({ body: { importId, rates } }, test.call)).toEqual({ added: 0, changed: 0, unchanged: 3 })
    expect((await test.announced('rates-recorded')).map(({ body }) => body)).toEqual([
      { base: 'EUR', quote: 'USD', effectiveFrom: '2026-03-02' },
      expect.objectContaining({ base: 'EUR' }),
      expect.objectContaining({ base: 'EUR' }),
    ])
    expect(await listed('EUR')).toEqual(['2026-03-03 USD 1.3', '2026-03-03 CHF 0.95', '2026-03-02 USD 1.2'])
    const undo = { params: { importId }, body: { keepInstrumentIds: [] } }
    expect(await test.market.undoMarketImport(undo, test.call)).toMatchObject({ rates: 3 })
    expect(await listed('EUR')).toEqual(['2026-03-02 USD 1.1'])
    expect((await test.market.packedRates({ body: { currencies: ['EUR', 'CHF'] } }, test.call)).series).toEqual([])
  })

  it('refuse what is no currency or no rate', async () => {
    const record = (one: ReturnType<typeof rate>) => test.market.recordRates({ body: { rates: [one] } }, test.call)
    await expect(record(rate('2026-03-02', 'EUR', 'XXQ', '1'))).rejects.toMatchObject({ code: 'unknown_currency' })
    await expect(record(rate('2026-03-02', 'EUR', 'EUR', '2'))).rejects.toMatchObject({ code: 'bad_request' })
    await expect(record(rate('2026-03-02', 'EUR', 'USD', '0'))).rejects.toMatchObject({ code: 'not_positive' })
    await expect(record(rate('2026-03-02', 'EUR', 'USD', '1.1234567890123456789'))).rejects.toMatchObject({ code: 'too_precise' })
  })

  it('of one pair and day are given once, and of no day to come', async () => {
    const record = (...rates: ReturnType<typeof rate>[]) => test.market.recordRates({ body: { rates } }, test.call)
    const twice = record(rate('2026-04-02', 'EUR', 'SEK', '11'), rate('2026-04-02', 'EUR', 'SEK', '11'))
    await expect(twice).rejects.toMatchObject({ code: 'day_given_twice', facts: { date: '2026-04-02' } })
    await expect(record(rate('2099-01-01', 'EUR', 'SEK', '11'))).rejects.toMatchObject({ code: 'date_in_future' })
    expect(await record(rate('2026-04-02', 'EUR', 'NOK', '11'), rate('2026-04-02', 'EUR', 'DKK', '7.4'))).toEqual({ recorded: 2 })
  })

  it('come packed for all ways between the currencies asked for, without the dead ends', async () => {
    await test.market.recordRates(
      {
        body: {
          rates: [
            rate('2026-03-02', 'EUR', 'CHF', '0.95'),
            rate('2026-03-02', 'EUR', 'USD', '1.1'),
            rate('2026-03-02', 'EUR', 'JPY', '160'),
            rate('2026-03-03', 'EUR', 'USD', '1.11'),
          ],
        },
      },
      test.call,
    )
    const { series } = await test.market.packedRates({ body: { currencies: ['USD', 'CHF'] } }, test.call)
    const days = [dayNumber(plainDate('2026-03-02')), dayNumber(plainDate('2026-03-03'))]
    expect(series).toEqual([
      { base: 'EUR', quote: 'CHF', days: days.slice(0, 1), rates: ['0.95'] },
      { base: 'EUR', quote: 'USD', days, rates: ['1.1', '1.11'] },
    ])
  })
})
