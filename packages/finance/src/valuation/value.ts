import type { Currency } from '../money/currency.ts'
import type { Decimal } from '../money/decimal.ts'
import type { Money } from '../money/money.ts'
import type { Price } from '../money/price.ts'
import { Quantity } from '../money/quantity.ts'
import { type Known, knownAs, olderOf, whenKnown } from '../prices/known.ts'
import { sumKnown } from '../prices/known-sum.ts'
import type { PlainDate } from '../time/plain-date.ts'
import { type Balances, balancesAt, type CashBalance, type UnitBalance } from './balances.ts'
import type { Book, ViewOptions } from './book.ts'
import { inScope, type Scope } from './scope.ts'

/** The units of one instrument in one account, and what they are worth. */
export interface PositionValue extends UnitBalance {
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

/** The same for balances that are already there. */
export function worthOf(held: Balances, book: Book, scope: Scope, date: PlainDate, options: ViewOptions): ScopeValue {
  const positions: PositionValue[] = []
  for (const balance of held.units()) {
    if (!inScope(scope, balance.accountId)) continue
    if (scope.instrumentId === undefined || balance.instrumentId === scope.instrumentId)
      positions.push(positionValue(balance, book, date, options))
  }
  const balances = scope.instrumentId === undefined ? cashValues(held, book, scope, date, options) : []
  const marketValue = sumKnown(positions.map((position) => position.marketValue))
  const cash = sumKnown(balances.map((balance) => balance.value))
  return { date, currency: options.currency, value: sumKnown([cash, marketValue]), marketValue, cash, positions, balances }
}

/** Units × close, rounded in the currency of the close, then converted at the rate of the day and rounded again. */
export function positionValue(balance: UnitBalance, book: Book, date: PlainDate, options: ViewOptions): PositionValue {
  const converter = book.converter(options)
  const price = book.priceOn(balance.instrumentId, date, options)
  const quotedValue = whenKnown(price, (close) => {
    const exact = close.times(new Quantity(balance.units))
    return converter.rounding === 'minorUnit' ? exact.toMinorUnit() : exact
  })
  return { ...balance, price, quotedValue, marketValue: inView(quotedValue, book, date, options) }
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
