import { plainDate } from '@pe/finance/time/plain-date.ts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Bench, benchOf } from './bench-of-books.ts'
import { currencySample, sampleIsThere } from './currency-sample.ts'

const required = process.env.PE_REQUIRE_SHARED === '1'
if (!sampleIsThere && !required) console.info('The currency sample is not checked: ../shared/samples is not there.')

/** Tolerances of the acceptance: 0.005 on money, 1e-9 on TWR and drawdown, 1e-6 on XIRR. */
describe.runIf(sampleIsThere || required)('the currency sample of Portfolio Performance, in EUR', () => {
  let bench: Bench
  let sample: ReturnType<typeof currencySample>
  beforeAll(async () => {
    sample = currencySample()
    bench = await benchOf(sample.books)
  })
  afterAll(() => bench?.analytics.stop())

  const performance = (from: string, to: string, instrumentId?: string) =>
    bench.client.portfolioPerformance(
      {
        params: { portfolioId: sample.portfolioId },
        query: { from: plainDate(from), to: plainDate(to), ...(instrumentId ? { instrumentId } : {}) },
      },
      bench.analytics.call,
    )

  it('is worth 4,131.99 on 2015-01-02 and 4,187.94 on 2015-01-14, with an XIRR of 50.55 % between them', async () => {
    const figures = await performance('2015-01-02', '2015-01-14')
    expect(figures.openingValue).toEqual({ amount: '4131.99', currency: 'EUR' })
    expect(figures.closingValue).toEqual({ amount: '4187.94', currency: 'EUR' })
    expect(Math.abs((figures.xirr.value ?? 0) - 0.505460983)).toBeLessThan(1e-6)
    expect(figures.statement?.addsUp).toBe(true)
  })

  it('has Apple return what Portfolio Performance says, at rates carried forward and said to be stale', async () => {
    const figures = await performance('2014-12-31', '2015-08-10', sample.apple)
    expect(Math.abs((figures.twr.value ?? 0) - 0.1041737743)).toBeLessThan(1e-9)
    expect(Math.abs((figures.xirr.value ?? 0) - 0.1446282846)).toBeLessThan(1e-6)
    expect(Math.abs((figures.maxDrawdown.value ?? 0) - 0.1242126865)).toBeLessThan(1e-9)
    expect(figures.costWithTaxes).toMatchObject({ amount: '1424.1' })
    expect(figures.closingValue).toEqual({ amount: '1495.34', currency: 'EUR', staleSince: '2015-01-16' })
    expect(figures.warnings).toContainEqual({
      code: 'stale-rate',
      facts: { name: 'USD/EUR', date: '2015-01-16' },
      detail: 'The last rate from USD to EUR is of 2015-01-16; it is carried forward.',
    })
  })

  it('holds what it is worth', async () => {
    const held = await bench.client.portfolioHoldings(
      { params: { portfolioId: sample.portfolioId }, query: { asOf: plainDate('2015-01-14') } },
      bench.analytics.call,
    )
    expect(held.totals.value.amount).toBe('4187.94')
    expect(held.holdings.map(({ instrument, units }) => [instrument, units])).toEqual([
      ['BASF', '20'],
      ['Apple', '10'],
    ])
    expect(held.cash.map(({ account, balance }) => [account, balance])).toEqual([
      ['Account EUR', '1000'],
      ['Account USD', '1000'],
    ])
  })
})
