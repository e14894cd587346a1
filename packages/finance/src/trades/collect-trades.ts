import { type GainOptions, type LotsOfScope, lotsSincePurchase } from '../gains/lots-of.ts'
import type { Lot } from '../lots/lot.ts'
import type { Disposal } from '../lots/lot-book.ts'
import { Decimal } from '../money/decimal.ts'
import { type Known, whenKnown } from '../prices/known.ts'
import { sumKnown } from '../prices/known-sum.ts'
import { earlier, type PlainDate } from '../time/plain-date.ts'
import type { Book } from '../valuation/book.ts'
import type { Scope } from '../valuation/scope.ts'
import { marketValueOf } from '../valuation/value.ts'
import type { Trade } from './trade.ts'

/**
 * The trades of a scope up to the end of a day: the closed ones in order of closing, then those still open, valued at the close of that
 * day, in order of opening. A sale beyond a long position ends one trade and opens a short one with the rest. A trade belongs to the
 * account that closes it; lots that were transferred keep their day and cost.
 *
 * Lots leave as the cost method says; a moving average has no lots of its own, there it is FIFO. What closes no units (a return of
 * capital) is no trade.
 *
 * @returns amounts in `options.currency`; `missing-rate` or `missing-close` where a trade cannot be told
 */
export function tradesOf(book: Book, scope: Scope, date: PlainDate, options: GainOptions): Trade[] {
  const byLots: GainOptions = options.method === 'average-cost' ? { ...options, method: 'fifo' } : options
  const lots = lotsSincePurchase(book, scope, date, byLots)
  return [...closedTrades(lots, scope), ...openTrades(lots, book, date, byLots)]
}

function closedTrades({ disposals }: LotsOfScope, { instrumentId }: Scope): Trade[] {
  return disposals
    .filter((sale) => !sale.units.isZero() && (instrumentId === undefined || sale.instrumentId === instrumentId))
    .map(closedTrade)
}

function closedTrade({ transaction, date, accountId, instrumentId, units, proceeds, cost, lots }: Disposal): Trade {
  const side = units.isNegative() ? 'short' : 'long'
  return {
    side,
    accountId,
    instrumentId,
    closing: transaction,
    openedOn: oldest(lots, date),
    endsOn: date,
    units: units.abs(),
    lots,
    entry: unsigned(side, cost),
    exit: unsigned(side, proceeds),
  }
}

function openTrades({ lots }: LotsOfScope, book: Book, date: PlainDate, options: GainOptions): Trade[] {
  const open = Map.groupBy(lots, ({ accountId, instrumentId }) => JSON.stringify([accountId, instrumentId]))
  const trades = Array.from(open.values(), (own) => openTrade(own, book, date, options))
  return trades.sort((a, b) => (a.openedOn < b.openedOn ? -1 : a.openedOn > b.openedOn ? 1 : 0))
}

function openTrade(lots: readonly Lot[], book: Book, date: PlainDate, options: GainOptions): Trade {
  const [first] = lots
  if (!first) throw new RangeError('a trade without lots')
  const { accountId, instrumentId } = first
  const units = Decimal.sum(lots.map((lot) => lot.units))
  const side = units.isNegative() ? 'short' : 'long'
  return {
    side,
    accountId,
    instrumentId,
    closing: null,
    openedOn: oldest(lots, date),
    endsOn: date,
    units: units.abs(),
    lots,
    entry: unsigned(side, sumKnown(lots.map((lot) => lot.cost.reporting))),
    exit: unsigned(side, marketValueOf(instrumentId, units, book, date, options)),
  }
}

/** Lots that are short carry what they brought in as a negative cost, and what their cover costs as negative proceeds. */
function unsigned(side: Trade['side'], amount: Known<Decimal>): Known<Decimal> {
  return side === 'long' ? amount : whenKnown(amount, (value) => value.negated())
}

function oldest(lots: readonly Lot[], date: PlainDate): PlainDate {
  return lots.reduce((first, lot) => earlier(first, lot.acquiredOn), date)
}
