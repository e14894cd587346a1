import { plainDate } from '@pe/finance/time/plain-date.ts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Bench, benchOf } from './bench-of-books.ts'
import { GivenBooks, idOf } from './given-books.ts'

/** A fund of 1,000.01 EUR and cash of 500 EUR and 250 USD, with 1 EUR = 1.25 USD; a share that has no close before March. */
function givenBooks(): GivenBooks {
  const books = new GivenBooks()
  books.account('Depot', 'EUR')
  books.account('Dollars', 'USD')
  books.rate('EUR', 'USD', '2026-01-01', '1.25')
  books.instrument('Fund', 'EUR', [['2026-01-05', '100.001']])
  books.instrument('Share', 'EUR', [['2026-03-02', '20']])
  const of = { account: 'Depot', currency: 'EUR' }
  books.record({ ...of, kind: 'deposit', date: '2026-01-05', amount: '1500.01' })
  books.record({ ...of, kind: 'buy', date: '2026-01-05', instrument: 'Fund', quantity: '10', amount: '1000.01' })
  books.record({ kind: 'deposit', date: '2026-01-05', account: 'Dollars', currency: 'USD', amount: '250' })
  books.record({ ...of, kind: 'delivery-in', date: '2026-02-02', instrument: 'Share', quantity: '5', amount: '90' })
  return books
}

describe('values by node', () => {
  let bench: Bench
  const books = givenBooks()
  const portfolioId = books.portfolio('Main', 'EUR', ['Depot', 'Dollars'])
  const taxonomyId = books.taxonomy(
    'Kinds',
    ['Equity', 'Europe < Equity', 'Cash'],
    [
      ['instrument', 'Fund', 'Europe', '33.33'],
      ['instrument', 'Fund', 'Cash', '10'],
      ['instrument', 'Share', 'Europe', '100'],
      ['account', 'Dollars', 'Cash', '100'],
    ],
  )
  beforeAll(async () => {
    bench = await benchOf(books)
  })
  afterAll(() => bench?.analytics.stop())

  const values = async (asOf: string, more = {}) => {
    const params = { portfolioId, taxonomyId }
    return bench.client.portfolioTaxonomyValues({ params, query: { asOf: plainDate(asOf), ...more } }, bench.analytics.call)
  }

  it('are weights × market value, exactly, and sum to what the portfolio is worth', async () => {
    const found = await values('2026-01-31')
    expect(found.nodes.map(({ own, value }) => [own.amount, value.amount])).toEqual([
      ['0', '333.303333'],
      ['333.303333', '333.303333'],
      // a tenth of the fund, and 250 USD
      ['300.001', '300.001'],
    ])
    // 56.67 % of the fund, and the cash of the depot that nobody classified
    expect(found.unclassified.value.amount).toBe('1066.705667')
    expect(found.total).toMatchObject({ amount: '1700.01', currency: 'EUR' })
    expect(found.nodes[0]?.share.value).toBeCloseTo(333.303333 / 1700.01, 12)
    const held = await bench.client.portfolioHoldings(
      { params: { portfolioId }, query: { asOf: plainDate('2026-01-31') } },
      bench.analytics.call,
    )
    expect(held.totals.value.amount).toBe(found.total.amount)
    expect(found.parts.map(({ kind, name, unclassified }) => [kind, name, unclassified])).toEqual([
      ['instrument', 'Fund', '56.67'],
      ['account', 'Depot', '100'],
      ['account', 'Dollars', '0'],
    ])
    expect(found.taxonomyVersion).toBe(7)
  })

  it('are unknown where a price is, up to the top, and known elsewhere', async () => {
    const found = await values('2026-02-28')
    expect(found.nodes.map(({ value }) => value.amount)).toEqual([null, null, '300.001'])
    expect(found.nodes[0]?.value).toMatchObject({ reason: 'missing-close' })
    expect(found.total.amount).toBeNull()
    expect(found.nodes[2]?.share.value).toBeCloseTo(300.001 / 1700.01, 12)
    expect(found.parts.at(-1)).toMatchObject({ name: 'Share', value: { amount: null } })
  })

  it('are told of one account, and in another currency', async () => {
    const found = await values('2026-01-31', { accountId: idOf('Dollars'), currency: 'USD' })
    expect(found.total).toEqual({ amount: '250', currency: 'USD' })
    expect(found.nodes.map(({ value }) => value.amount)).toEqual(['0', '0', '250'])
  })
})

describe('a portfolio with an inception date', () => {
  let bench: Bench
  const books = givenBooks()
  const more = { inceptionDate: plainDate('2026-01-20') }
  const portfolioId = books.portfolio('Later', 'EUR', ['Depot'], more)
  beforeAll(async () => {
    bench = await benchOf(books)
  })
  afterAll(() => bench?.analytics.stop())

  it('has its figures begin there unless a first day is asked for', async () => {
    const performance = (query: { from?: string; to?: string }) => {
      const asked = Object.fromEntries(Object.entries(query).map(([key, day]) => [key, plainDate(day)]))
      return bench.client.portfolioPerformance({ params: { portfolioId }, query: asked }, bench.analytics.call)
    }
    expect(await performance({ to: '2026-01-31' })).toMatchObject({ from: '2026-01-19', openingValue: { amount: '1500.01' } })
    expect(await performance({ from: '2026-01-10', to: '2026-01-31' })).toMatchObject({ from: '2026-01-10' })
    // a period that ends before it cannot begin with it
    expect(await performance({ to: '2026-01-10' })).toMatchObject({ from: '2026-01-04' })
    const chart = await bench.client.portfolioValuations({ params: { portfolioId }, query: {} }, bench.analytics.call)
    expect(chart.days[0]).toBe('2026-01-19')
  })
})
