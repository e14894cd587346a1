import { describe, expect, it } from 'vitest'
import type { GainOptions } from '../gains/lots-of.ts'
import type { LedgerTransaction, TransactionKind } from '../ledger/transaction.ts'
import { currency, quoteUnit } from '../money/currency.ts'
import { Decimal } from '../money/decimal.ts'
import { CloseSeries } from '../prices/close-series.ts'
import { RateTable } from '../prices/rate-table.ts'
import { addDays, plainDate } from '../time/plain-date.ts'
import { Book } from '../valuation/book.ts'
import { dividendRhythm } from './dividend-rhythm.ts'
import { dividendsOf } from './dividends-of.ts'
import { dividendYieldOnCost } from './yield-on-cost.ts'

const d = Decimal.parse
const [eur, usd] = [currency('EUR'), currency('USD')]

describe('the rhythm of dividends', () => {
  const rhythm = (payments: readonly (readonly [string, string])[]) =>
    dividendRhythm(payments.map(([date, amount]) => ({ date: plainDate(date), amount: d(amount) })))
  const apart = (days: number) => {
    const first = plainDate('2024-01-01')
    return rhythm([
      [first, '1'],
      [addDays(first, days), '1'],
    ])
  }

  it('is told from the average gap, each border belonging to the shorter rhythm but the last', () => {
    expect([20, 21, 60, 61, 130, 131, 270, 271].map(apart)).toEqual([
      'unknown',
      'monthly',
      'monthly',
      'quarterly',
      'quarterly',
      'semi-annual',
      'semi-annual',
      'annual',
    ])
    // 2024-01-01 + 429 days is in 2025: no year without a payment lies between.
    expect([429, 430].map(apart)).toEqual(['annual', 'unknown'])
  })

  it('needs two days: two accounts paid on one day are one payment', () => {
    expect(rhythm([])).toBe('unknown')
    expect(
      rhythm([
        ['2025-05-05', '10'],
        ['2025-05-05', '10'],
      ]),
    ).toBe('unknown')
    expect(
      rhythm([
        ['2026-05-05', '10'],
        ['2025-05-05', '10'],
        ['2025-05-05', '10'],
      ]),
    ).toBe('annual')
  })

  it('is not changed by a year in which nothing was paid', () => {
    expect(
      rhythm([
        ['2018-05-05', '10'],
        ['2019-05-05', '10'],
        ['2022-05-05', '10'],
      ]),
    ).toBe('annual')
  })

  it('does not count what is at most 30 % of the mean payment of its year', () => {
    const year = (crumb: string) => [['2025-02-01', '10'] as const, ['2025-02-20', crumb] as const, ['2025-08-01', '10'] as const]
    // 30 % of (10 + c + 10) / 3 is 2.2222…: exactly c where c = 20 / 9.
    expect(rhythm(year('2.2222'))).toBe('semi-annual')
    expect(rhythm(year('2.2223'))).toBe('quarterly')
    expect(
      rhythm([
        ['2025-02-01', '9'],
        ['2025-02-20', '2'],
        ['2025-08-01', '9'],
      ]),
    ).toBe('semi-annual')
  })
})

describe('the yield on cost', () => {
  const dollars = quoteUnit('USD')
  if (!dollars) throw new Error('no dollar')
  const options: GainOptions = { currency: eur, rounding: 'minorUnit' }
  const entry = (on: string, kind: TransactionKind, units: string, amount: string, more: Partial<LedgerTransaction> = {}) => ({
    id: `${on} ${kind}`,
    kind,
    date: plainDate(on),
    accountId: 'A',
    instrumentId: 'X',
    quantity: d(units),
    amount: d(amount),
    currency: eur,
    fee: Decimal.zero,
    tax: Decimal.zero,
    ...more,
  })
  const bookWith = (transactions: readonly LedgerTransaction[]) =>
    new Book({
      transactions,
      closes: new Map([['X', new CloseSeries('X', dollars, [{ date: plainDate('2025-06-01'), value: '20' }])]]),
      rates: new RateTable([
        {
          base: 'EUR',
          quote: 'USD',
          points: [
            { date: plainDate('2024-01-01'), value: '1.25' },
            { date: plainDate('2025-01-01'), value: '1' },
          ],
        },
      ]),
      currencyOf: () => usd,
    })
  const told = (book: Book, scope = {}, from = '2023-12-31', to = '2026-12-31') => {
    const found = dividendYieldOnCost(book, { instrumentId: 'X', ...scope }, plainDate(from), plainDate(to), options)
    return found.known ? (found.value?.toString() ?? null) : found.reason
  }

  it('holds each payment against the average cost of what was held then, per calendar year', () => {
    const book = bookWith([
      entry('2024-01-02', 'buy', '10', '990', { fee: d('10') }),
      entry('2024-03-01', 'dividend', '10', '50', { tax: d('12.5') }),
      entry('2024-09-01', 'buy', '10', '3000'),
      entry('2025-03-01', 'dividend', '20', '100'),
      entry('2025-04-01', 'sell', '10', '4000'),
      entry('2025-09-01', 'dividend', '10', '60'),
    ])
    // 50 / 1000 + 100 / 4000 + 60 / 2000 over two years
    expect(told(book)).toBe('0.0525')
    expect(told(book, {}, '2024-12-31')).toBe('0.055')
    expect(told(book, {}, '2026-01-01')).toBe('0')
  })

  it('converts the payment at the rate of its day and the cost at that of the purchase', () => {
    const book = bookWith([
      entry('2024-01-02', 'buy', '10', '1000', { currency: usd }),
      entry('2025-03-01', 'dividend', '10', '40', { currency: usd }),
    ])
    expect(told(book)).toBe('0.05')
    const payments = dividendsOf(book, { instrumentId: 'X' }, plainDate('2023-12-31'), plainDate('2026-12-31'), options)
    expect(payments).toMatchObject({ known: true, value: [{ date: '2025-03-01', amount: d('40') }] })
    const early = bookWith([entry('2023-03-01', 'dividend', '10', '40', { currency: usd })])
    expect(told(early, {}, '2022-12-31')).toBe('missing-rate')
    expect(dividendsOf(early, { instrumentId: 'X' }, plainDate('2022-12-31'), plainDate('2023-12-31'), options)).toMatchObject({
      known: false,
      reason: 'missing-rate',
    })
  })

  it('takes only the accounts of the scope', () => {
    const book = bookWith([
      entry('2024-01-02', 'buy', '10', '1000'),
      entry('2024-01-03', 'buy', '30', '1000', { accountId: 'B' }),
      entry('2024-03-01', 'dividend', '10', '50'),
      entry('2024-03-01', 'dividend', '30', '150', { accountId: 'B' }),
    ])
    expect(told(book)).toBe('0.1')
    // One moving average over all accounts: B's thirty units cost 1500.
    expect(told(book, { accounts: new Set(['B']) })).toBe('0.1')
    const { instrumentId, ...none } = entry('2024-03-01', 'dividend', '10', '50')
    expect(told(bookWith([none]))).toBe('0')
  })

  it('holds a payment after the sale against the close of its day, and without units against nothing', () => {
    const soldBefore = [entry('2024-01-02', 'buy', '10', '1000'), entry('2025-05-30', 'sell', '10', '1100')]
    expect(told(bookWith([...soldBefore, entry('2025-06-10', 'dividend', '10', '10')]))).toBe('0.05')
    expect(told(bookWith([...soldBefore, entry('2025-05-31', 'dividend', '10', '10')]))).toBe('missing-close')
    expect(told(bookWith([...soldBefore, entry('2025-06-10', 'dividend', '0', '10')]))).toBe(null)
    expect(told(bookWith([...soldBefore, entry('2025-06-10', 'dividend', '1', '10', { quantity: undefined })]))).toBe(null)
  })
})
