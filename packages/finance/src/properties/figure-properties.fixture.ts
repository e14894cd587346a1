import fc from 'fast-check'
import { incomeAndCharges } from '../gains/income-and-charges.ts'
import { costOf, lotsSincePurchase, realisedGain } from '../gains/lots-of.ts'
import { profit } from '../gains/profit.ts'
import { cashCurrencyGain, type PeriodStatement, statement } from '../gains/statement.ts'
import { closeColumn, rateColumn } from '../kernel/columns.ts'
import { KernelOverflow } from '../kernel/exact-rounding.ts'
import { packLedger } from '../kernel/packed-ledger.ts'
import { valueByDecimals } from '../kernel/value-by-decimals.ts'
import { valueDaily } from '../kernel/value-daily.ts'
import type { LedgerTransaction } from '../ledger/transaction.ts'
import { type CostMethod, costMethods } from '../lots/cost-method.ts'
import { type Currency, currency } from '../money/currency.ts'
import { Decimal } from '../money/decimal.ts'
import type { Known } from '../prices/known.ts'
import { internalRateOfReturn } from '../returns/internal-rate-of-return.ts'
import { timeWeightedReturn } from '../returns/time-weighted-return.ts'
import { dateOfDay } from '../time/plain-date.ts'
import type { ViewOptions } from '../valuation/book.ts'
import { asNumbers, exactSeries } from '../valuation/daily-series.ts'
import type { Scope } from '../valuation/scope.ts'
import { valueOn } from '../valuation/value.ts'
import { differ, firstBroken, type Property, property } from './property.fixture.ts'
import { bookOf, quoted, randomLedger } from './random-ledger.fixture.ts'
import { accounts, currencies, firstDay, instruments, lastDay } from './world.fixture.ts'

interface View {
  readonly scope: Scope
  readonly method: CostMethod
  readonly acrossAccounts: boolean | undefined
  readonly rounding: NonNullable<ViewOptions['rounding']>
  readonly currency: Currency
  readonly from: number
  readonly days: number
}

const scopes: readonly Scope[] = [
  {},
  { accounts: new Set([accounts[0]]) },
  { accounts: new Set([accounts[1], accounts[3]]) },
  ...instruments.map(({ id }) => ({ instrumentId: id })),
  { accounts: new Set([accounts[3]]), instrumentId: 'share' },
]

const anyView: fc.Arbitrary<View> = fc.record({
  scope: fc.constantFrom(...scopes),
  method: fc.constantFrom(...costMethods),
  acrossAccounts: fc.constantFrom(undefined, true, false),
  rounding: fc.constantFrom('minorUnit' as const, 'none' as const),
  currency: fc.constantFrom(...currencies),
  from: fc.integer({ min: firstDay - 1, max: lastDay }),
  days: fc.integer({ min: 0, max: 61 }),
})

/** An unknown figure has no place in a book whose closes and rates are all there. */
function told(value: Known<Decimal>): Decimal {
  if (!value.known) throw new Error(value.detail)
  return value.value
}

function even(amount: Decimal): Decimal {
  return amount.round(30, 'half-even')
}

/** opening + flows + realised + unrealised + earnings − fees − taxes + currency gain. */
function sumOf(of: PeriodStatement): Decimal {
  const added = [of.openingValue, of.flows, of.realised, of.unrealised, of.earnings, of.currencyGain].map(told)
  return Decimal.sum(added).minus(told(of.fees)).minus(told(of.taxes))
}

/** What the figures promise (numbers.md, laws 3, 4, 5 and 8). */
export const figureProperties: readonly Property[] = [
  property(
    'a period adds up to the cent, whatever the scope, period, currency, rounding and method',
    fc.tuple(randomLedger(), anyView),
    ([ledger, view]) => {
      const { scope, from, days, ...options } = view
      const result = statement(bookOf(ledger), scope, dateOfDay(from), dateOfDay(from + days), options)
      return differ('closing value', even(sumOf(result)), even(told(result.closingValue)))
    },
  ),

  property(
    'all there is to gain since inception is the profit, under every method',
    fc.tuple(randomLedger(), anyView),
    ([ledger, { scope: _, ...options }]) => {
      const book = bookOf(ledger)
      const [before, to] = [dateOfDay(firstDay - 1), dateOfDay(Math.min(lastDay, options.from + options.days))]
      const gross = { ...options, fees: 'excluded' as const }
      const lots = lotsSincePurchase(book, {}, to, gross)
      const { earnings, fees, taxes } = incomeAndCharges(book, {}, null, to, options)
      const unrealised = told(valueOn(book, {}, to, options).marketValue).minus(told(costOf(lots)))
      const gains = [told(realisedGain(lots, null)), unrealised, told(earnings), told(cashCurrencyGain(book, {}, before, to, gross))]
      const sum = Decimal.sum(gains).minus(told(fees)).minus(told(taxes))
      return differ('profit', even(sum), even(told(profit(book, {}, null, to, options))))
    },
  ),

  property(
    'the profit of a period is that of its parts',
    fc.tuple(randomLedger(), anyView, fc.nat()),
    ([ledger, { scope, from, days, ...options }, pick]) => {
      const book = bookOf(ledger)
      const [first, middle, last] = [from, from + (pick % (days + 1)), from + days].map(dateOfDay) as [never, never, never]
      const whole = told(profit(book, scope, first, last, options))
      const parts = told(profit(book, scope, first, middle, options)).plus(told(profit(book, scope, middle, last, options)))
      return differ('profit', even(parts), even(whole))
    },
  ),

  property(
    'what nothing flows into or out of returns the same by every reckoning',
    fc.tuple(randomLedger({ sizes: 'ordinary', noFlowsAfter: firstDay + 10 }), fc.constantFrom(...currencies)),
    ([ledger, currency]) => {
      const options = { currency, rounding: 'none' as const }
      const [from, to] = [dateOfDay(firstDay + 10), dateOfDay(lastDay)]
      const book = bookOf(ledger, [wealth(firstDay), ...ledger.entries])
      const [opening, closing] = [from, to].map((day) => told(valueOn(book, {}, day, options).value)) as [Decimal, Decimal]
      const series = asNumbers(exactSeries(book, {}, from, to, options))
      const { twr, status } = timeWeightedReturn(series)
      if (series.value.some((value) => value <= 0)) return status === 'ok' ? 'a return is told of what is worth less than nothing' : null
      const simple = closing.ratio(opening).minus(Decimal.one).toNumber()
      const { rate, spanDays } = internalRateOfReturn([
        { day: firstDay + 10, amount: -opening.toNumber() },
        { day: lastDay, amount: closing.toNumber() },
      ])
      return firstBroken([
        near('time-weighted', twr, simple),
        near('money-weighted', rate === null ? null : (1 + rate) ** (spanDays / 365) - 1, simple),
      ])
    },
  ),

  property(
    'k times everything gains k times as much and returns the same',
    fc.tuple(randomLedger({ sizes: 'ordinary' }), fc.integer({ min: 2, max: 1000 }), anyView),
    ([ledger, k, { scope, currency, from, days }]) => {
      const options = { currency, rounding: 'none' as const }
      const factor = Decimal.fromScaled(k, 0)
      const plain = bookOf(ledger, [wealth(firstDay), ...ledger.entries])
      const scaled = bookOf(
        ledger,
        plain.transactions.map((entry) => times(entry, factor)),
      )
      const [first, last] = [dateOfDay(from), dateOfDay(from + days)]
      const [one, many] = [plain, scaled].map((book) => told(profit(book, scope, first, last, options))) as [Decimal, Decimal]
      const [before, after] = [plain, scaled].map((book) => {
        const series = asNumbers(exactSeries(book, scope, first, last, options))
        return timeWeightedReturn(series)
      }) as [ReturnType<typeof timeWeightedReturn>, ReturnType<typeof timeWeightedReturn>]
      return firstBroken([
        differ('profit', even(many), even(one.times(factor))),
        differ('status', after.status, before.status),
        before.twr === null || Math.abs(before.twr) > 1e6 ? null : near('return', after.twr, before.twr),
      ])
    },
  ),

  property(
    'the kernel values what decimals value',
    fc.tuple(randomLedger({ sizes: 'ordinary' }), anyView),
    ([ledger, { scope, currency, from }]) => {
      if (scope.instrumentId !== undefined && ledger.entries.some(({ kind }) => kind === 'conversion')) return null
      const [first, last] = [Math.max(firstDay, from), lastDay]
      const book = bookOf(ledger)
      const input = {
        scope: { accountIds: scope.accounts ?? new Set<string>([...accounts]), instrumentId: scope.instrumentId },
        ledger: packed(ledger.entries),
        closes: new Map(ledger.closes.map(({ id, unit, points }) => [id, closeColumn(quoted(unit), points)] as const)),
        rates: ledger.rates.map(({ base, quote, points }) => rateColumn(base, quote, points)),
        currency,
        firstDay: first,
        lastDay: last,
      }
      if (!input.ledger) return null
      const fast = orOverflow(() => valueDaily({ ...input, ledger: input.ledger as NonNullable<typeof input.ledger> }))
      if (!fast) return null
      const slow = valueByDecimals(book, { ...scope, accounts: input.scope.accountIds }, first, last, { currency })
      for (const column of ['value', 'marketValue', 'cash', 'inflow', 'outflow'] as const)
        for (const [at, value] of fast[column].entries())
          if (Math.abs(value - (slow[column][at] as number)) > 0.001)
            return `${column} on day ${at}: ${value}, by decimals ${slow[column][at]}`
      return null
    },
  ),

  property(
    'a statement of accounts is the sum of its parts: values, income and charges',
    fc.tuple(randomLedger(), anyView),
    ([ledger, { from, days, ...options }]) => {
      const book = bookOf(ledger)
      const [first, last] = [dateOfDay(from), dateOfDay(from + days)]
      const exact = { ...options, rounding: 'none' as const }
      const whole = statement(book, {}, first, last, exact)
      const parts = accounts.map((accountId) => statement(book, { accounts: new Set([accountId]) }, first, last, exact))
      const sum = (of: (part: PeriodStatement) => Known<Decimal>): Decimal => Decimal.sum(parts.map((part) => told(of(part))))
      return firstBroken([
        differ('opening', even(sum((part) => part.openingValue)), even(told(whole.openingValue))),
        differ('closing', even(sum((part) => part.closingValue)), even(told(whole.closingValue))),
        differ('dividends', even(sum((part) => part.dividends)), even(told(whole.dividends))),
        differ('fees', even(sum((part) => part.fees)), even(told(whole.fees))),
        differ('taxes', even(sum((part) => part.taxes)), even(told(whole.taxes))),
      ])
    },
  ),
]

/** Enough money for a value above nothing, most of the time. */
function wealth(day: number): LedgerTransaction {
  const none = Decimal.zero
  const common = { id: 'wealth', date: dateOfDay(day), accountId: accounts[0], fee: none, tax: none }
  return { ...common, kind: 'deposit', amount: Decimal.fromScaled(1, -8), currency: currency('EUR') }
}

function times(entry: LedgerTransaction, factor: Decimal): LedgerTransaction {
  const { quantity, into, received } = entry
  return {
    ...entry,
    amount: entry.amount.times(factor),
    fee: entry.fee.times(factor),
    tax: entry.tax.times(factor),
    quantity: quantity?.times(factor),
    into: into && { ...into, quantity: into.quantity.times(factor) },
    received: received && { ...received, amount: received.amount.times(factor) },
  }
}

function near(what: string, found: number | null, expected: number): string | null {
  if (found === null) return `${what}: nothing is told`
  return Math.abs(found - expected) <= 1e-9 * Math.max(1, Math.abs(expected)) ? null : `${what}: ${found}, but expected ${expected}`
}

function packed(entries: readonly LedgerTransaction[]) {
  return orOverflow(() => packLedger(entries))
}

/** Amounts that doubles cannot count are decimals' business. */
function orOverflow<T>(reckon: () => T): T | null {
  try {
    return reckon()
  } catch (trouble) {
    if (trouble instanceof KernelOverflow) return null
    throw trouble
  }
}
