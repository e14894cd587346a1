import type { Holdings, Performance } from '@pe/contracts/analytics.ts'
import { recompute } from '@pe/finance/explain/recompute.ts'
import type { Trail } from '@pe/finance/explain/trail.ts'
import { plainDate } from '@pe/finance/time/plain-date.ts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Bench, benchOf } from './bench-of-books.ts'
import { GivenBooks } from './given-books.ts'
import { twoCurrencies } from './two-currencies.ts'

const trailOf = (figures: Performance | Holdings | Holdings['holdings'][number], name: string): Trail => {
  const trail = figures.trails?.[name] as Trail | undefined
  if (!trail) throw new Error(`${name} is not explained`)
  return trail
}

describe('a trail', () => {
  let bench: Bench
  const books = new GivenBooks()
  const { portfolioId, shares } = twoCurrencies(books)
  beforeAll(async () => {
    bench = await benchOf(books)
  })
  afterAll(() => bench?.analytics.stop())

  const performance = (query: object) =>
    bench.client.portfolioPerformance({ params: { portfolioId }, query: { explain: true, ...query } }, bench.analytics.call)

  it.each([
    ['the portfolio', {}, ['profit', 'statement']],
    ['an instrument', { instrumentId: shares }, ['cost', 'costWithTaxes']],
    [
      'a period, flows at the end of the day, unrounded',
      { from: plainDate('2025-03-01'), to: plainDate('2025-09-30'), flowTiming: 'end', rounding: 'none' },
      ['profit'],
    ],
  ])('of %s follows from its inputs, node by node', async (_, query, further) => {
    const figures = await performance(query)
    const ratios = ['simpleReturn', 'twr', 'twrAnnualised', 'volatility', 'volatilityOfPeriod'] as const
    const amounts = ['openingValue', 'closingValue', 'flows'] as const
    for (const name of ratios) expect(trailOf(figures, name).value).toBe(figures[name].value)
    for (const name of amounts) expect(trailOf(figures, name).value).toBe(figures[name].amount)
    expect(trailOf(figures, 'xirr').value).toBe(figures.xirr.value)
    expect(trailOf(figures, 'maxDrawdown').value).toBe(figures.maxDrawdown.value)
    for (const name of [...ratios, ...amounts, 'xirr', 'maxDrawdown', ...further]) expect(recompute(trailOf(figures, name))).toEqual([])
  })

  it('of every holding and every total follows from its inputs', async () => {
    const held = await bench.client.portfolioHoldings({ params: { portfolioId }, query: { explain: true } }, bench.analytics.call)
    for (const name of ['value', 'marketValue', 'cost', 'unrealisedGain'] as const) {
      expect(recompute(trailOf(held, name))).toEqual([])
      expect(trailOf(held, name).value).toBe(held.totals[name].amount)
    }
    expect(held.holdings).toHaveLength(2)
    for (const holding of held.holdings) {
      for (const name of ['value', 'cost', 'unrealisedGain'] as const) {
        expect(recompute(trailOf(holding, name))).toEqual([])
        expect(trailOf(holding, name).value).toBe(holding[name].amount)
      }
      expect(recompute(trailOf(holding, 'unrealisedGainRatio'))).toEqual([])
      expect(trailOf(holding, 'unrealisedGainRatio').value).toBeCloseTo(holding.unrealisedGainRatio.value ?? Number.NaN, 14)
    }
  })
})
