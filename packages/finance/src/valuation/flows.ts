import { moneyPostings } from '../ledger/postings.ts'
import type { LedgerTransaction } from '../ledger/transaction.ts'
import type { Currency } from '../money/currency.ts'
import { Decimal } from '../money/decimal.ts'
import { certain, type Known, whenKnown } from '../prices/known.ts'
import { minusKnown, sumKnown } from '../prices/known-sum.ts'
import type { PlainDate } from '../time/plain-date.ts'
import type { Book, ViewOptions } from './book.ts'
import { inScope, reach, type Scope } from './scope.ts'
import { marketValueOf } from './value.ts'

/** What one transaction brings into a scope (positive) or takes out of it, in the currency of the view, at the rate of its day. */
export interface Flow {
  readonly date: PlainDate
  readonly transactionId: string
  readonly amount: Known<Decimal>
}

/** The external flows of a scope over (from, to], in order; without `from` all up to `to`. Transactions that are none are left out. */
export function flowsOf(book: Book, scope: Scope, from: PlainDate | null, to: PlainDate, options: ViewOptions): Flow[] {
  const flows: Flow[] = []
  for (const entry of book.between(from, to)) {
    const amount = flowOf(entry, book, scope, options)
    if (amount) flows.push({ date: entry.date, transactionId: entry.id, amount })
  }
  return flows
}

/**
 * The flow of one transaction, null when it is none. A scope of accounts: deposits, withdrawals, deliveries with their full amount, and
 * whatever crosses the border of the scope: transfers, and trades or income whose cash lies on the other side. Units that cross without
 * an amount count with their market value of the day. A scope of an instrument: before tax, after fees (docs/specs/valuation.md).
 */
export function flowOf(entry: LedgerTransaction, book: Book, scope: Scope, options: ViewOptions): Known<Decimal> | null {
  if (scope.instrumentId !== undefined) return instrumentFlow(entry, scope.instrumentId, book, scope, options)
  const where = reach(entry, scope)
  if (where === 'outside') return null
  return where === 'inside' ? externalFlow(entry, book, options) : crossingFlow(entry, book, scope, options)
}

/** A flow is one amount: converted as one, at the rate of the transaction. */
function inView(amount: Decimal, currency: Currency, entry: LedgerTransaction, book: Book, options: ViewOptions): Known<Decimal> {
  return book.converter(options).convert(amount, currency, options.currency, entry.date, entry.rate)
}

function externalFlow(entry: LedgerTransaction, book: Book, options: ViewOptions): Known<Decimal> | null {
  const { amount, fee, tax, currency } = entry
  switch (entry.kind) {
    case 'deposit':
      return inView(amount, currency, entry, book, options)
    case 'withdrawal':
      return inView(amount.negated(), currency, entry, book, options)
    case 'delivery-in':
      return inView(amount.plus(fee).plus(tax), currency, entry, book, options)
    case 'delivery-out':
      return inView(fee.plus(tax).minus(amount), currency, entry, book, options)
    default:
      return null
  }
}

/** What happens to the accounts inside: money that came, plus what it was turned into or spent on. */
function crossingFlow(entry: LedgerTransaction, book: Book, scope: Scope, options: ViewOptions): Known<Decimal> | null {
  // Charges that the scope pays itself are no flow, also where they are converted and a cent of rounding is left.
  const paidInside = inScope(scope, entry.accountId) === inScope(scope, entry.cashAccountId ?? entry.accountId)
  const crossing = paidInside ? { ...entry, fee: Decimal.zero, tax: Decimal.zero } : entry
  const legs = moneyPostings(crossing, book.converter(options))
  if (!legs.known) return legs
  const parts = legs.value.filter((leg) => inScope(scope, leg.accountId) && leg.book !== 'exchange' && leg.book !== 'external')
  const byCurrency = Array.from(
    Map.groupBy(parts, (leg) => leg.unit),
    ([currency, own]) => inView(Decimal.sum(own.map((leg) => leg.amount)), currency, entry, book, options),
  )
  return sumKnown([...byCurrency, unitsCrossing(entry, book, scope, options)])
}

/** The market value of units that a transfer carries over the border of the scope, negative when they leave; 0 for everything else. */
export function unitsCrossing(entry: LedgerTransaction, book: Book, scope: Scope, options: ViewOptions): Known<Decimal> {
  const { kind, instrumentId, quantity, accountId, toAccountId } = entry
  if (kind !== 'transfer' || !instrumentId || !quantity) return certain(Decimal.zero)
  if (scope.instrumentId !== undefined && scope.instrumentId !== instrumentId) return certain(Decimal.zero)
  const [leaves, arrives] = [inScope(scope, accountId), inScope(scope, toAccountId)]
  if (leaves === arrives) return certain(Decimal.zero)
  const units = arrives ? quantity : quantity.negated()
  return marketValueOf(instrumentId, units, book, entry.date, options)
}

/**
 * The worth of units that a conversion brings into the scope of an instrument, negative for what it takes out of it; 0 for everything
 * else, and in a scope of accounts, where what changes its shape stays inside.
 */
export function unitsConverted(entry: LedgerTransaction, book: Book, scope: Scope, options: ViewOptions): Known<Decimal> {
  const { into, instrumentId, accountId } = entry
  if (!into || scope.instrumentId === undefined || !inScope(scope, accountId)) return certain(Decimal.zero)
  if (into.instrumentId === scope.instrumentId) return conversionWorth(entry, book, options)
  if (instrumentId !== scope.instrumentId) return certain(Decimal.zero)
  return whenKnown(conversionWorth(entry, book, options), (worth) => worth.negated())
}

function instrumentFlow(
  entry: LedgerTransaction,
  instrumentId: string,
  book: Book,
  scope: Scope,
  options: ViewOptions,
): Known<Decimal> | null {
  if (entry.kind === 'conversion') return inScope(scope, entry.accountId) ? conversionFlow(entry, instrumentId, book, options) : null
  if (entry.instrumentId !== instrumentId) return null
  if (entry.kind === 'transfer') {
    const leaves = inScope(scope, entry.accountId)
    if (leaves === inScope(scope, entry.toAccountId)) return null
    return unitsCrossing(entry, book, scope, options)
  }
  if (!inScope(scope, entry.accountId)) return null
  const { amount, fee, currency } = entry
  const as = (money: Decimal): Known<Decimal> => inView(money, currency, entry, book, options)
  switch (entry.kind) {
    case 'buy':
    case 'delivery-in':
    case 'interest-charge':
      return as(amount.plus(fee))
    case 'sell':
    case 'delivery-out':
    case 'return-of-capital':
    case 'dividend':
    case 'interest':
      return as(fee.minus(amount))
    case 'fee':
      return as(amount)
    case 'fee-refund':
      return as(amount.negated())
    default:
      return null
  }
}

/** What leaves one instrument for another by a conversion, or comes from it: the worth of the new units; cash leaves with a sign too. */
function conversionFlow(entry: LedgerTransaction, instrumentId: string, book: Book, options: ViewOptions): Known<Decimal> | null {
  if (entry.into?.instrumentId !== instrumentId && entry.instrumentId !== instrumentId) return null
  const worth = conversionWorth(entry, book, options)
  if (entry.into?.instrumentId === instrumentId) return worth
  const paid = inView(entry.fee.minus(entry.amount), entry.currency, entry, book, options)
  return minusKnown(paid, worth)
}

/**
 * What the units that a conversion brings are worth on its day, in the currency of the view. Where their close is not known: what the
 * units that they replace were worth, less the cash that came with them.
 */
export function conversionWorth(entry: LedgerTransaction, book: Book, options: ViewOptions): Known<Decimal> {
  const { into, instrumentId, quantity, amount, currency, date } = entry
  if (!into) return certain(Decimal.zero)
  const worth = marketValueOf(into.instrumentId, into.quantity, book, date, options)
  if (worth.known || !instrumentId || !quantity || quantity.isZero()) return worth
  const replaced = marketValueOf(instrumentId, quantity, book, date, options)
  return replaced.known ? minusKnown(replaced, inView(amount, currency, entry, book, options)) : worth
}

/** Σ of flows, unknown as soon as one is. */
export function totalOf(flows: readonly Flow[]): Known<Decimal> {
  return sumKnown(flows.map((flow) => flow.amount))
}

/** Flows of a day, in and out apart and both positive: a day may have both. */
export function inAndOut(flows: readonly Flow[]): { inflow: Known<Decimal>; outflow: Known<Decimal> } {
  const side = (sign: 1 | -1): Known<Decimal> =>
    sumKnown(flows.filter(({ amount }) => !amount.known || amount.value.isNegative() === (sign === -1)).map((flow) => flow.amount))
  return { inflow: side(1), outflow: whenKnown(side(-1), (amount) => amount.negated()) }
}
