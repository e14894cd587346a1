import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Bench, benchOf } from './bench-of-books.ts'
import { GivenBooks } from './given-books.ts'

describe('a coin with eighteen decimal places', () => {
  let bench: Bench
  const books = new GivenBooks()
  books.account('Wallet', 'EUR')
  books.instrument('Coin', 'EUR', [
    ['2026-11-02', '3000'],
    ['2026-11-20', '3300.5'],
  ])
  books.record({
    ...{ kind: 'delivery-in', date: '2026-11-02', account: 'Wallet', currency: 'EUR', instrument: 'Coin' },
    ...{ quantity: '1.123456789012345678', amount: '3370.37' },
  })
  const portfolioId = books.portfolio('Main', 'EUR', ['Wallet'])
  beforeAll(async () => {
    bench = await benchOf(books)
  })
  afterAll(() => bench?.analytics.stop())

  it('is valued exactly where doubles would not do', async () => {
    const figures = await bench.client.portfolioPerformance({ params: { portfolioId }, query: {} }, bench.analytics.call)
    // 1.123456789012345678 × 3300.5 = 3707.969132135247…
    expect(figures.closingValue.amount).toBe('3707.97')
    expect(figures.twr.value).toBeCloseTo(3707.97 / 3370.37 - 1, 12)
    const chart = await bench.client.portfolioValuations({ params: { portfolioId }, query: {} }, bench.analytics.call)
    expect(chart.values.at(-1)).toBe('3707.97')
  })
})

describe('money of as many digits as the book takes', () => {
  let bench: Bench
  const books = new GivenBooks()
  const amount = '999999999999999999'
  const accountId = books.account('Mint', 'EUR')
  for (const date of ['2026-11-02', '2026-11-03']) books.record({ kind: 'deposit', date, account: 'Mint', currency: 'EUR', amount })
  beforeAll(async () => {
    bench = await benchOf(books)
  })
  afterAll(() => bench?.analytics.stop())

  it('is valued, and its days are stored, though two amounts have a digit more than one', async () => {
    await bench.analytics.hear('account-changed', { accountId })
    await bench.analytics.runJobs()
    const figures = await bench.client.accountPerformance({ params: { accountId }, query: {} }, bench.analytics.call)
    expect(figures.closingValue.amount).toBe('1999999999999999998')
    const days = await bench.analytics.look.sql.selectFrom('daily_valuation').selectAll().orderBy('day').execute()
    expect(Number(days.at(-1)?.value) / 2e18).toBeCloseTo(1, 12)
  })
})
