import type { LedgerTransaction } from '../ledger/transaction.ts'
import type { CostMethod } from '../lots/cost-method.ts'
import { type Lot, splitLot } from '../lots/lot.ts'
import { type Inclusion, LotBook, type LotOptions } from '../lots/lot-book.ts'
import { Decimal } from '../money/decimal.ts'
import type { Money } from '../money/money.ts'
import { bothKnown, type Known, type UnknownValue, whenKnown } from '../prices/known.ts'
import { KnownSum, minusKnown, sumKnown } from '../prices/known-sum.ts'
import type { PlainDate } from '../time/plain-date.ts'
import type { Book, ViewOptions } from '../valuation/book.ts'
import { conversionWorth } from '../valuation/flows.ts'
import { inScope, reach, type Scope } from '../valuation/scope.ts'
import { marketValueOf, type PositionValue, quotedValueOf, valueOn } from '../valuation/value.ts'

/** How gains are figured. */
export interface GainOptions extends ViewOptions {
  /** Default `fifo`. */
  readonly method?: CostMethod | undefined
  /** Whether fees are part of cost and proceeds. Default `included`. */
  readonly fees?: Inclusion | undefined
  readonly taxes?: Inclusion | undefined
  /** Whether the accounts of the pool share their lots; by default only a moving average is shared. */
  readonly acrossAccounts?: boolean | undefined
  /** Accounts that share lots or a moving average, as a portfolio's do; by default all of the book. */
  readonly pool?: ReadonlySet<string> | undefined
}

/** Lots of a scope and what was sold of them, under one basis. */
export interface LotsOfScope {
  readonly lots: readonly Lot[]
  readonly disposals: LotBook['disposals']
  /** The whole book of lots that these are a part of. */
  readonly all: LotBook
  /** Why costs are unknown altogether: units crossed the border of the scope at a price that nobody knows. */
  readonly unknown: UnknownValue | null
}

/** Basis `purchase` (tax): lots at the cost of their purchase, whenever that was; disposals are those up to `to`. */
export function lotsSincePurchase(book: Book, scope: Scope, to: PlainDate, options: GainOptions): LotsOfScope {
  const lots = new LotBook(lotOptions(book, options))
  // Lots of an instrument may have begun as lots of another.
  const origins = scope.instrumentId === undefined ? null : book.originsOf(scope.instrumentId)
  for (const entry of book.between(null, to)) if (!origins || origins.has(entry.instrumentId ?? '')) lots.apply(entry)
  return within(lots, scope, null)
}

/**
 * Basis `period`: what was held at the end of `from` enters as one lot per account and instrument at its market value of that day;
 * units that a transfer carries over the border of the scope count with their market value of the day.
 */
export function lotsOverPeriod(
  book: Book,
  scope: Scope,
  from: PlainDate,
  to: PlainDate,
  options: GainOptions,
  opening: readonly PositionValue[] = valueOn(book, scope, from, options).positions,
): LotsOfScope {
  const openings = opening.flatMap((position) => openingLots(position, book, from, options))
  const lots = new LotBook(lotOptions(book, options), openings)
  let missing: UnknownValue | null = null
  for (const entry of book.between(from, to)) {
    if (!concerns(entry, scope)) continue
    if (entry.kind !== 'transfer' && (entry.kind !== 'conversion' || scope.instrumentId === undefined)) {
      if (inScope(scope, entry.accountId)) lots.apply(entry)
      continue
    }
    const inside = asInside(entry, book, scope, options)
    if (inside?.known) lots.apply(inside.value)
    else missing ??= inside
  }
  return within(lots, scope, missing)
}

/** A position at its market value, shared out to the accounts that hold it; the last one gets what is left. */
function openingLots(position: PositionValue, book: Book, from: PlainDate, options: GainOptions): Lot[] {
  const { instrumentId, holdings, units, marketValue } = position
  const instrument = book.currencyOf(instrumentId)
  const local = marketValueOf(instrumentId, units, book, from, { ...options, currency: instrument })
  const worth = { transaction: null, instrument: local, reporting: marketValue }
  const common = {
    instrumentId,
    transactionId: 'opening',
    acquiredOn: from,
    purchase: null,
    currency: null,
    fee: null,
    takenFrom: undefined,
  }
  let rest: Lot = { ...common, accountId: '', units, cost: worth }
  return holdings.map(({ accountId, units: part }, at) => {
    if (at === holdings.length - 1 || rest.units.isZero()) return { ...rest, accountId, units: part }
    const costUnits = { instrument, reporting: options.currency, rounding: book.converter(options).rounding }
    const parts = splitLot(rest, part, costUnits)
    rest = parts.rest
    return { ...parts.taken, accountId }
  })
}

/** Cost of the units still held; with the reason where a part is unknown. In the currency of the view. */
export function costOf(lots: LotsOfScope): Known<Decimal> {
  if (lots.unknown) return lots.unknown
  const cost = new KnownSum()
  for (const lot of lots.lots) cost.add(lot.cost.reporting)
  return cost.value
}

/** Proceeds less relieved cost of the disposals of (from, to]; without `from` of all. */
export function realisedGain({ disposals, unknown }: LotsOfScope, from: PlainDate | null): Known<Decimal> {
  const gain = new KnownSum()
  for (const sale of disposals) {
    if (from !== null && sale.date <= from) continue
    gain.add(sale.proceeds)
    gain.subtract(sale.cost)
  }
  return unknown ?? gain.value
}

/** The currency's part of the realised gain: relieved cost in the instrument's currency at the rate of the sale, less relieved cost. */
export function realisedCurrencyGain({ disposals, unknown }: LotsOfScope, from: PlainDate | null): Known<Decimal> {
  const gain = new KnownSum()
  for (const sale of disposals) if (from === null || sale.date > from) gain.add(sale.currencyGain)
  return unknown ?? gain.value
}

/** Market value less cost of what is still held at the end of the day. */
export function unrealisedGain(lots: LotsOfScope, book: Book, scope: Scope, date: PlainDate, options: GainOptions): Known<Decimal> {
  return minusKnown(valueOn(book, scope, date, options).marketValue, costOf(lots))
}

/**
 * The currency's part of the unrealised gain. `onCost`: cost in the instrument's currency at the closing rate, less cost.
 * `onValue`: the closing value in the instrument's currency times (closing rate less average rate of purchase). 0 where currencies are equal.
 */
export function unrealisedCurrencyGain(
  lots: LotsOfScope,
  book: Book,
  date: PlainDate,
  options: GainOptions,
  part: 'onCost' | 'onValue' = 'onCost',
): Known<Decimal> {
  if (lots.unknown) return lots.unknown
  const converter = book.converter(options)
  const gains: Known<Decimal>[] = []
  const abroad = lots.lots.filter((lot) => book.currencyOf(lot.instrumentId) !== options.currency)
  for (const [instrumentId, own] of Map.groupBy(abroad, (lot) => lot.instrumentId)) {
    const from = book.currencyOf(instrumentId)
    const [local, cost] = [sumKnown(own.map((lot) => lot.cost.instrument)), sumKnown(own.map((lot) => lot.cost.reporting))]
    if (!local.known || !cost.known) return local.known ? cost : local
    const now = converter.convert(local.value, from, options.currency, date)
    const onCost = whenKnown(now, (value) => value.minus(cost.value))
    gains.push(part === 'onCost' || local.value.isZero() ? onCost : onValue(onCost, local.value))

    function onValue(gain: Known<Decimal>, localCost: Decimal): Known<Decimal> {
      const units = Decimal.sum(own.map((lot) => lot.units))
      const worth = marketValueOf(instrumentId, units, book, date, { ...options, currency: from })
      if (!worth.known) return worth
      return whenKnown(gain, (value) => converter.rounded(value.times(worth.value).ratio(localCost), options.currency))
    }
  }
  return sumKnown(gains)
}

function lotOptions(book: Book, options: GainOptions): LotOptions {
  const { pool } = options
  return {
    method: options.method ?? 'fifo',
    acrossAccounts: options.acrossAccounts,
    fees: options.fees ?? 'included',
    taxes: options.taxes ?? 'excluded',
    currency: options.currency,
    converter: book.converter(options),
    currencyOf: book.currencyOf,
    poolOf: pool && ((accountId) => (pool.has(accountId) ? 'pool' : accountId)),
  }
}

function concerns(entry: LedgerTransaction, { instrumentId }: Scope): boolean {
  if (entry.instrumentId === undefined) return false
  return instrumentId === undefined || entry.instrumentId === instrumentId || entry.into?.instrumentId === instrumentId
}

function within(lots: LotBook, scope: Scope, missing: UnknownValue | null): LotsOfScope {
  const { accounts, instrumentId } = scope
  return {
    all: lots,
    lots: lots.lots({ accounts, instrumentId }),
    disposals: lots.disposals.filter((sale) => inScope(scope, sale.accountId)),
    unknown: missing,
  }
}

/**
 * A transaction as the scope sees it: a transfer over its border, or a conversion from or to the instrument, is a delivery at market
 * value; a spin-off is a return of capital. Null for what lies outside.
 */
export function asInside(entry: LedgerTransaction, book: Book, scope: Scope, options: GainOptions): Known<LedgerTransaction> | null {
  const itself = { known: true, value: entry, date: null, stale: false } as const
  if (entry.kind === 'conversion' && scope.instrumentId !== undefined)
    return inScope(scope, entry.accountId) ? conversionSeen(entry, scope.instrumentId, book, options) : null
  if (entry.kind !== 'transfer') return inScope(scope, entry.accountId) ? itself : null
  const { toAccountId, instrumentId, quantity } = entry
  const where = reach(entry, scope)
  if (where !== 'crossing' || !instrumentId || !quantity || !toAccountId) return where === 'outside' ? null : itself
  const arrives = inScope(scope, toAccountId)
  const worth = quotedValueOf(instrumentId, quantity, book, entry.date, options)
  return whenKnown(worth, (value) => deliveryOf(entry, arrives, value))
}

function conversionSeen(entry: LedgerTransaction, instrumentId: string, book: Book, options: GainOptions): Known<LedgerTransaction> | null {
  const { into, quantity } = entry
  if (!into || !quantity) return null
  const worth = conversionWorth(entry, book, options)
  const { currency } = options
  const common = { ...entry, into: undefined, rate: undefined, currency, fee: Decimal.zero, tax: Decimal.zero }
  if (into.instrumentId === instrumentId) return whenKnown(worth, (amount) => delivered(common, instrumentId, into.quantity, amount))
  if (entry.instrumentId !== instrumentId) return null
  const cash = book.converter(options).convert(entry.amount, entry.currency, currency, entry.date, entry.rate)
  return bothKnown(worth, cash, (units, money) => {
    const amount = units.plus(money)
    return quantity.isZero()
      ? { ...common, kind: 'return-of-capital', amount }
      : delivered(common, instrumentId, quantity.negated(), amount.negated())
  })
}

/** Units that come, or that go where they are fewer than none, for what they are worth: who is short is delivered the other way round. */
function delivered(common: LedgerTransaction, instrumentId: string, units: Decimal, worth: Decimal): LedgerTransaction {
  return units.isNegative()
    ? { ...common, kind: 'delivery-out', instrumentId, quantity: units.negated(), amount: worth.negated() }
    : { ...common, kind: 'delivery-in', instrumentId, quantity: units, amount: worth }
}

function deliveryOf(entry: LedgerTransaction, arrives: boolean, worth: Money): LedgerTransaction {
  return {
    ...entry,
    kind: arrives ? 'delivery-in' : 'delivery-out',
    accountId: arrives ? (entry.toAccountId ?? entry.accountId) : entry.accountId,
    amount: worth.amount,
    currency: worth.currency,
    fee: Decimal.zero,
    tax: Decimal.zero,
    rate: undefined,
  }
}
