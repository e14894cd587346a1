import { type Currency, type QuoteUnit, quoteUnit } from '../money/currency.ts'
import { Decimal } from '../money/decimal.ts'
import { dayNumber, type PlainDate } from '../time/plain-date.ts'
import { type BeforeFirst, DatedSeries, type DatedValue } from './dated-series.ts'
import { type Known, knownAs, olderOf, unknown } from './known.ts'

/** 1 `base` = value `quote`; codes may be hundredths such as GBX. */
export interface RateSeries {
  readonly base: string
  readonly quote: string
  readonly points: Iterable<DatedValue>
}

/** A way from one currency to another on a day, kept as a fraction so that an inverse loses nothing. */
export interface Conversion {
  readonly from: Currency
  readonly to: Currency
  readonly numerator: Decimal
  readonly denominator: Decimal
  /** The rates it is made of, in the order in which they are passed; none between equal currencies. */
  readonly legs: readonly RateUsed[]
}

/** 1 `base` = `value` `quote`, both main currencies; an inverse one divides. */
export interface RateUsed {
  readonly base: Currency
  readonly quote: Currency
  readonly value: Decimal
  readonly inverse: boolean
  /** The day of the entry; null when the rate is recorded on the transaction. */
  readonly date: PlainDate | null
  readonly stale: boolean
}

/** amount × numerator / denominator; exact, to 80 digits where the quotient has no end. */
export function converted(amount: Decimal, { numerator, denominator }: Conversion): Decimal {
  return times(amount, numerator).ratio(denominator)
}

/** The same, rounded half away from zero to so many places. */
export function convertedTo(places: number, amount: Decimal, { numerator, denominator }: Conversion): Decimal {
  return times(amount, numerator).dividedBy(denominator, { scale: places, rounding: 'half-away-from-zero' })
}

interface Edge {
  readonly to: Currency
  readonly inverse: boolean
  readonly series: DatedSeries
  /** Quote units per currency on either side: pence make it 100. */
  readonly base: QuoteUnit
  readonly quote: QuoteUnit
}

/**
 * Market rates between currencies: direct, inverse, or crossed by the shortest path of pairs that have an entry on the day (a pair
 * quoted as asked goes before its inverse, then in the order given). Each holds until the next entry.
 */
export class RateTable {
  readonly #edges = new Map<Currency, Edge[]>()
  readonly #firstDays: number[] = []
  /** What was asked before: transactions of one day share a rate. */
  readonly #answers = new Map<string, Known<Conversion>>()
  readonly #paths = new Map<string, readonly Edge[] | null>()

  constructor(series: Iterable<RateSeries>) {
    for (const { base, quote, points } of series) this.#add(unitOf(base), unitOf(quote), new DatedSeries(points))
    for (const edges of this.#edges.values()) edges.sort((a, b) => Number(a.inverse) - Number(b.inverse))
    this.#firstDays.sort((a, b) => a - b)
  }

  static readonly empty: RateTable = new RateTable([])

  /** The conversion of a day; unknown (`missing-rate`) where no path has rates. */
  between(from: Currency, to: Currency, date: PlainDate, beforeFirst: BeforeFirst = 'unknown'): Known<Conversion> {
    const key = `${from}${to}${date}${beforeFirst}`
    let answer = this.#answers.get(key)
    if (!answer) {
      answer = this.#lookUp(from, to, date, beforeFirst)
      this.#answers.set(key, answer)
    }
    return answer
  }

  #lookUp(from: Currency, to: Currency, date: PlainDate, beforeFirst: BeforeFirst): Known<Conversion> {
    if (from === to) return knownAs({ from, to, numerator: Decimal.one, denominator: Decimal.one, legs: [] }, null, false)
    const path = this.#path(from, to, dayNumber(date), beforeFirst)
    if (!path) return unknown('missing-rate', `no rate from ${from} to ${to} on or before ${date}`, { name: `${from}/${to}`, date })
    let [numerator, denominator, oldest, stale] = [Decimal.one, Decimal.one, null as PlainDate | null, false]
    const legs: RateUsed[] = []
    for (const edge of path) {
      const rate = edge.series.on(date, beforeFirst)
      if (!rate?.known)
        return unknown('missing-rate', `no rate from ${from} to ${to} on or before ${date}`, { name: `${from}/${to}`, date })
      const [up, down] = [rate.value.times(edge.base.perCurrency), edge.quote.perCurrency]
      numerator = times(numerator, edge.inverse ? down : up)
      denominator = times(denominator, edge.inverse ? up : down)
      oldest = olderOf(oldest, rate.date)
      stale ||= rate.stale
      const value = edge.quote.perCurrency === edge.base.perCurrency ? rate.value : up.ratio(down)
      legs.push({ base: edge.base.currency, quote: edge.quote.currency, value, inverse: edge.inverse, date: rate.date, stale: rate.stale })
    }
    return knownAs({ from, to, numerator, denominator, legs }, oldest, stale)
  }

  #add(base: QuoteUnit, quote: QuoteUnit, series: DatedSeries): void {
    if (base.currency === quote.currency || series.isEmpty) return
    this.#edgesOf(base.currency).push({ to: quote.currency, inverse: false, series, base, quote })
    this.#edgesOf(quote.currency).push({ to: base.currency, inverse: true, series, base, quote })
    this.#firstDays.push(series.firstDay)
  }

  #edgesOf(currency: Currency): Edge[] {
    const edges = this.#edges.get(currency) ?? []
    this.#edges.set(currency, edges)
    return edges
  }

  /** Paths change only on days on which a series begins, so one answer serves the days between two beginnings. */
  #path(from: Currency, to: Currency, day: number, beforeFirst: BeforeFirst): readonly Edge[] | null {
    const begun = beforeFirst === 'first' ? this.#firstDays.length : this.#firstDays.filter((first) => first <= day).length
    const key = `${from}>${to}#${begun}`
    const remembered = this.#paths.get(key)
    if (remembered !== undefined) return remembered
    const found = this.#shortestPath(from, to, (edge) => beforeFirst === 'first' || edge.series.firstDay <= day)
    this.#paths.set(key, found)
    return found
  }

  #shortestPath(from: Currency, to: Currency, usable: (edge: Edge) => boolean): readonly Edge[] | null {
    const reached = new Map<Currency, readonly Edge[]>([[from, []]])
    for (const [here, path] of reached) {
      if (here === to) return path
      for (const edge of this.#edges.get(here) ?? []) {
        if (usable(edge) && !reached.has(edge.to)) reached.set(edge.to, [...path, edge])
      }
    }
    return null
  }
}

function unitOf(code: string): QuoteUnit {
  const unit = quoteUnit(code)
  if (!unit) throw new RangeError(`unknown currency: ${JSON.stringify(code)}`)
  return unit
}

function times(a: Decimal, b: Decimal): Decimal {
  return b === Decimal.one ? a : a === Decimal.one ? b : a.times(b)
}
