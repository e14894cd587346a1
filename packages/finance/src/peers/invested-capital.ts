import { type GainOptions, lotsSincePurchase } from '../gains/lots-of.ts'
import { moneyPostings } from '../ledger/postings.ts'
import type { LedgerTransaction } from '../ledger/transaction.ts'
import type { Currency } from '../money/currency.ts'
import { Decimal } from '../money/decimal.ts'
import { certain, type Known } from '../prices/known.ts'
import { KnownSum, sumKnown } from '../prices/known-sum.ts'
import { dayNumber, type PlainDate } from '../time/plain-date.ts'
import type { Book, ViewOptions } from '../valuation/book.ts'
import { inScope, type Scope } from '../valuation/scope.ts'

/** What is invested at the end of a day, and until the next step. In the currency of the view. */
export interface CapitalStep {
  /** Day number. */
  readonly day: number
  readonly capital: Known<Decimal>
}

/** The cost of the units held, by moving average without fees and taxes: a step at `from` and on each day of (from, to] that has entries. */
export function investedCapital(book: Book, scope: Scope, from: PlainDate, to: PlainDate, options: GainOptions): CapitalStep[] {
  const average: GainOptions = { ...options, method: 'average-cost', fees: 'excluded', taxes: 'excluded' }
  const lots = lotsSincePurchase(book, scope, from, average).all
  const origins = scope.instrumentId === undefined ? null : book.originsOf(scope.instrumentId)
  const cost = (): Known<Decimal> => sumKnown(lots.lots(scope).map((lot) => lot.cost.reporting))
  return steps(book, from, to, cost, (entry) => {
    if (!origins || origins.has(entry.instrumentId ?? '')) lots.apply(entry)
  })
}

/** What was paid into the balances of one currency less what left them, each movement at the rate of its day (or the one recorded). */
export function contributedCash(
  book: Book,
  scope: Scope,
  currency: Currency,
  from: PlainDate,
  to: PlainDate,
  options: ViewOptions,
): CapitalStep[] {
  const sum = new KnownSum()
  const move = (entry: LedgerTransaction): void => sum.add(cashMoved(entry, book, scope, currency, options))
  for (const entry of book.between(null, from)) move(entry)
  return steps(book, from, to, () => sum.value, move)
}

/** What a transaction moves on the balances of one currency, in the currency of the view. */
export function cashMoved(entry: LedgerTransaction, book: Book, scope: Scope, currency: Currency, options: ViewOptions): Known<Decimal> {
  const converter = book.converter(options)
  const legs = moneyPostings(entry, converter)
  if (!legs.known) return legs
  const own = legs.value.filter((leg) => leg.book === 'cash' && leg.unit === currency && inScope(scope, leg.accountId))
  if (own.length === 0) return certain(Decimal.zero)
  return converter.convert(Decimal.sum(own.map((leg) => leg.amount)), currency, options.currency, entry.date, entry.rate)
}

/**
 * The mean of the capital over those days from `first` to `last` (day numbers, both included) on which there is any; 0 where there never
 * is. Days before the first step count with it.
 */
export function meanWhileInvested(steps: readonly CapitalStep[], first: number, last: number): Known<Decimal> {
  const total = new KnownSum()
  let days = 0
  for (const [at, { day, capital }] of steps.entries()) {
    const begins = at === 0 ? first : Math.max(day, first)
    const ends = Math.min((steps[at + 1]?.day ?? last + 1) - 1, last)
    if (ends < begins) continue
    if (!capital.known) return capital
    if (!capital.value.isPositive()) continue
    days += ends - begins + 1
    total.add({ ...capital, value: capital.value.times(Decimal.fromScaled(ends - begins + 1, 0)) })
  }
  const sum = total.value
  return sum.known && days > 0 ? { ...sum, value: sum.value.ratio(Decimal.fromScaled(days, 0)) } : sum
}

function steps(
  book: Book,
  from: PlainDate,
  to: PlainDate,
  capital: () => Known<Decimal>,
  apply: (entry: LedgerTransaction) => void,
): CapitalStep[] {
  const found: CapitalStep[] = [{ day: dayNumber(from), capital: capital() }]
  for (const [date, entries] of Map.groupBy(book.between(from, to), (entry) => entry.date)) {
    for (const entry of entries) apply(entry)
    found.push({ day: dayNumber(date), capital: capital() })
  }
  return found
}
