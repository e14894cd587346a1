import { inOrder } from '../ledger/order.ts'
import type { LedgerTransaction } from '../ledger/transaction.ts'
import type { Currency } from '../money/currency.ts'
import { Decimal } from '../money/decimal.ts'
import { Price } from '../money/price.ts'
import type { CloseSeries } from '../prices/close-series.ts'
import { Converter, type RoundingRule } from '../prices/converter.ts'
import { type Known, knownAs, staleAfterDays, unknown, whenKnown } from '../prices/known.ts'
import { converted, type RateTable } from '../prices/rate-table.ts'
import { daysBetween, type PlainDate } from '../time/plain-date.ts'

/** What holds on a day before the first close or rate; `lastTrade` is for closes, rates then stay unknown. */
export type BeforeFirstPrice = 'unknown' | 'first' | 'lastTrade'

/** How figures are stated. */
export interface ViewOptions {
  readonly currency: Currency
  /** Default `minorUnit`. */
  readonly rounding?: RoundingRule | undefined
  /** Default `unknown`. */
  readonly beforeFirst?: BeforeFirstPrice | undefined
  /** Converts every amount at the market rate of this day, recorded rates unused ("without currency effect"). */
  readonly closingDay?: PlainDate | undefined
}

export interface BookFacts {
  readonly transactions: Iterable<LedgerTransaction>
  readonly closes: ReadonlyMap<string, CloseSeries>
  readonly rates: RateTable
  readonly currencyOf: (instrumentId: string) => Currency
}

/**
 * Everything that figures are computed from: the transactions of all accounts that touch the scope, in the one order, the closes and
 * the rates. It holds no result; it only finds things quickly.
 */
export class Book {
  readonly transactions: readonly LedgerTransaction[]
  readonly closes: ReadonlyMap<string, CloseSeries>
  readonly rates: RateTable
  readonly currencyOf: (instrumentId: string) => Currency
  readonly #converters = new WeakMap<ViewOptions, Converter>()
  #trades: Map<string, LedgerTransaction[]> | null = null

  constructor(facts: BookFacts) {
    this.transactions = inOrder(facts.transactions)
    this.closes = facts.closes
    this.rates = facts.rates
    this.currencyOf = facts.currencyOf
  }

  /** The instrument and all those whose lots conversions carried into it, however many steps away. */
  originsOf(instrumentId: string): ReadonlySet<string> {
    const origins = new Set([instrumentId])
    const conversions = this.transactions.filter(({ into }) => into)
    for (let size = 0; size < origins.size; ) {
      size = origins.size
      for (const { into, instrumentId: from } of conversions) if (into && from && origins.has(into.instrumentId)) origins.add(from)
    }
    return origins
  }

  converter(options: ViewOptions): Converter {
    const remembered = this.#converters.get(options)
    if (remembered) return remembered
    const beforeFirst = options.beforeFirst === 'first' ? 'first' : 'unknown'
    const converter = new Converter(this.rates, { rounding: options.rounding ?? 'minorUnit', beforeFirst, closingDay: options.closingDay })
    this.#converters.set(options, converter)
    return converter
  }

  /** Transactions of (from, to]; without `from` all up to `to`. */
  between(from: PlainDate | null, to: PlainDate): readonly LedgerTransaction[] {
    return this.transactions.slice(from === null ? 0 : this.#firstAfter(from), this.#firstAfter(to))
  }

  /** The close of a day, filled forward; before the first one by option. Unknown: `missing-close`. */
  priceOn(instrumentId: string, date: PlainDate, options: ViewOptions): Known<Price> {
    const closes = this.closes.get(instrumentId)
    const close = closes?.on(date, options.beforeFirst === 'first' ? 'first' : 'unknown')
    if (close?.known) return close
    if (options.beforeFirst === 'lastTrade') return this.#tradePrice(instrumentId, date, options)
    return close ?? unknown('missing-close', `no close of ${instrumentId} on or before ${date}`, { name: instrumentId, date })
  }

  /** The price of the last trade or delivery up to the day, in the currency of the instrument. */
  #tradePrice(instrumentId: string, date: PlainDate, options: ViewOptions): Known<Price> {
    const trade = this.#tradesOf(instrumentId).findLast((entry) => entry.date <= date)
    if (!trade?.quantity)
      return unknown('missing-close', `no close and no trade of ${instrumentId} on or before ${date}`, { name: instrumentId, date })
    const to = this.currencyOf(instrumentId)
    const way = this.converter({ ...options, closingDay: undefined }).conversion(trade.currency, to, trade.date, trade.rate)
    const perUnit = whenKnown(way, (conversion) => converted(trade.amount, conversion).ratio(trade.quantity ?? Decimal.one))
    if (!perUnit.known) return perUnit
    const stale = perUnit.stale || daysBetween(trade.date, date) > staleAfterDays
    return knownAs(new Price(perUnit.value, { currency: to, perCurrency: Decimal.one }), trade.date, stale)
  }

  #tradesOf(instrumentId: string): readonly LedgerTransaction[] {
    if (!this.#trades) {
      this.#trades = new Map()
      for (const entry of this.transactions) {
        if (
          !entry.instrumentId ||
          !entry.quantity ||
          entry.kind === 'transfer' ||
          entry.kind === 'dividend' ||
          entry.kind === 'split' ||
          entry.kind === 'conversion'
        )
          continue
        const trades = this.#trades.get(entry.instrumentId) ?? []
        trades.push(entry)
        this.#trades.set(entry.instrumentId, trades)
      }
    }
    return this.#trades.get(instrumentId) ?? []
  }

  #firstAfter(date: PlainDate): number {
    let [low, high] = [0, this.transactions.length]
    while (low < high) {
      const middle = (low + high) >>> 1
      if ((this.transactions[middle]?.date ?? date) <= date) low = middle + 1
      else high = middle
    }
    return low
  }
}
