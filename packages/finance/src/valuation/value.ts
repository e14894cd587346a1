import type { UnitBalance } from '../ledger/unit-counts.ts'
import type { Currency } from '../money/currency.ts'
import { Decimal } from '../money/decimal.ts'
import type { Money } from '../money/money.ts'
import type { Price } from '../money/price.ts'
import { Quantity } from '../money/quantity.ts'
import { certain, type Known, knownAs, olderOf, whenKnown } from '../prices/known.ts'
import { sumKnown } from '../prices/known-sum.ts'
import type { PlainDate } from '../time/plain-date.ts'
import { type Balances, balancesAt, type CashBalance } from './balances.ts'
import type { Book, ViewOptions } from './book.ts'
import { inScope, type Scope } from './scope.ts'

/** The units of one instrument in all accounts of a scope: the position, whose market value is rounded once. */
export interface PositionValue {
  readonly instrumentId: string
  /** May be 0 where one account is short of what another holds. */
  readonly units: Decimal
  /** The same units by account. */
  readonly holdings: readonly UnitBalance[]
  readonly price: Known<Price>
  /** In the currency of the closes, rounded by the rule. */
  readonly quotedValue: Known<Money>
  /** In the currency of the view. */
  readonly marketValue: Known<Decimal>
}

/** One cash balance, and what it is in the currency of the view. */
export interface CashValue extends CashBalance {
  readonly value: Known<Decimal>
}

/** What a scope is worth at the end of a day: cash plus market values; unknown with its reason as soon as one part is. */
export interface ScopeValue {
  readonly date: PlainDate
  readonly currency: Currency
  readonly value: Known<Decimal>
  readonly marketValue: Known<Decimal>
  readonly cash: Known<Decimal>
  readonly positions: readonly PositionValue[]
  readonly balances: readonly CashValue[]
}

/** Values a scope at the end of a day. With an instrument in the scope only its units count, no cash. */
export function valueOn(book: Book, scope: Scope, date: PlainDate, options: ViewOptions): ScopeValue {
  return worthOf(balancesAt(book.transactions, date, book.converter(options)), book, scope, date, options)
}

/** The values at both ends of a period, by one walk through the ledger. */
export function valuesAt(
  book: Book,
  scope: Scope,
  from: PlainDate,
  to: PlainDate,
  options: ViewOptions,
): readonly [ScopeValue, ScopeValue] {
  const balances = balancesAt(book.transactions, from, book.converter(options))
  const opening = worthOf(balances, book, scope, from, options)
  for (const entry of book.between(from, to)) balances.apply(entry)
  return [opening, worthOf(balances, book, scope, to, options)]
}

/** The same for balances that are already there. */
export function worthOf(held: Balances, book: Book, scope: Scope, date: PlainDate, options: ViewOptions): ScopeValue {
  const holdings: UnitBalance[] = []
  for (const balance of held.units()) {
    if (!inScope(scope, balance.accountId)) continue
    if (scope.instrumentId === undefined || balance.instrumentId === scope.instrumentId) holdings.push(balance)
  }
  const positions = Array.from(Map.groupBy(holdings, (balance) => balance.instrumentId).values(), (of) =>
    positionValue(of, book, date, options),
  )
  const balances = scope.instrumentId === undefined ? cashValues(held, book, scope, date, options) : []
  const marketValue = sumKnown(positions.map((position) => position.marketValue))
  const cash = sumKnown(balances.map((balance) => balance.value))
  return { date, currency: options.currency, value: sumKnown([cash, marketValue]), marketValue, cash, positions, balances }
}

/** Units × close, rounded in the currency of the close, then converted at the rate of the day and rounded again. */
export function marketValueOf(instrumentId: string, units: Decimal, book: Book, date: PlainDate, options: ViewOptions): Known<Decimal> {
  if (units.isZero()) return certain(units)
  return inView(quotedValueOf(instrumentId, units, book, date, options), book, date, options)
}

/** The same before it is converted. */
export function quotedValueOf(instrumentId: string, units: Decimal, book: Book, date: PlainDate, options: ViewOptions): Known<Money> {
  return quotedValue(book.priceOn(instrumentId, date, options), units, book, options)
}

function quotedValue(price: Known<Price>, units: Decimal, book: Book, options: ViewOptions): Known<Money> {
  const rounded = book.converter(options).rounding === 'minorUnit'
  return whenKnown(price, (close) => {
    const exact = close.times(new Quantity(units))
    return rounded ? exact.toMinorUnit() : exact
  })
}

function positionValue(holdings: readonly UnitBalance[], book: Book, date: PlainDate, options: ViewOptions): PositionValue {
  const instrumentId = holdings[0]?.instrumentId ?? ''
  const units = Decimal.sum(holdings.map((balance) => balance.units))
  const price = book.priceOn(instrumentId, date, options)
  const quoted = quotedValue(price, units, book, options)
  const marketValue = units.isZero() ? certain(units) : inView(quoted, book, date, options)
  return { instrumentId, units, holdings, price, quotedValue: quoted, marketValue }
}

function inView(value: Known<Money>, book: Book, date: PlainDate, options: ViewOptions): Known<Decimal> {
  if (!value.known) return value
  const amount = book.converter(options).convert(value.value.amount, value.value.currency, options.currency, date)
  return amount.known ? knownAs(amount.value, olderOf(value.date, amount.date), value.stale || amount.stale) : amount
}

function cashValues(held: Balances, book: Book, scope: Scope, date: PlainDate, options: ViewOptions): CashValue[] {
  const converter = book.converter(options)
  const values: CashValue[] = []
  for (const balance of held.cash()) {
    if (!inScope(scope, balance.accountId)) continue
    const { amount, currency } = balance
    const value = amount.known ? converter.convert(amount.value, currency, options.currency, date) : amount
    values.push({ ...balance, value })
  }
  return values
}
