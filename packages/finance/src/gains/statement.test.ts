import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { LedgerTransaction } from '../ledger/transaction.ts'
import type { CostMethod } from '../lots/lot-book.ts'
import { currency, quoteUnit } from '../money/currency.ts'
import { Decimal } from '../money/decimal.ts'
import { CloseSeries } from '../prices/close-series.ts'
import type { Known } from '../prices/known.ts'
import { RateTable } from '../prices/rate-table.ts'
import { addDays, plainDate } from '../time/plain-date.ts'
import { Book, type ViewOptions } from '../valuation/book.ts'
import type { Scope } from '../valuation/scope.ts'
import { profit } from './profit.ts'
import { type PeriodStatement, statement } from './statement.ts'

const start = plainDate('2026-01-01')
const length = 30
const currencies = ['EUR', 'USD', 'JPY'].map(currency)
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
const anyCurrency = fc.constantFrom(...currencies)
const anyAccount = fc.constantFrom(...accounts)
const step = fc.record({
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
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never

const chargesApart = new Set<string>(['fee', 'fee-refund', 'tax', 'tax-refund'])
const tradesUnits = new Set(['buy', 'sell', 'delivery-in', 'delivery-out'])

/** Steps as a book: units only leave where they are, the rest is as wild as it comes. */
function bookOf(steps: readonly Step[], prices: readonly Decimal[]): Book {
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
  const point = (day: number, value: Decimal | string) => ({ date: addDays(start, day), value })
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

function told(value: Known<Decimal>): Decimal {
  if (!value.known) throw new Error(value.detail)
  return value.value
}

/** opening + flows + realised + unrealised + earnings − fees − taxes + currencyGain − closing. */
function residual(of: PeriodStatement): string {
  const added = [of.openingValue, of.flows, of.realised, of.unrealised, of.earnings, of.currencyGain].map(told)
  const taken = [of.fees, of.taxes, of.closingValue].map(told)
  return Decimal.sum(added).minus(Decimal.sum(taken)).round(30, 'half-even').toString()
}

const scopes: Scope[] = [
  {},
  { accounts: new Set(['A']) },
  { accounts: new Set(['A', 'B']) },
  { instrumentId: 'X' },
  { accounts: new Set(['B']), instrumentId: 'Y' },
]

describe('the period statement', () => {
  it('adds up to the cent for every scope, period, currency, rounding and cost method', () => {
    fc.assert(
      fc.property(
        fc.array(step, { maxLength: 40 }),
        fc.array(
          fc.integer({ min: 1, max: 99999 }).map((cents) => Decimal.fromScaled(cents, 2)),
          { minLength: 1, maxLength: 9 },
        ),
        fc.record({
          scope: fc.constantFrom(...scopes),
          method: fc.constantFrom<CostMethod>('fifo', 'average-cost'),
          rounding: fc.constantFrom<NonNullable<ViewOptions['rounding']>>('minorUnit', 'none'),
          currency: anyCurrency,
          from: fc.integer({ min: 0, max: length }),
          days: fc.integer({ min: 0, max: length }),
        }),
        (steps, prices, { scope, from, days, ...options }) => {
          const book = bookOf(steps, prices)
          const result = statement(book, scope, addDays(start, from), addDays(start, from + days), options)
          expect(residual(result)).toBe('0')
          if (scope.instrumentId === undefined) {
            const earned = profit(book, scope, result.from, result.to, options)
            expect(told(earned).toString()).toBe(
              told(result.closingValue).minus(told(result.openingValue)).minus(told(result.flows)).toString(),
            )
          }
        },
      ),
      { seed: 20261122, numRuns: 1500 },
    )
  })

  it('finds no currency gain where only one currency is used', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 30 }), fc.constantFrom(...scopes.slice(0, 3)), (steps, scope) => {
        const eur = currency('EUR')
        const local = steps
          .filter(({ kind }) => kind !== 'currency-exchange')
          .map((one) => ({ ...one, currency: eur, cashCurrency: undefined, rate: undefined }))
        const result = statement(bookOf(local, [Decimal.parse('10')]), scope, start, addDays(start, length), { currency: eur })
        expect(told(result.currencyGain).toString()).toBe('0')
      }),
      { seed: 20261122, numRuns: 300 },
    )
  })

  it('says why it cannot tell when a close is missing', () => {
    const buy: LedgerTransaction = {
      id: 't',
      kind: 'buy',
      date: addDays(start, 1),
      accountId: 'A',
      instrumentId: 'Z',
      quantity: Decimal.one,
      amount: Decimal.parse('100'),
      currency: currency('EUR'),
      fee: Decimal.zero,
      tax: Decimal.zero,
    }
    const book = new Book({ transactions: [buy], closes: new Map(), rates: RateTable.empty, currencyOf: () => currency('EUR') })
    const result = statement(book, {}, start, addDays(start, 2), { currency: currency('EUR') })
    expect(told(result.openingValue).toString()).toBe('0')
    expect(result.closingValue).toMatchObject({ known: false, reason: 'missing-close' })
    expect(result.unrealised).toMatchObject({ known: false, reason: 'missing-close' })
  })
})
