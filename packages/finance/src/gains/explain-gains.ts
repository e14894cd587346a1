import { convertedStep } from '../explain/converted-step.ts'
import { rounded, step, told } from '../explain/steps.ts'
import { type Explained, given, type Trail, unknownLeaf } from '../explain/trail.ts'
import type { LedgerTransaction } from '../ledger/transaction.ts'
import type { Carried } from '../lots/carried-lots.ts'
import type { Lot } from '../lots/lot.ts'
import type { Disposal } from '../lots/lot-book.ts'
import { digitsOf } from '../money/currency.ts'
import { Decimal } from '../money/decimal.ts'
import { type Known, whenKnown } from '../prices/known.ts'
import type { PlainDate } from '../time/plain-date.ts'
import type { Book } from '../valuation/book.ts'
import { positionTrail, warningsOf } from '../valuation/explain-value.ts'
import { inScope, type Scope } from '../valuation/scope.ts'
import { type ScopeValue, valueOn } from '../valuation/value.ts'
import { asInside, costOf, type GainOptions, type LotsOfScope, lotsOverPeriod, lotsSincePurchase, realisedGain } from './lots-of.ts'

/** Lots under either basis: since purchase up to `to`, or over (from, to] with the opening at market value. */
export interface GainPeriod {
  readonly basis: 'purchase' | 'period'
  readonly from: PlainDate | null
  readonly to: PlainDate
}

/** The cost of what is held: what was paid, less what was relieved, less what lies outside the scope; per instrument. */
export function explainCost(book: Book, scope: Scope, period: GainPeriod, options: GainOptions): Explained<Known<Decimal>> {
  const lots = lotsFor(book, scope, period, options)
  const cost = costOf(lots)
  return { value: cost, trail: costTrail(lots, cost, book, scope, period, options), warnings: [] }
}

/** Proceeds less relieved cost, sale by sale. */
export function explainRealisedGain(book: Book, scope: Scope, period: GainPeriod, options: GainOptions): Explained<Known<Decimal>> {
  const lots = lotsFor(book, scope, period, options)
  const gain = realisedGain(lots, period.from)
  if (lots.unknown)
    return { value: gain, trail: unknownLeaf('realisedGain', lots.unknown.reason, { unit: options.currency }), warnings: [] }
  const sales = lots.disposals.filter((sale) => period.from === null || sale.date > period.from)
  const inputs = sales.map((sale) => {
    const proceeds = proceedsTrail(sale, book, options)
    return step('sale.gain', 'difference', [proceeds, relievedTrail(sale, book, options)], { unit: options.currency })
  })
  return { value: gain, trail: step('realisedGain', 'sum', inputs, { unit: options.currency, stated: gain }), warnings: [] }
}

/** Market value less cost. */
export function explainUnrealisedGain(book: Book, scope: Scope, period: GainPeriod, options: GainOptions): Explained<Known<Decimal>> {
  const worth = valueOn(book, scope, period.to, options)
  const positions = worth.positions.map((position) => positionTrail(position, book, scope, period.to, options))
  const value = step('marketValue', 'sum', positions, { unit: options.currency, stated: worth.marketValue })
  const trail = step('unrealisedGain', 'difference', [value, explainCost(book, scope, period, options).trail], { unit: options.currency })
  const gain = unrealisedOf(worth, costOf(lotsFor(book, scope, period, options)))
  return { value: gain, trail: { ...trail, value: told(gain) }, warnings: warningsOf(worth) }
}

function unrealisedOf({ marketValue }: ScopeValue, cost: Known<Decimal>): Known<Decimal> {
  return marketValue.known ? whenKnown(cost, (amount) => marketValue.value.minus(amount)) : marketValue
}

function lotsFor(book: Book, scope: Scope, { basis, from, to }: GainPeriod, options: GainOptions): LotsOfScope {
  return basis === 'period' && from !== null ? lotsOverPeriod(book, scope, from, to, options) : lotsSincePurchase(book, scope, to, options)
}

function costTrail(lots: LotsOfScope, cost: Known<Decimal>, book: Book, scope: Scope, period: GainPeriod, options: GainOptions): Trail {
  const unit = options.currency
  if (lots.unknown) return unknownLeaf('cost', lots.unknown.reason, { unit })
  const held = new Set(lots.lots.map((lot) => lot.instrumentId))
  const lotsOutside = Map.groupBy(
    lots.all.lots().filter((lot) => !inScope(scope, lot.accountId)),
    (lot) => lot.instrumentId,
  )
  const sales = Map.groupBy(lots.all.disposals, (sale) => sale.instrumentId)
  const since = period.basis === 'period' ? period.from : null
  const entries = book.between(since, period.to)
  const [carriedIn, carriedOut] = [
    Map.groupBy(lots.all.carried, ({ transaction }) => transaction.into?.instrumentId),
    Map.groupBy(lots.all.carried, ({ transaction }) => transaction.instrumentId),
  ]
  const opening = period.basis === 'period' && period.from !== null ? valueOn(book, scope, period.from, options).positions : []
  const openings = Map.groupBy(opening, (position) => position.instrumentId)
  const perInstrument = Array.from(held, (instrumentId) => {
    const closings = sales.get(instrumentId) ?? []
    const named = entries.filter((entry) => entry.instrumentId === instrumentId || entry.into?.instrumentId === instrumentId)
    const bought = purchases(named, instrumentId, closings, book, scope, period, options)
    const paid = [
      ...(openings.get(instrumentId) ?? []).map((position) => positionTrail(position, book, scope, period.from ?? period.to, options)),
      ...bought,
      ...(carriedIn.get(instrumentId) ?? []).map((carried) => carriedTrail(carried, book, options)),
    ]
    const relieved = [
      ...closings.map((sale) => relievedTrail(sale, book, options)),
      ...(carriedOut.get(instrumentId) ?? []).map((carried) => carriedTrail(carried, book, options)),
    ]
    const outside = (lotsOutside.get(instrumentId) ?? []).map((lot) =>
      given('lot.cost', told(lot.cost.reporting), { unit, source: sourceOf(lot) }),
    )
    return step('position.cost', 'difference', [step('paid', 'sum', paid, { unit }), ...relieved, ...outside], {
      unit,
      source: { kind: 'instrument', id: instrumentId },
    })
  })
  return step('cost', 'sum', perInstrument, { unit, stated: cost })
}

/** What trades paid into lots: the amount, by option with fee and tax; the part of a trade that closed other lots is not among it. */
function purchases(
  entries: readonly LedgerTransaction[],
  instrumentId: string,
  sales: readonly Disposal[],
  book: Book,
  scope: Scope,
  period: GainPeriod,
  options: GainOptions,
): Trail[] {
  const closings = new Map(sales.map((sale) => [sale.transaction.id, sale]))
  const trails: Trail[] = []
  for (const recorded of entries) {
    if (!recorded.quantity) continue
    const seen = period.basis === 'period' ? asInside(recorded, book, scope, options) : null
    const entry = seen?.known ? seen.value : recorded
    if (period.basis === 'period' && seen === null) continue
    if (entry.instrumentId !== instrumentId) continue
    const incoming = entry.kind === 'buy' || entry.kind === 'delivery-in'
    if (!incoming && entry.kind !== 'sell' && entry.kind !== 'delivery-out') continue
    const closing = closings.get(entry.id)
    if (closing?.units.abs().equals(entry.quantity ?? Decimal.zero)) continue
    const paid = paidTrail(entry, incoming, book, options)
    const closed = closing && given('closed', told(whenKnown(closing.proceeds, (amount) => amount.negated())), { unit: options.currency })
    trails.push(closed ? step('lot.paid', 'difference', [paid, closed], { unit: options.currency }) : paid)
  }
  return trails
}

/** What a trade cost (negative: brought in), in the currency of the view. */
function paidTrail(entry: LedgerTransaction, incoming: boolean, book: Book, options: GainOptions): Trail {
  const { amount, fee, tax, currency } = entry
  const source = { kind: 'transaction', id: entry.id, date: entry.date } as const
  const part = (figure: string, value: Decimal): Trail => given(figure, value.toString(), { unit: currency, source })
  const parts = [part('transaction.amount', incoming ? amount : amount.negated())]
  if ((options.fees ?? 'included') === 'included' && !fee.isZero()) parts.push(part('transaction.fee', fee))
  if (options.taxes === 'included' && !tax.isZero()) parts.push(part('transaction.tax', tax))
  const total =
    parts.length > 1 ? step('transaction.paid', 'sum', parts, { unit: currency }) : (parts[0] ?? part('transaction.amount', amount))
  const converter = book.converter(options)
  const stated = converter.convert(Decimal.parse(String(total.value)), currency, options.currency, entry.date, entry.rate)
  const way = { from: currency, to: options.currency, date: entry.date, recorded: entry.rate, transactionId: entry.id, stated }
  return convertedStep(converter, { figure: 'lot.paid', amount: total, ...way })
}

function proceedsTrail(sale: Disposal, book: Book, options: GainOptions): Trail {
  const unit = options.currency
  const { transaction, proceeds } = sale
  const source = { kind: 'transaction', id: transaction.id, date: sale.date } as const
  if (!sale.units.abs().equals(transaction.quantity ?? Decimal.zero)) return given('sale.proceeds', told(proceeds), { unit, source })
  const incoming = sale.units.isNegative()
  return step('sale.proceeds', 'negation', [paidTrail(transaction, incoming, book, options)], { unit, stated: proceeds })
}

/** The cost that a sale took out of the lots: whole lots, and of the last one a part by units, rounded. */
function relievedTrail(sale: Disposal, book: Book, options: GainOptions): Trail {
  const unit = options.currency
  const places = book.converter(options).rounding === 'minorUnit' ? digitsOf(unit) : null
  const parts = sale.lots.map((lot) => {
    const whole = lot.takenFrom
    if (!whole || lot.units.isZero()) return given('lot.cost', told(lot.cost.reporting), { unit, source: sourceOf(lot) })
    const cost = given('lot.cost', told(whole.cost.reporting), { unit, source: sourceOf(whole) })
    const units = given('lot.unitsTaken', lot.units.toString(), { unit: 'units' })
    const of = given('lot.units', whole.units.toString(), { unit: 'units', source: sourceOf(whole) })
    const share = step('lot.share', 'quotient', [step('lot.share', 'product', [cost, units]), of], { unit })
    return rounded(share, 'lot.relieved', places, { unit, stated: lot.cost.reporting })
  })
  return step('sale.cost', 'sum', parts, { unit, stated: sale.cost })
}

/** The cost that a conversion took along to another instrument, lot by lot: all of it, or a share of it, rounded. */
function carriedTrail({ transaction: { id, date, into }, cost, parts }: Carried, book: Book, options: GainOptions): Trail {
  const unit = options.currency
  const source = { kind: 'transaction', id, date } as const
  const places = book.converter(options).rounding === 'minorUnit' ? digitsOf(unit) : null
  const inputs = parts.map((part) => {
    const whole = given('lot.cost', told(part.lot.cost.reporting), { unit, source: sourceOf(part.lot) })
    if (!into || into.costShare.equals(Decimal.one)) return whole
    const share = given('costShare', into.costShare.toString(), { source })
    return rounded(step('lot.share', 'product', [whole, share], { unit }), 'lot.carried', places, { unit, stated: part.cost })
  })
  return step('cost.carried', 'sum', inputs, { unit, source, stated: cost })
}

function sourceOf(lot: Lot) {
  // What was held when the period began has no transaction, but a day.
  if (lot.transactionId === 'opening') return { kind: 'day', date: lot.acquiredOn } as const
  return { kind: 'transaction', id: lot.transactionId, date: lot.acquiredOn } as const
}
