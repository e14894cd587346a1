import { type GainOptions, lotsSincePurchase } from '../gains/lots-of.ts'
import type { LedgerTransaction } from '../ledger/transaction.ts'
import type { LotBook } from '../lots/lot-book.ts'
import { Decimal } from '../money/decimal.ts'
import { bothKnown, certain, type Known, whenKnown } from '../prices/known.ts'
import { sumKnown } from '../prices/known-sum.ts'
import type { PlainDate } from '../time/plain-date.ts'
import type { Book } from '../valuation/book.ts'
import { marketValueOf } from '../valuation/value.ts'
import { yearOf } from './dividend-rhythm.ts'
import { grossDividend, type InstrumentScope, isDividendOf } from './dividends-of.ts'

/**
 * What an instrument pays per year on what it cost: Σ payment / average cost of the units held when it was paid (fees in the cost), over
 * the calendar years from the first payment of (from, to] to the last. Payments are gross, at the rates of their days, the cost at those
 * of the purchases. A payment that comes when nothing is held any more (sold after the ex-day) counts as dividend per unit over the
 * close of its day.
 * Source: the reference figure `dividendYieldOnCost`; Portfolio Performance, snapshot/security/DividendCalculation.
 *
 * @returns a fraction; 0 without payments; null where a payment stands on no cost and names no units; unknown where a rate or a close is
 */
export function dividendYieldOnCost(
  book: Book,
  scope: InstrumentScope,
  from: PlainDate,
  to: PlainDate,
  options: GainOptions,
): Known<Decimal | null> {
  const average: GainOptions = { ...options, method: 'average-cost', fees: 'included', taxes: 'excluded' }
  const lots = lotsSincePurchase(book, scope, from, average).all
  const origins = book.originsOf(scope.instrumentId)
  const yields: Known<Decimal>[] = []
  const years: number[] = []
  for (const entry of book.between(from, to)) {
    if (origins.has(entry.instrumentId ?? '')) lots.apply(entry)
    if (!isDividendOf(entry, scope)) continue
    const paid = yieldOf(entry, lots, book, scope, average)
    if (paid.known && paid.value === null) return certain(null)
    yields.push(whenKnown(paid, (value) => value ?? Decimal.zero))
    years.push(yearOf(entry.date))
  }
  const [first, last] = [years[0], years.at(-1)]
  if (first === undefined || last === undefined) return certain(Decimal.zero)
  return whenKnown(sumKnown(yields), (sum) => sum.ratio(Decimal.fromScaled(last - first + 1, 0)))
}

/** One payment over what the units that are held cost; null where there is nothing to hold it against. */
function yieldOf(entry: LedgerTransaction, lots: LotBook, book: Book, scope: InstrumentScope, options: GainOptions): Known<Decimal | null> {
  const paid = grossDividend(entry, book, options)
  const cost = sumKnown(lots.lots(scope).map((lot) => lot.cost.reporting))
  if (!cost.known || cost.value.isPositive()) return bothKnown(paid, cost, (amount, base) => amount.ratio(base))
  if (!entry.quantity || entry.quantity.isZero()) return certain(null)
  const worth = marketValueOf(scope.instrumentId, entry.quantity, book, entry.date, options)
  return bothKnown(paid, worth, (amount, base) => (base.isPositive() ? amount.ratio(base) : null))
}
