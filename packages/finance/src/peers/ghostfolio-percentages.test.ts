import { describe, expect, it } from 'vitest'
import type { GainOptions } from '../gains/lots-of.ts'
import type { LedgerTransaction, TransactionKind } from '../ledger/transaction.ts'
import { currency, quoteUnit } from '../money/currency.ts'
import { Decimal } from '../money/decimal.ts'
import { CloseSeries } from '../prices/close-series.ts'
import type { Known } from '../prices/known.ts'
import { RateTable } from '../prices/rate-table.ts'
import { dayNumber, plainDate } from '../time/plain-date.ts'
import { Book } from '../valuation/book.ts'
import {
  type GhostfolioScope,
  grossPercentage,
  netPercentage,
  netPercentageOfRange,
  recordedLiabilities,
  timeWeightedInvestment,
} from './ghostfolio-percentages.ts'
import { meanWhileInvested } from './invested-capital.ts'

const d = Decimal.parse
const [chf, usd] = [currency('CHF'), currency('USD')]
const options: GainOptions = { currency: chf, rounding: 'none' }
const francs = quoteUnit('CHF')
if (!francs) throw new Error('no franc')

const entry = (on: string, kind: TransactionKind, amount: string, more: Partial<LedgerTransaction> = {}): LedgerTransaction => ({
  id: `${on} ${kind} ${amount}`,
  kind,
  date: plainDate(on),
  accountId: 'A',
  amount: d(amount),
  currency: chf,
  fee: Decimal.zero,
  tax: Decimal.zero,
  ...more,
})
const trade = (on: string, kind: TransactionKind, units: string, amount: string, fee = '0') =>
  entry(on, kind, amount, { instrumentId: 'X', quantity: d(units), fee: d(fee) })

const bookWith = (transactions: readonly LedgerTransaction[], closes: Readonly<Record<string, string>> = {}) =>
  new Book({
    transactions,
    closes: new Map([
      [
        'X',
        new CloseSeries(
          'X',
          francs,
          Object.entries(closes).map(([date, value]) => ({ date: plainDate(date), value })),
        ),
      ],
    ]),
    rates: new RateTable([
      {
        base: 'USD',
        quote: 'CHF',
        points: [
          { date: plainDate('2026-01-01'), value: '0.8' },
          { date: plainDate('2026-01-11'), value: '0.9' },
        ],
      },
    ]),
    currencyOf: () => chf,
  })

type Figure<T> = (book: Book, scope: GhostfolioScope, from: never, to: never, options: GainOptions) => Known<T>
const told = (figure: Figure<Decimal | null>, book: Book, scope: GhostfolioScope, from: string, to: string) => {
  const found = figure(book, scope, plainDate(from) as never, plainDate(to) as never, options)
  return found.known ? (found.value?.toString() ?? null) : found.reason
}

describe('the percentages of Ghostfolio', () => {
  // 100 stand for ten days, 400 from then on; 100 are sold at cost on the 21st, with the first fee of 3 and the last of 2.
  const book = bookWith(
    [trade('2026-01-01', 'buy', '10', '100', '3'), trade('2026-01-11', 'buy', '30', '300'), trade('2026-01-21', 'sell', '40', '500', '2')],
    { '2026-01-01': '10' },
  )
  const scope = { instrumentId: 'X' }

  it('weigh the capital with the days it stood, those without any left out', () => {
    expect(told(timeWeightedInvestment, book, scope, '2025-12-31', '2026-01-31')).toBe('250')
    expect(told(timeWeightedInvestment, book, scope, '2025-12-31', '2026-01-16')).toBe('200')
    // What stood at the start counts from there.
    expect(told(timeWeightedInvestment, book, scope, '2026-01-06', '2026-01-16')).toBe('250')
    expect(told(timeWeightedInvestment, book, scope, '2026-01-25', '2026-01-31')).toBe('0')
  })

  it('divide the gain by it, without the fees and with them', () => {
    expect(told(grossPercentage, book, scope, '2025-12-31', '2026-01-31')).toBe('0.4')
    expect(told(netPercentage, book, scope, '2025-12-31', '2026-01-31')).toBe('0.38')
    expect(told(grossPercentage, book, scope, '2026-01-25', '2026-01-31')).toBe(null)
  })

  it('have another mean for the range, in which the last day counts too', () => {
    const held = bookWith([trade('2026-01-01', 'buy', '10', '100', '3'), trade('2026-01-03', 'buy', '10', '100')], {
      '2026-01-01': '10',
      '2026-01-04': '11',
    })
    // (2 × 100 + 2 × 200) / 4 over the days 1 to 4; (2 × 100 + 200) / 3 before the last
    expect(told(netPercentageOfRange, held, scope, '2025-12-31', '2026-01-04')).toBe(d('17').ratio(d('150')).toString())
    expect(told(netPercentage, held, scope, '2025-12-31', '2026-01-04')).toBe(
      d('17')
        .ratio(d('400').ratio(d('3')))
        .toString(),
    )
  })

  it('say which close or rate is missing', () => {
    const unpriced = bookWith([trade('2026-01-01', 'buy', '10', '100')])
    expect(told(grossPercentage, unpriced, scope, '2025-12-31', '2026-01-31')).toBe('missing-close')
    expect(told(timeWeightedInvestment, unpriced, scope, '2025-12-31', '2026-01-31')).toBe('100')
    const unconverted = bookWith([{ ...trade('2025-06-01', 'buy', '10', '100'), currency: usd }])
    expect(told(timeWeightedInvestment, unconverted, scope, '2025-05-31', '2026-01-31')).toBe('missing-rate')
  })

  it('treat cash of another currency as something held: what was paid in is invested, its rate is the gain', () => {
    const cash = bookWith([
      entry('2026-01-01', 'deposit', '1000', { currency: usd }),
      entry('2026-01-11', 'deposit', '1000', { currency: usd }),
      entry('2026-01-11', 'deposit', '5000'),
    ])
    const dollars = { cashCurrency: usd }
    // 800 for ten days, 1700 for ten: 100 of gain by the rate of the first thousand
    expect(told(timeWeightedInvestment, cash, dollars, '2025-12-31', '2026-01-21')).toBe('1250')
    expect(told(grossPercentage, cash, dollars, '2025-12-31', '2026-01-21')).toBe('0.08')
    expect(told(grossPercentage, cash, dollars, '2026-01-01', '2026-01-21')).toBe('0.08')
    expect(told(grossPercentage, cash, { cashCurrency: chf }, '2025-12-31', '2026-01-21')).toBe('0')
    expect(told(timeWeightedInvestment, cash, { ...dollars, accounts: new Set(['B']) }, '2025-12-31', '2026-01-21')).toBe('0')
  })

  it('count debts that are dated after the day, at the rate of the day', () => {
    const loan = bookWith([
      entry('2026-01-01', 'withdrawal', '1000', { currency: usd, accountId: 'L' }),
      entry('2026-01-20', 'withdrawal', '500', { currency: usd, accountId: 'L' }),
      entry('2026-01-01', 'deposit', '70'),
    ])
    const owed = recordedLiabilities(loan, new Set(['L']), plainDate('2026-01-05'), options)
    expect(owed.known && owed.value.toString()).toBe('1200')
    const none = recordedLiabilities(bookWith([]), new Set(['L']), plainDate('2026-01-05'), options)
    expect(none.known && none.value.toString()).toBe('0')
  })
})

describe('the mean of the capital', () => {
  it('leaves out days without capital or with less than none', () => {
    const first = dayNumber(plainDate('2026-01-01'))
    const steps = ['100', '0', '-50', '300'].map((capital, at) => ({
      day: first + at * 2,
      capital: { known: true, value: d(capital), date: null, stale: false } as const,
    }))
    const mean = meanWhileInvested(steps, first, first + 7)
    expect(mean.known && mean.value.toString()).toBe('200')
    const never = meanWhileInvested(steps, first + 2, first + 5)
    expect(never.known && never.value.toString()).toBe('0')
  })
})
