import { plainDate } from '@pe/finance/time/plain-date.ts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Bench, benchOf } from './bench-of-books.ts'
import { GivenBooks, idOf } from './given-books.ts'

describe('books to which corporate actions apply', () => {
  const books = new GivenBooks()
  for (const name of ['Depot', 'Giro']) books.account(name, 'EUR')
  books.instrument('Old', 'EUR', [
    ['2026-01-05', '100'],
    ['2026-03-02', '50'],
    ['2026-11-20', '55'],
  ])
  books.instrument('New', 'EUR', [
    ['2026-05-04', '20'],
    ['2026-11-20', '25'],
  ])
  const portfolioId = books.portfolio('Main', 'EUR', ['Depot', 'Giro'])
  const giroId = books.portfolio('Cash only', 'EUR', ['Giro'])
  const [from, asOf] = [plainDate('2026-01-05'), plainDate('2026-11-20')]
  let bench: Bench

  beforeAll(async () => {
    books.record({ kind: 'deposit', date: '2026-01-05', account: 'Depot', currency: 'EUR', amount: '2000' })
    books.record({ kind: 'buy', date: '2026-01-05', account: 'Depot', currency: 'EUR', instrument: 'Old', quantity: '10', amount: '1000' })
    bench = await benchOf(books)
  })
  afterAll(() => bench?.analytics.stop())

  const figures = async (id = portfolioId) => {
    const { client, analytics } = bench
    const held = await client.portfolioHoldings({ params: { portfolioId: id }, query: { asOf } }, analytics.call)
    const performance = await client.portfolioPerformance({ params: { portfolioId: id }, query: { from, to: asOf } }, analytics.call)
    const series = await client.portfolioValuations({ params: { portfolioId: id }, query: { from, to: asOf } }, analytics.call)
    return { held, performance, series }
  }
  const told = async () => {
    const { held, performance } = await figures()
    return {
      holdings: held.holdings.map(({ instrument, units, cost }) => `${units} ${instrument} for ${cost.amount}`).toSorted(),
      value: held.totals.value.amount,
      twr: performance.twr.value,
      addsUp: performance.statement?.addsUp,
    }
  }
  const heard = async () => {
    for (const account of ['Depot', 'Giro'])
      await bench.analytics.hear('transaction-recorded', { accountId: idOf(account), version: 9, instrumentIds: [], effectiveFrom: from })
    await bench.analytics.runJobs()
  }

  it('show a split, and show what they showed when it is undone', async () => {
    await heard()
    const before = await figures()
    expect(await told()).toMatchObject({ holdings: ['10 Old for 1000'], value: '1550' })
    const split = {
      kind: 'split',
      instrumentId: idOf('Old'),
      exDate: plainDate('2026-03-02'),
      currency: 'EUR',
      ratio: { new: '2', old: '1' },
    } as const
    const undo = books.applied(split, [{ account: 'Depot' }])
    await heard()
    // 1,000 in cash and 20 × 55; the deposit was the only flow.
    expect(await told()).toMatchObject({ holdings: ['20 Old for 1000'], value: '2100', addsUp: true })
    expect((await told()).twr).toBeCloseTo(0.05, 12)
    expect((await figures()).series).not.toEqual(before.series)
    undo()
    await heard()
    expect(await figures()).toEqual(before)
  })

  it('load instruments that nobody ever bought, and the cash of another account', async () => {
    const spinOff = {
      kind: 'spin-off',
      instrumentId: idOf('Old'),
      intoInstrumentId: idOf('New'),
      exDate: plainDate('2026-05-04'),
      currency: 'EUR',
      ratio: { new: '1', old: '4' },
      costShare: '0.2',
      fractionPrice: '20',
    } as const
    const undo = books.applied(spinOff, [{ account: 'Depot', cashAccount: 'Giro' }])
    await heard()
    // Half a unit of 2.5 is paid out: 10 of 200 × 0.5 / 2.5.
    expect(await told()).toMatchObject({ holdings: ['10 Old for 800', '2 New for 160'], value: '1610', addsUp: true })
    expect((await figures(giroId)).held.totals.value.amount).toBe('10')
    undo()
    await heard()
    expect(await told()).toMatchObject({ holdings: ['10 Old for 1000'], value: '1550' })
    expect((await figures(giroId)).held.totals.value.amount).toBe('0')
  })
})
