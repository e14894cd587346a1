import type { GainOptions } from '../gains/lots-of.ts'
import { capitalGain } from '../gains/profit.ts'
import type { Inclusion } from '../lots/lot-book.ts'
import type { Currency } from '../money/currency.ts'
import type { Decimal } from '../money/decimal.ts'
import { bothKnown, type Known, whenKnown } from '../prices/known.ts'
import { minusKnown, sumKnown } from '../prices/known-sum.ts'
import { dayNumber, type PlainDate } from '../time/plain-date.ts'
import { balancesAt } from '../valuation/balances.ts'
import type { Book, ViewOptions } from '../valuation/book.ts'
import type { Scope } from '../valuation/scope.ts'
import { valueOn, worthOf } from '../valuation/value.ts'
import { type CapitalStep, cashMoved, contributedCash, investedCapital, meanWhileInvested } from './invested-capital.ts'

/**
 * Figures as Ghostfolio shows them, for those who come from there and want to find their numbers again. They are not ours: it divides
 * gains by an average of what was invested, and has two averages. Our returns stand in returns/.
 * Source: the reference figures `ghostfolio:*`; ghostfolio, apps/api/src/app/portfolio/calculator/roai.
 */

/** The units of a scope, or (with a currency) its cash balances in that currency, which Ghostfolio treats as an instrument. */
export interface GhostfolioScope extends Scope {
  readonly cashCurrency?: Currency | undefined
}

/**
 * Σ invested capital × days it stood / days with capital, from the end of `from` until the day before `to`. Capital: the cost by moving
 * average without fees; of cash what was paid in less what left. 0 where nothing was ever invested.
 */
export function timeWeightedInvestment(
  book: Book,
  scope: GhostfolioScope,
  from: PlainDate,
  to: PlainDate,
  options: GainOptions,
): Known<Decimal> {
  return meanWhileInvested(capitalOf(book, scope, from, to, options), dayNumber(from), dayNumber(to) - 1)
}

/** Gain without fees (of cash: by its rate) over the time-weighted investment: a fraction, null where nothing was invested. */
export function grossPercentage(
  book: Book,
  scope: GhostfolioScope,
  from: PlainDate,
  to: PlainDate,
  options: GainOptions,
): Known<Decimal | null> {
  return share(gainOf(book, scope, from, to, options, 'excluded'), timeWeightedInvestment(book, scope, from, to, options))
}

/** The same after the fees inside transactions. */
export function netPercentage(
  book: Book,
  scope: GhostfolioScope,
  from: PlainDate,
  to: PlainDate,
  options: GainOptions,
): Known<Decimal | null> {
  return share(gainOf(book, scope, from, to, options, 'included'), timeWeightedInvestment(book, scope, from, to, options))
}

/** The same over the plain mean of the invested capital on those days of (from, to] that have any. */
export function netPercentageOfRange(
  book: Book,
  scope: GhostfolioScope,
  from: PlainDate,
  to: PlainDate,
  options: GainOptions,
): Known<Decimal | null> {
  const mean = meanWhileInvested(capitalOf(book, scope, from, to, options), dayNumber(from) + 1, dayNumber(to))
  return share(gainOf(book, scope, from, to, options, 'included'), mean)
}

/** What is owed on the accounts that are loans: everything recorded, what is dated after the day too, at the rates of the day. */
export function recordedLiabilities(book: Book, loans: ReadonlySet<string>, date: PlainDate, options: ViewOptions): Known<Decimal> {
  const lastDate = book.transactions.at(-1)?.date ?? date
  const everything = balancesAt(book.transactions, lastDate, book.converter(options))
  const { cash } = worthOf(everything, book, { accounts: loans }, date, options)
  return whenKnown(cash, (balance) => balance.negated())
}

function capitalOf(book: Book, scope: GhostfolioScope, from: PlainDate, to: PlainDate, options: GainOptions): CapitalStep[] {
  const { cashCurrency } = scope
  if (cashCurrency === undefined) return investedCapital(book, scope, from, to, options)
  return contributedCash(book, scope, cashCurrency, from, to, options)
}

function gainOf(book: Book, scope: GhostfolioScope, from: PlainDate, to: PlainDate, options: GainOptions, fees: Inclusion): Known<Decimal> {
  const { cashCurrency } = scope
  if (cashCurrency === undefined) return capitalGain(book, scope, from, to, options, fees)
  const worth = (date: PlainDate): Known<Decimal> => {
    const balances = valueOn(book, { accounts: scope.accounts }, date, options).balances
    return sumKnown(balances.filter(({ currency }) => currency === cashCurrency).map(({ value }) => value))
  }
  const moved = book.between(from, to).map((entry) => cashMoved(entry, book, scope, cashCurrency, options))
  return minusKnown(minusKnown(worth(to), worth(from)), sumKnown(moved))
}

function share(gain: Known<Decimal>, investment: Known<Decimal>): Known<Decimal | null> {
  return bothKnown(gain, investment, (amount, base) => (base.isZero() ? null : amount.ratio(base)))
}
