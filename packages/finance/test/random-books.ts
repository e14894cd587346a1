import fc from 'fast-check'
import type { LedgerTransaction } from '../src/ledger/transaction.ts'
import { currency, quoteUnit } from '../src/money/currency.ts'
import { Decimal } from '../src/money/decimal.ts'
import { CloseSeries } from '../src/prices/close-series.ts'
import { RateTable } from '../src/prices/rate-table.ts'
import { addDays, plainDate } from '../src/time/plain-date.ts'
import { Book } from '../src/valuation/book.ts'
import type { Scope } from '../src/valuation/scope.ts'

/** Books that no person would keep: every kind of transaction, three accounts, three currencies, two instruments (one quoted in pence). */

export const start = plainDate('2026-01-01')
export const length = 30
export const currencies = ['EUR', 'USD', 'JPY'].map(currency)
const accounts = ['A', 'B', 'C']
const kinds = [
  'deposit',
  'withdrawal',
  'buy',
  'sell',
  'dividend',
  'interest',
  'interest-charge',
  'fee',
  'fee-refund',
  'tax',
  'tax-refund',
  'transfer',
  'currency-exchange',
  'delivery-in',
  'delivery-out',
] as const

const amount = fc.integer({ min: 0, max: 10 ** 7 }).map((cents) => Decimal.fromScaled(cents, 2))
const charge = fc.integer({ min: 0, max: 500 }).map((cents) => Decimal.fromScaled(cents, 2))
export const anyCurrency = fc.constantFrom(...currencies)
const anyAccount = fc.constantFrom(...accounts)
export const step = fc.record({
  kind: fc.constantFrom(...kinds),
  day: fc.integer({ min: 0, max: length }),
  accountId: anyAccount,
  cashAccountId: fc.option(anyAccount, { nil: undefined }),
  toAccountId: anyAccount,
  instrumentId: fc.constantFrom('X', 'Y'),
  movesUnits: fc.boolean(),
  units: fc.integer({ min: 1, max: 10 ** 6 }).map((thousandths) => Decimal.fromScaled(thousandths, 3)),
  amount,
  fee: charge,
  tax: charge,
  currency: anyCurrency,
  cashCurrency: fc.option(anyCurrency, { nil: undefined }),
  received: fc.record({ amount, currency: anyCurrency }),
  rate: fc.option(
    fc.integer({ min: 5000, max: 20000 }).map((value) => Decimal.fromScaled(value, 4)),
    { nil: undefined },
  ),
})
export type Step = typeof step extends fc.Arbitrary<infer T> ? T : never

const chargesApart = new Set<string>(['fee', 'fee-refund', 'tax', 'tax-refund'])
const tradesUnits = new Set(['buy', 'sell', 'delivery-in', 'delivery-out'])

/** Steps as a book: units only leave where they are, the rest is as wild as it comes. No close and no rate before the first known day. */
export function bookOf(steps: readonly Step[], prices: readonly Decimal[], firstKnownDay = -1): Book {
  const held = new Map<string, Decimal>()
  const transactions: LedgerTransaction[] = []
  for (const [at, from] of [...steps].sort((a, b) => a.day - b.day).entries()) {
    const { day, movesUnits, units, received, rate, cashCurrency, ...rest } = from
    const isTransfer = rest.kind === 'transfer'
    if (isTransfer && rest.toAccountId === rest.accountId) continue
    const withUnits = tradesUnits.has(rest.kind) || (isTransfer && movesUnits)
    const leaves = withUnits && (rest.kind === 'sell' || rest.kind === 'delivery-out' || isTransfer)
    const here = `${rest.accountId} ${rest.instrumentId}`
    const there = held.get(here) ?? Decimal.zero
    const quantity = leaves && there.isLessThan(units) ? there : units
    if (withUnits && quantity.isZero()) continue
    if (withUnits) held.set(here, leaves ? there.minus(quantity) : there.plus(quantity))
    if (withUnits && isTransfer) {
      const target = `${rest.toAccountId} ${rest.instrumentId}`
      held.set(target, (held.get(target) ?? Decimal.zero).plus(quantity))
    }
    transactions.push({
      ...rest,
      ...(chargesApart.has(rest.kind) ? { fee: Decimal.zero, tax: Decimal.zero } : {}),
      id: `t${at}`,
      date: addDays(start, day),
      toAccountId: isTransfer || rest.kind === 'currency-exchange' ? rest.toAccountId : undefined,
      instrumentId: withUnits || rest.kind === 'dividend' ? rest.instrumentId : undefined,
      quantity: withUnits ? quantity : undefined,
      cashCurrency: isTransfer ? undefined : cashCurrency,
      received: rest.kind === 'currency-exchange' ? received : undefined,
      rate: rate && rest.currency !== currencies[0] ? { from: rest.currency, to: currency('EUR'), value: rate } : undefined,
    })
  }
  const point = (day: number, value: Decimal | string) => ({ date: addDays(start, Math.max(day, firstKnownDay)), value })
  const closes = ['USD', 'GBX'].map((code, at) => {
    const unit = quoteUnit(code)
    if (!unit) throw new Error(code)
    const id = ['X', 'Y'][at] ?? ''
    return [id, new CloseSeries(id, unit, [point(-1, '12.34'), ...prices.map((price, day) => point(day * 3, price))])] as const
  })
  const rates = [
    { base: 'EUR', quote: 'USD', points: [point(-1, '1.0837'), point(11, '1.1123')] },
    { base: 'EUR', quote: 'JPY', points: [point(-1, '163.21'), point(20, '158.4')] },
    { base: 'GBP', quote: 'USD', points: [point(-1, '1.2711'), point(7, '1.2533')] },
  ]
  return new Book({
    transactions,
    closes: new Map(closes),
    rates: new RateTable(rates),
    currencyOf: (id) => currency(id === 'X' ? 'USD' : 'GBP'),
  })
}

export const scopes: Scope[] = [
  {},
  { accounts: new Set(['A']) },
  { accounts: new Set(['A', 'B']) },
  { instrumentId: 'X' },
  { accounts: new Set(['B']), instrumentId: 'Y' },
]

/** One to nine closes, three days apart. */
export const prices = fc.array(
  fc.integer({ min: 1, max: 99999 }).map((cents) => Decimal.fromScaled(cents, 2)),
  { minLength: 1, maxLength: 9 },
)
