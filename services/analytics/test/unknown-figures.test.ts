import { plainDate } from '@pe/finance/time/plain-date.ts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Bench, benchOf } from './bench-of-books.ts'
import { GivenBooks } from './given-books.ts'

describe('what nobody knows', () => {
  let bench: Bench
  const books = new GivenBooks()
  books.account('Depot', 'EUR')
  const stone = books.instrument('Stone', 'EUR')
  const far = books.instrument('Far', 'JPY', [['2026-01-05', '1000']])
  books.instrument('Near', 'EUR', [['2026-01-05', '50']])
  books.record({ kind: 'deposit', date: '2026-01-05', account: 'Depot', currency: 'EUR', amount: '1000' })
  books.record({ kind: 'buy', date: '2026-01-05', account: 'Depot', currency: 'EUR', instrument: 'Near', quantity: '2', amount: '100' })
  books.record({ kind: 'buy', date: '2026-02-02', account: 'Depot', currency: 'EUR', instrument: 'Stone', quantity: '1', amount: '10' })
  books.record({
    kind: 'delivery-in',
    date: '2026-03-02',
    account: 'Depot',
    currency: 'JPY',
    instrument: 'Far',
    quantity: '3',
    amount: '3000',
  })
  books.account('Giro', 'EUR')
  books.record({ kind: 'interest', date: '2026-01-05', account: 'Giro', currency: 'JPY', cashCurrency: 'EUR', amount: '1000' })
  const abroad = books.portfolio('Abroad', 'EUR', ['Giro'])
  const portfolioId = books.portfolio('Main', 'EUR', ['Depot'])
  const empty = books.portfolio('Empty', 'EUR', [])
  beforeAll(async () => {
    bench = await benchOf(books)
  })
  afterAll(() => bench?.analytics.stop())

  it('is null with its reason and the name of what is missing, and the rest is still told', async () => {
    const held = await bench.client.portfolioHoldings({ params: { portfolioId }, query: {} }, bench.analytics.call)
    const of = (id: string) => held.holdings.find(({ instrumentId }) => instrumentId === id)
    expect(of(stone)?.value).toEqual({
      ...{ amount: null, currency: 'EUR', reason: 'missing-close', detail: 'no close of Stone on or before 2026-11-22' },
      facts: { name: 'Stone', date: '2026-11-22' },
    })
    expect(of(far)?.value).toMatchObject({ amount: null, reason: 'missing-rate' })
    expect(held.totals.value).toMatchObject({ amount: null })
    expect(held.unknownCount).toBe(2)
    expect(held.partialValue).toBe('990')
    expect(held.holdings[0]).toMatchObject({ instrument: 'Near', value: { amount: '100', staleSince: '2026-01-05' } })
    expect(held.warnings.map(({ code }) => code).sort()).toEqual(['missing-close', 'missing-rate', 'stale-close', 'stale-close'])
  })

  it('is null in a balance of cash too, into which money came at a rate that is missing', async () => {
    const held = await bench.client.portfolioHoldings({ params: { portfolioId: abroad }, query: {} }, bench.analytics.call)
    expect(held.cash).toMatchObject([
      { account: 'Giro', balance: null, balanceCurrency: 'EUR', value: { amount: null, reason: 'missing-rate' } },
    ])
  })

  it('makes returns unknown only where it reaches', async () => {
    const performance = (to: string) =>
      bench.client.portfolioPerformance({ params: { portfolioId }, query: { to: plainDate(to) } }, bench.analytics.call)
    expect((await performance('2026-01-31')).twr).toMatchObject({ value: 0 })
    const later = await performance('2026-02-28')
    expect(later.twr).toMatchObject({ value: null, reason: 'missing-close' })
    expect(later.xirr).toMatchObject({ value: null, status: 'unknown', reason: 'missing-close' })
    expect(later.maxDrawdown).toMatchObject({ value: null, reason: 'missing-close' })
    expect(later.statement?.addsUp).toBeNull()
    expect(later.warnings.map(({ code }) => code)).toContain('missing-close')
  })

  it('makes what no instrument made unknown too, for the same reason, and the rows come last that nobody knows', async () => {
    const found = await bench.client.portfolioMovers({ params: { portfolioId }, query: { explain: true } }, bench.analytics.call)
    expect(found.movers.map(({ instrument, profit }) => [instrument, profit.amount, profit.reason])).toEqual([
      ['Near', '0', undefined],
      ['Stone', null, 'missing-close'],
      ['Far', null, 'missing-rate'],
    ])
    expect(found.rest).toMatchObject({ amount: null, reason: 'missing-close' })
    expect(found.trails?.rest).toMatchObject({ value: null, op: 'unknown', parameters: { reason: 'missing-close' } })
    const before = { to: plainDate('2026-01-31') }
    const known = await bench.client.portfolioMovers({ params: { portfolioId }, query: before }, bench.analytics.call)
    expect(known).toMatchObject({ rest: { amount: '0' }, profit: { amount: '0' } })
  })

  it('explains the lines of a statement that are known, though others are not', async () => {
    const figures = await bench.client.portfolioPerformance({ params: { portfolioId }, query: { explain: true } }, bench.analytics.call)
    expect(figures.trails?.realisedGain).toMatchObject({ value: '0' })
    expect(figures.trails?.unrealisedGain).toMatchObject({ value: null })
  })

  it('is told apart from nothing: an empty portfolio is worth 0', async () => {
    const figures = await bench.client.portfolioPerformance({ params: { portfolioId: empty }, query: {} }, bench.analytics.call)
    expect(figures).toMatchObject({
      openingValue: { amount: '0' },
      closingValue: { amount: '0' },
      twr: { value: null, reason: 'nothing-held' },
    })
    const chart = await bench.client.portfolioValuations({ params: { portfolioId: empty }, query: {} }, bench.analytics.call)
    expect(chart).toMatchObject({ days: ['2026-11-22'], values: ['0'] })
  })

  it('is refused when it cannot be meant', async () => {
    const ask = (query: object) => bench.client.portfolioPerformance({ params: { portfolioId }, query }, bench.analytics.call)
    await expect(ask({ currency: 'XYZ' })).rejects.toMatchObject({ code: 'unknown_currency' })
    await expect(ask({ from: '2026-05-01', to: '2026-04-01' })).rejects.toMatchObject({ code: 'bad_request' })
    await expect(ask({ instrumentId: empty })).rejects.toMatchObject({ code: 'not_found' })
    await expect(ask({ accountId: empty })).rejects.toMatchObject({ code: 'not_found' })
  })
})
