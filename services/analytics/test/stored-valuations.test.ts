import { addDays, dayNumber, plainDate } from '@pe/finance/time/plain-date.ts'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { type Bench, benchOf } from './bench-of-books.ts'
import { GivenBooks, idOf } from './given-books.ts'
import { firstDay, lastDay, twoCurrencies } from './two-currencies.ts'

const today = plainDate('2026-11-22')
const daysFrom = (from: string) => dayNumber(today) - dayNumber(plainDate(from)) + 1

describe('stored valuations', () => {
  let bench: Bench
  let books: GivenBooks
  let portfolioId: string
  let shares: string
  beforeEach(async () => {
    books = new GivenBooks()
    ;({ portfolioId, shares } = twoCurrencies(books))
    bench = await benchOf(books)
    await bench.analytics.hear('portfolio-changed', { portfolioId })
    await bench.analytics.hear('account-changed', { accountId: idOf('Giro') })
    await bench.analytics.hear('account-changed', { accountId: idOf('Broker') })
    await bench.analytics.runJobs()
  })
  afterEach(() => bench.analytics.stop())

  const rows = () => bench.analytics.look.sql.selectFrom('daily_valuation').selectAll().orderBy('scope_id').orderBy('day').execute()
  const announced = async (after: number) => (await bench.analytics.announced('valuation-changed')).slice(after).map(({ body }) => body)

  /** What a service with nothing in memory and nothing stored writes for the same books. */
  const fromScratch = async () => {
    const other = await benchOf(books)
    await other.analytics.hear('portfolio-changed', { portfolioId })
    for (const name of ['Giro', 'Broker']) await other.analytics.hear('account-changed', { accountId: idOf(name) })
    await other.analytics.runJobs()
    const days = await other.analytics.look.sql.selectFrom('daily_valuation').selectAll().orderBy('scope_id').orderBy('day').execute()
    await other.analytics.stop()
    return days
  }

  it('hold every day of every account and portfolio, from the day before the first transaction to today', async () => {
    const days = await rows()
    expect(days).toHaveLength(3 * daysFrom(addDays(firstDay, -1)))
    expect(days.filter(({ value }) => value === null)).toEqual([])
    expect(days.find(({ scope_id, day }) => scope_id === idOf('Giro') && day === '2025-01-06')).toMatchObject({
      value: '10000.0000000000',
      inflow: '10000.0000000000',
      outflow: '0.0000000000',
    })
  })

  it('are brought up to date from the day of a back-dated purchase on, with one instrument computed anew', async () => {
    const { version } = books.record({
      ...{ kind: 'buy', date: '2025-03-03', account: 'Broker', currency: 'USD', instrument: 'Shares' },
      ...{ quantity: '2', amount: '160', fee: '1' },
    })
    await bench.analytics.hear('transaction-recorded', {
      ...{ accountId: idOf('Broker'), version, instrumentIds: [shares], effectiveFrom: plainDate('2025-03-03') },
    })
    await bench.analytics.runJobs()
    const changes = await announced(3)
    expect(changes).toHaveLength(2)
    for (const change of changes)
      expect(change).toMatchObject({ effectiveFrom: '2025-03-03', days: daysFrom('2025-03-03'), instruments: 1 })
    expect(await rows()).toEqual(await fromScratch())
  })

  it('fold marks of one moment into one run', async () => {
    for (const date of ['2026-05-04', '2026-03-02', '2026-04-01']) {
      const { version } = books.record({ kind: 'deposit', date, account: 'Giro', currency: 'EUR', amount: '10' })
      await bench.analytics.hear('transaction-recorded', {
        ...{ accountId: idOf('Giro'), version, instrumentIds: [], effectiveFrom: plainDate(date) },
      })
    }
    await bench.analytics.runJobs()
    const changes = await announced(3)
    expect(changes).toHaveLength(2)
    for (const change of changes)
      expect(change).toMatchObject({ effectiveFrom: '2026-03-02', days: daysFrom('2026-03-02'), instruments: 0 })
    expect(await rows()).toEqual(await fromScratch())
  })

  it('follow a close that is recorded late, for the scopes that hold the instrument', async () => {
    books.close('World fund', '2026-11-19', '200.00')
    await bench.analytics.hear('closes-recorded', { instrumentId: idOf('World fund'), effectiveFrom: plainDate('2026-11-19') })
    await bench.analytics.runJobs()
    const changes = await announced(3)
    expect(changes.map((change) => change.accountId ?? change.portfolioId).sort()).toEqual([idOf('Giro'), portfolioId].sort())
    for (const change of changes) expect(change).toMatchObject({ days: daysFrom('2026-11-19'), instruments: 1 })
    expect(await rows()).toEqual(await fromScratch())
  })

  it('follow a rate, for the scopes that need one', async () => {
    books.rate('EUR', 'USD', lastDay, '2')
    await bench.analytics.hear('rates-recorded', { base: 'EUR', quote: 'USD', effectiveFrom: lastDay })
    await bench.analytics.runJobs()
    expect((await announced(3)).map(({ days }) => days)).toContain(daysFrom(lastDay))
    expect(await rows()).toEqual(await fromScratch())
  })

  it('follow units that move in from another account, and back when that is void', async () => {
    const moved = { kind: 'transfer' as const, date: '2026-06-01', account: 'Giro', toAccount: 'Broker', instrument: 'World fund' }
    const { id } = books.record({ ...moved, currency: 'EUR', quantity: '1', amount: '0' })
    const hear = async () => {
      for (const name of ['Giro', 'Broker']) await bench.analytics.hear('account-changed', { accountId: idOf(name) })
      await bench.analytics.hear('portfolio-changed', { portfolioId })
      await bench.analytics.runJobs()
    }
    await hear()
    expect(await rows()).toEqual(await fromScratch())
    books.voided(id)
    await hear()
    expect(await rows()).toEqual(await fromScratch())
  })

  it('lose the days before a first transaction that is void, and go when the portfolio goes', async () => {
    const { id, version } = books.record({ kind: 'deposit', date: '2024-12-02', account: 'Giro', currency: 'EUR', amount: '1' })
    const fact = { accountId: idOf('Giro'), instrumentIds: [], effectiveFrom: plainDate('2024-12-02') }
    await bench.analytics.hear('transaction-recorded', { ...fact, version })
    await bench.analytics.runJobs()
    await bench.analytics.hear('transaction-recorded', { ...fact, version: books.voided(id).version })
    await bench.analytics.runJobs()
    expect(await rows()).toEqual(await fromScratch())
    books.forgetPortfolio('Main')
    await bench.analytics.hear('portfolio-changed', { portfolioId })
    await bench.analytics.runJobs()
    expect((await rows()).filter(({ scope_id }) => scope_id === portfolioId)).toEqual([])
  })

  it('serve the chart without asking market, and the same figures as a computation', async () => {
    const chart = () => bench.client.portfolioValuations({ params: { portfolioId }, query: {} }, bench.analytics.call)
    const other = await benchOf(books)
    const computed = await other.client.portfolioValuations({ params: { portfolioId }, query: {} }, other.analytics.call)
    await other.analytics.stop()
    const before = books.asked.packedCloses
    expect(await chart()).toEqual(computed)
    expect(books.asked.packedCloses).toBe(before)
  })

  it('come back by themselves after they were emptied, once somebody asks', async () => {
    const before = await rows()
    const { sql } = bench.analytics.look
    await sql.deleteFrom('valued_year').execute()
    await sql.deleteFrom('valued_scope').execute()
    await bench.client.portfolioPerformance({ params: { portfolioId }, query: {} }, bench.analytics.call)
    await vi.waitFor(async () => expect(await sql.selectFrom('valued_scope').selectAll().execute()).toHaveLength(1), { timeout: 20_000 })
    await bench.analytics.runJobs()
    expect(await rows()).toEqual(before.filter(({ scope_id }) => scope_id === portfolioId))
  })

  it('are not believed when the book is newer: a person sees their own writes before any fact is heard', async () => {
    books.record({ kind: 'deposit', date: '2026-11-20', account: 'Giro', currency: 'EUR', amount: '777' })
    const chart = await bench.client.portfolioValuations({ params: { portfolioId }, query: {} }, bench.analytics.call)
    const stored = (await rows()).filter(({ scope_id }) => scope_id === portfolioId)
    expect(Number(chart.values.at(-1)) - Number(stored.at(-1)?.value)).toBeCloseTo(777, 6)
  })
})
