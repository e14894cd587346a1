import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { anyCurrency, bookOf, length, prices, scopes, start, step } from '../../test/random-books.ts'
import { type GainOptions, lotsSincePurchase, unrealisedGain } from '../gains/lots-of.ts'
import type { LedgerTransaction, TransactionKind } from '../ledger/transaction.ts'
import type { CostMethod } from '../lots/cost-method.ts'
import { currency, quoteUnit } from '../money/currency.ts'
import { Decimal } from '../money/decimal.ts'
import { CloseSeries } from '../prices/close-series.ts'
import type { Known } from '../prices/known.ts'
import { minusKnown, sumKnown } from '../prices/known-sum.ts'
import { RateTable } from '../prices/rate-table.ts'
import { addDays, plainDate } from '../time/plain-date.ts'
import { Book } from '../valuation/book.ts'
import { tradesOf } from './collect-trades.ts'
import { holdingPeriodOf } from './holding-period.ts'
import { rateOfTrade } from './rate-of-trade.ts'
import { profitOfTrade, returnOfTrade, type Trade } from './trade.ts'

const eur = currency('EUR')
const d = Decimal.parse
const euros = quoteUnit('EUR')
if (!euros) throw new Error('no euro')

interface Move {
  readonly on: string
  readonly kind: TransactionKind
  readonly units: string
  readonly amount: string
  readonly more?: Partial<LedgerTransaction>
}

const bookWith = (moves: readonly Move[], closes: Readonly<Record<string, string>> = {}): Book => {
  const transactions = moves.map(
    ({ on, kind, units, amount, more }, at): LedgerTransaction => ({
      id: `t${at}`,
      kind,
      date: plainDate(on),
      accountId: 'A',
      instrumentId: 'VWCE',
      quantity: d(units),
      amount: d(amount),
      currency: eur,
      fee: Decimal.zero,
      tax: Decimal.zero,
      ...more,
    }),
  )
  const points = Object.entries(closes).map(([date, value]) => ({ date: plainDate(date), value }))
  return new Book({
    transactions,
    closes: new Map(points.length > 0 ? [['VWCE', new CloseSeries('VWCE', euros, points)]] : []),
    rates: RateTable.empty,
    currencyOf: () => eur,
  })
}

const fail = (): never => {
  throw new Error('no such trade')
}
const trades = (book: Book, on: string, options: Partial<GainOptions> = {}) =>
  tradesOf(book, {}, plainDate(on), { currency: eur, rounding: 'none', ...options })
const told = (value: Known<Decimal | null>) => (value.known ? (value.value?.toString() ?? null) : value.reason)
const summary = (trade: Trade) =>
  [trade.side, trade.units, told(trade.entry), told(trade.exit), told(profitOfTrade(trade)), trade.closing?.id ?? 'open'].join(' ')
const rate = (trade: Trade | undefined) => {
  const found = trade && rateOfTrade(trade)
  return found?.known ? found.value.rate : found?.reason
}

describe('trades', () => {
  const twoLots = [
    { on: '2026-01-05', kind: 'buy', units: '6', amount: '600' },
    { on: '2026-02-02', kind: 'buy', units: '8', amount: '880' },
    { on: '2026-03-02', kind: 'sell', units: '10', amount: '1250', more: { fee: d('4.90') } },
  ] as const

  it('join a sale to the lots it closed, the rest stays open at the close of the day', () => {
    const book = bookWith(twoLots, { '2026-03-31': '130' })
    const found = trades(book, '2026-03-31')
    expect(found.map(summary)).toEqual(['long 10 1040 1245.1 205.1 t2', 'long 4 440 520 80 open'])
    expect(found.map(({ openedOn, endsOn }) => [openedOn, endsOn])).toEqual([
      ['2026-01-05', '2026-03-02'],
      ['2026-02-02', '2026-03-31'],
    ])
    expect(found.map((trade) => told(returnOfTrade(trade))?.slice(0, 8))).toEqual(['0.197211', '0.181818'])
    expect(trades(book, '2026-03-31', { fees: 'excluded' })[0]).toMatchObject({ exit: { value: d('1250') } })
  })

  it('are those of the day that is asked for', () => {
    const book = bookWith(twoLots, { '2026-02-01': '105' })
    expect(trades(book, '2026-02-01').map(summary)).toEqual(['long 6 600 630 30 open'])
    expect(trades(book, '2026-01-01')).toEqual([])
  })

  it('hold their units as long as each lot was held, weighted with its units', () => {
    const [closed, open] = trades(bookWith(twoLots, { '2026-03-31': '130' }), '2026-03-31')
    // 6 units for 56 days and 4 for 28; 4 units for 57 days
    expect([closed, open].map((trade) => trade && holdingPeriodOf(trade).toString())).toEqual(['44.8', '57'])
  })

  it('follow the cost method, but an average has no lots of its own', () => {
    const entries = (method: CostMethod) => told(trades(bookWith(twoLots), '2026-03-02', { method })[0]?.entry ?? fail())
    expect([entries('fifo'), entries('lifo'), entries('average-cost')]).toEqual(['1040', '1080', '1040'])
  })

  it('count what is covered as a short trade, whose collateral earns', () => {
    const book = bookWith([
      { on: '2025-01-01', kind: 'sell', units: '1', amount: '60' },
      { on: '2026-01-01', kind: 'buy', units: '1', amount: '15' },
    ])
    const [trade] = trades(book, '2026-06-30')
    expect(trade && summary(trade)).toBe('short 1 60 15 45 t1')
    expect(trade && told(returnOfTrade(trade))).toBe('0.75')
    expect(rate(trade)).toBeCloseTo(0.75, 12)
  })

  it('lock the proceeds of each short sale from its own day', () => {
    const book = bookWith([
      { on: '2024-01-01', kind: 'sell', units: '1', amount: '100' },
      { on: '2024-12-31', kind: 'sell', units: '1', amount: '100' },
      { on: '2025-12-31', kind: 'buy', units: '2', amount: '110' },
    ])
    // −100·x² − 100·x + (200 − 110 + 200) = 0 with x = 1 + r: x = (√12.6 − 1) / 2
    expect(rate(trades(book, '2025-12-31')[0])).toBeCloseTo((Math.sqrt(12.6) - 1) / 2 - 1, 12)
  })

  it('split a sale beyond the position into the end of a long trade and the beginning of a short one', () => {
    const book = bookWith(
      [
        { on: '2026-01-05', kind: 'buy', units: '6', amount: '600' },
        { on: '2026-02-02', kind: 'sell', units: '10', amount: '1100', more: { fee: d('5') } },
      ],
      { '2026-02-28': '100' },
    )
    expect(trades(book, '2026-02-28').map(summary)).toEqual(['long 6 600 657 57 t1', 'short 4 438 400 38 open'])
  })

  it('keep day and cost of lots that were transferred, and belong to the account that sells', () => {
    const book = bookWith([
      { on: '2026-01-05', kind: 'buy', units: '6', amount: '600' },
      { on: '2026-02-02', kind: 'transfer', units: '6', amount: '0', more: { toAccountId: 'B' } },
      { on: '2026-03-02', kind: 'sell', units: '6', amount: '900', more: { accountId: 'B' } },
    ])
    const of = (account: string) =>
      tradesOf(book, { accounts: new Set([account]) }, plainDate('2026-03-31'), { currency: eur }).map((trade) => [
        summary(trade),
        trade.openedOn,
      ])
    expect(of('A')).toEqual([])
    expect(of('B')).toEqual([['long 6 600 900 300 t2', '2026-01-05']])
  })

  it('count units as they are after a split, at the entry of before', () => {
    const book = bookWith([
      { on: '2026-01-05', kind: 'buy', units: '6', amount: '600' },
      { on: '2026-02-02', kind: 'split', units: '6', amount: '0' },
      { on: '2026-02-03', kind: 'buy', units: '4', amount: '240' },
      { on: '2026-03-02', kind: 'sell', units: '14', amount: '900' },
    ])
    const [trade] = trades(book, '2026-03-31')
    expect(trade && summary(trade)).toBe('long 14 720 900 180 t3')
    // 12 units for 56 days and 2 for 27
    expect(trade && holdingPeriodOf(trade).toNumber()).toBeCloseTo((12 * 56 + 2 * 27) / 14, 12)
  })

  it('leave out a return of capital, which closes no units: it lowers the entry', () => {
    const book = bookWith([
      { on: '2026-01-05', kind: 'buy', units: '6', amount: '600' },
      { on: '2026-02-02', kind: 'return-of-capital', units: '6', amount: '60' },
      { on: '2026-03-02', kind: 'sell', units: '6', amount: '600' },
    ])
    expect(trades(book, '2026-03-31').map(summary)).toEqual(['long 6 540 600 60 t2'])
  })

  it('say what is missing, and what nothing can be held against', () => {
    const [open] = trades(bookWith(twoLots.slice(0, 1)), '2026-01-31')
    expect([open && told(open.exit), open && told(profitOfTrade(open)), rate(open)]).toEqual([
      'missing-close',
      'missing-close',
      'missing-close',
    ])
    const gift = bookWith([
      { on: '2026-01-05', kind: 'delivery-in', units: '1', amount: '0' },
      { on: '2026-01-06', kind: 'sell', units: '1', amount: '10' },
    ])
    const [given] = trades(gift, '2026-01-31')
    expect([given && told(returnOfTrade(given)), rate(given)]).toEqual([null, null])
    const sameDay = rateOfTrade(
      trades(bookWith([{ ...twoLots[0] }, { ...twoLots[0], kind: 'sell', amount: '700' }]), '2026-01-31')[0] ?? fail(),
    )
    expect(sameDay).toMatchObject({ known: true, value: { status: 'undefined_zero_span', rate: null } })
  })

  it('together gain what was realised and what is unrealised, for every scope and method', () => {
    fc.assert(
      fc.property(
        fc.array(step, { maxLength: 40 }),
        prices,
        fc.record({
          scope: fc.constantFrom(...scopes),
          method: fc.constantFrom<CostMethod>('fifo', 'lifo', 'hifo'),
          currency: anyCurrency,
          day: fc.integer({ min: 0, max: length }),
        }),
        (steps, closes, { scope, method, currency: view, day }) => {
          const book = bookOf(steps, closes)
          const date = addDays(start, day)
          const options: GainOptions = { currency: view, rounding: 'none', method }
          const lots = lotsSincePurchase(book, scope, date, options)
          // What closes no units (a return of capital above the cost) is a gain, but of no trade.
          const sales = lots.disposals.filter(
            (sale) => !sale.units.isZero() && (!scope.instrumentId || sale.instrumentId === scope.instrumentId),
          )
          const realised = sales.map((sale) => minusKnown(sale.proceeds, sale.cost))
          const gains = sumKnown([...realised, unrealisedGain(lots, book, scope, date, options)])
          const found = tradesOf(book, scope, date, options)
          const profits = sumKnown(found.map(profitOfTrade))
          if (!gains.known || !profits.known) return expect(profits.known).toBe(gains.known)
          expect(gains.value.minus(profits.value).round(30, 'half-even').toString()).toBe('0')
          for (const trade of found) {
            const parts = Decimal.sum(trade.lots.map((lot) => lot.units)).abs()
            expect(parts.equals(trade.units)).toBe(true)
          }
        },
      ),
      { numRuns: 100 },
    )
  })
})
