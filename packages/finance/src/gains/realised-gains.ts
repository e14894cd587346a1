import type { Lot } from '../lots/lot.ts'
import type { Disposal } from '../lots/lot-book.ts'
import { type Currency, digitsOf } from '../money/currency.ts'
import { Decimal } from '../money/decimal.ts'
import { type Known, knownAs, type UnknownValue } from '../prices/known.ts'
import { KnownSum, minusKnown } from '../prices/known-sum.ts'
import { daysBetween, type PlainDate } from '../time/plain-date.ts'
import type { Book } from '../valuation/book.ts'
import type { Scope } from '../valuation/scope.ts'
import type { GainPeriod } from './explain-gains.ts'
import { type HoldingTerm, holdingTerm } from './holding-term.ts'
import { type GainOptions, type LotsOfScope, lotsOverPeriod, lotsSincePurchase } from './lots-of.ts'
import type { ClosingKind, RealisedRow } from './realised-row.ts'
import { washSaleUnits } from './wash-sales.ts'

export interface GainTotals {
  readonly proceeds: Known<Decimal>
  readonly cost: Known<Decimal>
  readonly gain: Known<Decimal>
  readonly currencyGain: Known<Decimal>
  readonly rows: number
}

export interface RealisedGains {
  /** In the order in which the sales were booked. */
  readonly rows: readonly RealisedRow[]
  readonly totals: GainTotals
  readonly byTerm: ReadonlyMap<HoldingTerm | null, GainTotals>
  readonly byInstrument: ReadonlyMap<string, GainTotals>
  /** By the instrument's currency. */
  readonly byCurrency: ReadonlyMap<Currency, GainTotals>
  /** Why nothing can be told altogether. */
  readonly unknown: UnknownValue | null
}

/**
 * What was realised over (from, to], lot by lot: the proceeds of a sale are shared out over its lots by units, rounded by the rule, the
 * last one gets what is left, so that the rows add up to the realised gain of the scope (docs/specs/realised-gains.md).
 *
 * @param period `purchase`: gains since purchase, whenever that was (tax); `period`: what was held at `from` counts with its value then
 * @param asOf what was bought later gives no hint of a wash sale; by default everything in the book does
 * @returns amounts in `options.currency`; `missing-rate` or `missing-close` where a part cannot be told
 */
export function realisedGains(book: Book, scope: Scope, period: GainPeriod, options: GainOptions, asOf?: PlainDate): RealisedGains {
  const lots = lotsFor(book, scope, period, options)
  const sales = lots.disposals.filter(
    ({ date, instrumentId }) =>
      (period.from === null || date > period.from) && (scope.instrumentId === undefined || instrumentId === scope.instrumentId),
  )
  const rounding = book.converter(options).rounding
  const places = rounding === 'minorUnit' ? digitsOf(options.currency) : null
  const rows = sales.flatMap((sale) => rowsOf(sale, book, options, places, lots.unknown))
  const washed = washSaleUnits(rows, asOf === undefined ? book.transactions : book.between(null, asOf), options.pool ?? scope.accounts)
  const shown = rows.map((row) => ({ ...row, washSaleUnits: washed.get(row) ?? Decimal.zero }))
  return { rows: shown, ...totalsOf(shown, book, lots.unknown), unknown: lots.unknown }
}

function lotsFor(book: Book, scope: Scope, { basis, from, to }: GainPeriod, options: GainOptions): LotsOfScope {
  return basis === 'period' && from !== null ? lotsOverPeriod(book, scope, from, to, options) : lotsSincePurchase(book, scope, to, options)
}

function rowsOf(sale: Disposal, book: Book, options: GainOptions, places: number | null, unknown: UnknownValue | null): RealisedRow[] {
  const weights = sale.lots.map(weightOf)
  const proceeds = sharedOut(sale.proceeds, weights, places)
  const currencyGains = currencyGainsOf(sale, book, options)
  const kind = sale.units.isZero() ? 'capital' : sale.units.isNegative() ? 'cover' : 'sale'
  return sale.lots.map((lot, place) => {
    const opening = lot.transactionId === 'opening'
    const came = unknown ?? proceeds[place] ?? sale.proceeds
    const cost = unknown ?? lot.cost.reporting
    return {
      kind,
      transactionId: sale.transaction.id,
      place,
      accountId: sale.accountId,
      instrumentId: sale.instrumentId,
      units: kind === 'capital' ? Decimal.zero : lot.units.abs(),
      lotId: opening ? null : lot.transactionId,
      acquiredOn: lot.acquiredOn,
      soldOn: sale.date,
      proceeds: came,
      cost,
      gain: minusKnown(came, cost),
      currencyGain: unknown ?? currencyGains[place] ?? sale.currencyGain,
      days: daysBetween(lot.acquiredOn, sale.date),
      term: termOf(kind, opening || options.method === 'average-cost', lot, sale),
      washSaleUnits: Decimal.zero,
      sale,
    }
  })
}

function termOf(kind: ClosingKind, undated: boolean, { acquiredOn }: Lot, { date }: Disposal): HoldingTerm | null {
  if (undated) return null
  return kind === 'cover' ? 'short' : holdingTerm(acquiredOn, date)
}

/** By how many units a lot takes part: where none left, by those that the capital came back for. */
function weightOf({ units, takenFrom }: Lot): Decimal {
  return units.isZero() ? (takenFrom?.units ?? Decimal.zero) : units
}

/** An amount shared out by weight, rounded to `places`; the last part gets what is left. */
function sharedOut(amount: Known<Decimal>, weights: readonly Decimal[], places: number | null): Known<Decimal>[] {
  if (!amount.known || weights.length < 2) return weights.map(() => amount)
  const whole = Decimal.sum(weights)
  let rest = amount.value
  return weights.map((weight, at) => {
    const part = at === weights.length - 1 ? rest : partOf(amount.value, weight, whole, places)
    rest = rest.minus(part)
    return knownAs(part, amount.date, amount.stale)
  })
}

function partOf(amount: Decimal, weight: Decimal, whole: Decimal, places: number | null): Decimal {
  if (whole.isZero()) return Decimal.zero
  const product = amount.times(weight)
  return places === null ? product.ratio(whole) : product.dividedBy(whole, { scale: places, rounding: 'half-away-from-zero' })
}

/** Cost of each lot in the instrument's currency at the rate of the sale, less its cost; the last one gets what is left of the whole. */
function currencyGainsOf({ transaction, lots, instrumentId, currencyGain }: Disposal, book: Book, options: GainOptions): Known<Decimal>[] {
  const from = book.currencyOf(instrumentId)
  if (from === options.currency || !currencyGain.known || lots.length < 2) return lots.map(() => currencyGain)
  const converter = book.converter(options)
  const rest = new KnownSum()
  rest.add(currencyGain)
  return lots.map(({ cost }, at) => {
    if (at === lots.length - 1) return rest.value
    const now = cost.instrument.known
      ? converter.convert(cost.instrument.value, from, options.currency, transaction.date, transaction.rate)
      : cost.instrument
    const gain = minusKnown(now, cost.reporting)
    rest.subtract(gain)
    return gain
  })
}

function totalsOf(rows: readonly RealisedRow[], book: Book, unknown: UnknownValue | null) {
  const grouped = <K>(keyOf: (row: RealisedRow) => K): ReadonlyMap<K, GainTotals> =>
    new Map(Array.from(Map.groupBy(rows, keyOf), ([key, own]) => [key, totalOf(own, unknown)]))
  return {
    totals: totalOf(rows, unknown),
    byTerm: grouped((row) => row.term),
    byInstrument: grouped((row) => row.instrumentId),
    byCurrency: grouped((row) => book.currencyOf(row.instrumentId)),
  }
}

function totalOf(rows: readonly RealisedRow[], unknown: UnknownValue | null): GainTotals {
  const sum = (figure: (row: RealisedRow) => Known<Decimal>): Known<Decimal> => {
    const total = new KnownSum()
    for (const row of rows) total.add(figure(row))
    return unknown ?? total.value
  }
  return {
    proceeds: sum((row) => row.proceeds),
    cost: sum((row) => row.cost),
    gain: sum((row) => row.gain),
    currencyGain: sum((row) => row.currencyGain),
    rows: rows.length,
  }
}
