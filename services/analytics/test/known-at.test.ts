import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Bench, benchOf } from './bench-of-books.ts'
import { GivenBooks } from './given-books.ts'

describe('a book as it was known', () => {
  const books = new GivenBooks()
  books.account('Depot', 'EUR')
  books.instrument('Near', 'EUR', [['2026-11-20', '50']])
  const portfolioId = books.portfolio('Main', 'EUR', ['Depot'])
  const taxonomyId = books.taxonomy('Kinds', ['Equity'], [['instrument', 'Near', 'Equity', '100']])
  const asked: (string | undefined)[] = []
  let bench: Bench
  beforeAll(async () => {
    const buy = { kind: 'buy', account: 'Depot', currency: 'EUR', instrument: 'Near' } as const
    books.record({ kind: 'deposit', date: '2026-01-05', account: 'Depot', currency: 'EUR', amount: '1000' })
    books.record({ ...buy, date: '2026-01-05', quantity: '2', amount: '100' })
    const earlier = new GivenBooks()
    earlier.account('Depot', 'EUR')
    earlier.record({ kind: 'deposit', date: '2026-01-05', account: 'Depot', currency: 'EUR', amount: '1000' })
    // Core answers with less: the purchase was not recorded yet.
    const { core } = books
    const asKnown: typeof core = {
      ...core,
      ledger: (input, call) => {
        asked.push(input.body.knownAt)
        return (input.body.knownAt === undefined ? core : earlier.core).ledger(input, call)
      },
    }
    bench = await benchOf({ core: asKnown, market: books.market })
  })
  afterAll(() => bench?.analytics.stop())

  const knownAt = '2026-01-31T00:00:00.000Z'
  const told = async (query: { knownAt?: string }) => {
    const { client, analytics } = bench
    const input = { params: { portfolioId }, query }
    const held = await client.portfolioHoldings(input, analytics.call)
    const performance = await client.portfolioPerformance(input, analytics.call)
    const series = await client.portfolioValuations(input, analytics.call)
    const movers = await client.portfolioMovers(input, analytics.call)
    const months = await client.portfolioMonthlyReturns(input, analytics.call)
    return {
      figures: [
        held.holdings.length,
        held.totals.value.amount,
        performance.closingValue.amount,
        series.values.at(-1),
        movers.movers.length,
      ],
      warned: [held, performance, series, movers, months].map(({ warnings }) =>
        warnings.some(({ code }) => code === 'prices-as-known-now'),
      ),
    }
  }

  it('sorts what was held then by the classifications of now, and says so', async () => {
    const sorted = async (query: { knownAt?: string }) => {
      const params = { portfolioId, taxonomyId }
      const { nodes, total, warnings } = await bench.client.portfolioTaxonomyValues({ params, query }, bench.analytics.call)
      return [nodes[0]?.value.amount, total.amount, warnings.map(({ code }) => code)]
    }
    expect(await sorted({ knownAt })).toEqual(['0', '1000', ['prices-as-known-now', 'taxonomy-as-known-now']])
    expect(await sorted({})).toEqual(['100', '1000', []])
  })

  it('tells figures of then, warns what is of now, and never mixes with the present, whichever is asked first', async () => {
    const then = { figures: [0, '1000', '1000', '1000', 0], warned: [true, true, true, true, true] }
    const now = { figures: [1, '1000', '1000', '1000', 1], warned: [false, false, false, false, false] }
    expect(await told({ knownAt })).toEqual(then)
    expect(await told({})).toEqual(now)
    expect(await told({ knownAt })).toEqual(then)
    expect(await told({})).toEqual(now)
    await bench.analytics.hear('portfolio-changed', { portfolioId })
    await bench.analytics.runJobs()
    // The present is stored by now; what was known then is still read by itself.
    expect(await told({ knownAt })).toEqual(then)
    expect(await told({})).toEqual(now)
    expect(new Set(asked)).toEqual(new Set([knownAt, undefined]))
  })
})
