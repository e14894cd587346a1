import { recompute } from '@pe/finance/explain/recompute.ts'
import type { Trail, TrailSource } from '@pe/finance/explain/trail.ts'
import { Decimal } from '@pe/finance/money/decimal.ts'
import { plainDate } from '@pe/finance/time/plain-date.ts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Bench, benchOf } from './bench-of-books.ts'
import { GivenBooks } from './given-books.ts'
import { twoCurrencies } from './two-currencies.ts'

const trailOf = (figures: { trails?: Record<string, unknown> }, name: string): Trail => {
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
    ['the portfolio', {}, ['statement']],
    ['an instrument', { instrumentId: shares }, ['cost', 'costWithTaxes']],
    [
      'a period, flows at the end of the day, unrounded',
      { from: plainDate('2025-03-01'), to: plainDate('2025-09-30'), flowTiming: 'end', rounding: 'none' },
      ['statement'],
    ],
  ])('of %s follows from its inputs, node by node', async (_, query, further) => {
    const figures = await performance(query)
    const ratios = ['simpleReturn', 'twr', 'twrAnnualised', 'volatility', 'volatilityOfPeriod'] as const
    const amounts = ['openingValue', 'closingValue', 'flows', 'profit'] as const
    for (const name of ratios) expect(trailOf(figures, name).value).toBe(figures[name].value)
    for (const name of amounts) expect(trailOf(figures, name).value).toBe(figures[name].amount)
    expect(trailOf(figures, 'xirr').value).toBe(figures.xirr.value)
    expect(trailOf(figures, 'maxDrawdown').value).toBe(figures.maxDrawdown.value)
    for (const name of [...ratios, ...amounts, 'xirr', 'maxDrawdown', ...further]) expect(recompute(trailOf(figures, name))).toEqual([])
  })

  it.each([{}, { from: plainDate('2025-03-01') }, { rounding: 'none' }])('of each line of the statement is there (%o)', async (query) => {
    const figures = await performance(query)
    const lines = ['realisedGain', 'unrealisedGain', 'income', 'fees', 'taxes', 'currencyGain'] as const
    for (const line of lines) {
      expect(trailOf(figures, line).value).toBe(figures.statement?.[line].amount)
      expect(recompute(trailOf(figures, line))).toEqual([])
    }
  })

  it('of the simple return goes from the amounts of the ledger to the share by exact steps and one division', async () => {
    const trail = trailOf(await performance({}), 'simpleReturn')
    const [, invested] = trail.inputs
    expect(invested).toMatchObject({ op: 'sum', value: '14261.48' })
    const steps = [trail.inputs, invested?.inputs, invested?.inputs[1]?.inputs].flatMap((nodes) => nodes ?? [])
    expect(steps).toHaveLength(6)
    for (const { value } of steps) expect(value).toBeTypeOf('string')
  })

  it('of the largest drawdown names its peak and its trough, with growth and worth of those days', async () => {
    const { maxDrawdown, trails } = await performance({})
    const trail = trails?.maxDrawdown as Trail
    expect(trail.inputs.map(({ figure, source }) => [figure, source?.date])).toEqual([
      ['drawdown.peak', maxDrawdown.peak],
      ['drawdown.trough', maxDrawdown.trough],
    ])
    const [peak, trough] = trail.inputs.map(({ value }) => Number(value)) as [number, number]
    expect((peak - trough) / peak).toBeCloseTo(maxDrawdown.value ?? Number.NaN, 14)
    const valueOn = async (to: string | null) => (await performance({ to: plainDate(String(to)) })).closingValue.amount
    expect(trail.parameters).toMatchObject({
      peakDay: maxDrawdown.peak,
      peakValue: await valueOn(maxDrawdown.peak),
      troughValue: await valueOn(maxDrawdown.trough),
    })
  })

  it('names instruments, accounts and transactions as a person does', async () => {
    const sources = sourcesIn(trailOf(await performance({}), 'statement'))
    const of = (kind: string) => sources.filter((source) => source.kind === kind)
    expect(new Set(of('close').map(({ instrument }) => instrument))).toEqual(new Set(['Shares', 'World fund']))
    expect(new Set(of('account').map(({ account }) => account))).toEqual(new Set(['Giro', 'Broker']))
    const trades = of('transaction')
    expect(trades).toContainEqual(expect.objectContaining({ transaction: 'buy', instrument: 'World fund', account: 'Giro' }))
    expect(trades).toContainEqual(expect.objectContaining({ transaction: 'currency-exchange', account: 'Giro \u2192 Broker' }))
    expect(trades.filter(({ account }) => account === undefined)).toEqual([])
    const fees = trailOf(await performance({}), 'fees').inputs.map(({ source }) => source?.account)
    expect(fees).toEqual(['Giro', 'Broker', 'Broker', 'Broker', 'Giro'])
  })

  it('of what made the result follows from its inputs: each instrument, the rest and the whole', async () => {
    for (const query of [{}, { from: plainDate('2025-03-01'), to: plainDate('2025-09-30') }, { currency: 'USD' }]) {
      const found = await bench.client.portfolioMovers(
        { params: { portfolioId }, query: { explain: true, ...query } },
        bench.analytics.call,
      )
      const rows = found.movers.map(({ profit }) => Decimal.parse(String(profit.amount)))
      expect(rows).toHaveLength(2)
      expect(found.rest.amount).not.toBe('0')
      expect(Decimal.sum([...rows, Decimal.parse(String(found.rest.amount))]).toString()).toBe(found.profit.amount)
      expect(found.profit).toEqual((await performance(query)).profit)
      for (const mover of found.movers) {
        expect(trailOf(mover, 'profit').value).toBe(mover.profit.amount)
        expect(recompute(trailOf(mover, 'profit'))).toEqual([])
        const own = await performance({ ...query, instrumentId: mover.instrumentId })
        expect(trailOf(own, 'profit').value).toBe(mover.profit.amount)
      }
      for (const name of ['rest', 'profit'] as const) {
        expect(trailOf(found, name).value).toBe(found[name].amount)
        expect(recompute(trailOf(found, name))).toEqual([])
      }
      expect(trailOf(found, 'rest').inputs.map(({ figure }) => figure)).toEqual(['currencyGain', 'interest', 'fees', 'taxes'])
    }
  })

  it('of every holding, every balance and every total follows from its inputs', async () => {
    const held = await bench.client.portfolioHoldings({ params: { portfolioId }, query: { explain: true } }, bench.analytics.call)
    for (const name of ['value', 'marketValue', 'cost', 'unrealisedGain', 'dayChange'] as const) {
      expect(recompute(trailOf(held, name))).toEqual([])
      expect(trailOf(held, name).value).toBe(held.totals[name].amount)
    }
    expect(recompute(trailOf(held, 'knownValue'))).toEqual([])
    expect(trailOf(held, 'knownValue').value).toBe(held.totals.value.amount)
    expect(held.holdings).toHaveLength(2)
    for (const holding of held.holdings) {
      for (const name of ['value', 'cost', 'unrealisedGain', 'dayChange'] as const) {
        expect(recompute(trailOf(holding, name))).toEqual([])
        expect(trailOf(holding, name).value).toBe(holding[name].amount)
      }
      for (const name of ['unrealisedGainRatio', 'dayChangeRatio', 'weight'] as const) {
        expect(recompute(trailOf(holding, name))).toEqual([])
        expect(trailOf(holding, name).value).toBe(holding[name].value)
      }
    }
    expect(held.cash.length).toBeGreaterThan(1)
    for (const balance of held.cash) {
      expect(trailOf(balance, 'value').value).toBe(balance.value.amount)
      expect(trailOf(balance, 'weight').value).toBe(balance.weight.value)
      for (const name of ['value', 'weight']) expect(recompute(trailOf(balance, name))).toEqual([])
    }
  })
})

function sourcesIn({ source, inputs }: Trail): TrailSource[] {
  return [...(source ? [source] : []), ...inputs.flatMap(sourcesIn)]
}
