import type { RecordedRate } from '../ledger/transaction.ts'
import { type Currency, quoteUnit } from '../money/currency.ts'
import { lastUpTo, type RateColumn } from './columns.ts'
import { fitting, roundedRatio, roundedSafely } from './exact-rounding.ts'

/** A fraction of integers: 1 unit of one currency = numerator / denominator of the other. */
export interface Fraction {
  readonly numerator: bigint
  readonly denominator: bigint
}

/** The way from one currency to another on every day of a span. */
export interface ConversionColumn {
  readonly pair: string
  /** Day number of entry 0. */
  readonly firstDay: number
  /** The double nearest to the rate of each day; NaN where there is none. */
  readonly ratios: Float64Array
  /** The oldest day of a rate used; staleness is told from it. */
  readonly ratedOn: Int32Array
  /** The rate without any rounding. */
  exactly(day: number): Fraction
}

export const unity: Fraction = { numerator: 1n, denominator: 1n }

interface Edge {
  readonly to: Currency
  readonly inverse: boolean
  readonly column: RateColumn
  readonly up: bigint
  readonly down: bigint
}

/**
 * Conversion columns over one span of days, made when first asked for. The path between two currencies is the shortest over the pairs that
 * have an entry on the day, a pair quoted as asked before its inverse, then in the order given: as prices/rate-table.ts.
 */
export class ConversionColumns {
  readonly #edges = new Map<Currency, Edge[]>()
  readonly #columns = new Map<string, ConversionColumn>()
  readonly #beginnings: readonly number[]
  readonly #firstDay: number
  readonly #lastDay: number
  readonly #lookAhead: boolean

  constructor(rates: readonly RateColumn[], firstDay: number, lastDay: number, lookAhead: boolean) {
    this.#firstDay = firstDay
    this.#lastDay = lastDay
    this.#lookAhead = lookAhead
    for (const column of rates) this.#add(column)
    for (const edges of this.#edges.values()) edges.sort((a, b) => Number(a.inverse) - Number(b.inverse))
    const starts = rates.filter(({ days }) => days.length > 0).map(({ days }) => days[0] as number)
    this.#beginnings = [...new Set(starts.filter((day) => day > firstDay && day <= lastDay && !lookAhead))].sort((a, b) => a - b)
  }

  column(from: Currency, to: Currency): ConversionColumn {
    const pair = `${from}/${to}`
    const made = this.#columns.get(pair) ?? this.#make(pair, from, to)
    this.#columns.set(pair, made)
    return made
  }

  #add(column: RateColumn): void {
    const [base, quote] = [quoteUnit(column.base), quoteUnit(column.quote)]
    if (!base || !quote) throw new RangeError(`unknown currency in ${column.base}/${column.quote}`)
    if (column.days.length === 0 || base.currency === quote.currency) return
    const [up, down] = [BigInt(base.perCurrency.toString()), BigInt(quote.perCurrency.toString())]
    this.#edgesOf(base.currency).push({ to: quote.currency, inverse: false, column, up, down })
    this.#edgesOf(quote.currency).push({ to: base.currency, inverse: true, column, up, down })
  }

  #edgesOf(currency: Currency): Edge[] {
    const edges = this.#edges.get(currency) ?? []
    this.#edges.set(currency, edges)
    return edges
  }

  #make(pair: string, from: Currency, to: Currency): ConversionColumn {
    const length = this.#lastDay - this.#firstDay + 1
    const ratios = new Float64Array(length).fill(Number.NaN)
    const ratedOn = new Int32Array(length)
    const starts = [this.#firstDay, ...this.#beginnings]
    for (const [i, start] of starts.entries()) {
      const path = this.#path(from, to, start)
      if (path) this.#fill(path, start, (starts[i + 1] ?? this.#lastDay + 1) - 1, ratios, ratedOn)
    }
    const exactly = (day: number): Fraction => {
      const path = this.#path(from, to, day)
      if (!path) throw new RangeError(`no rate for ${pair}`)
      return path.map((edge) => exactRate(edge, Math.max(0, lastUpTo(edge.column.days, day)))).reduce(multiplied, unity)
    }
    return { pair, firstDay: this.#firstDay, ratios, ratedOn, exactly }
  }

  #fill(path: readonly Edge[], first: number, last: number, ratios: Float64Array, ratedOn: Int32Array): void {
    const at = path.map(({ column }) => Math.max(0, lastUpTo(column.days, first)))
    for (let day = first; day <= last; day++) {
      let ratio = 1
      let oldest = day
      for (let e = 0; e < path.length; e++) {
        const { column, inverse, up, down } = path[e] as Edge
        let k = at[e] as number
        while (k + 1 < column.days.length && (column.days[k + 1] as number) <= day) k++
        at[e] = k
        const rate = ((column.values[k] as number) * Number(up)) / Number(down)
        ratio = inverse ? ratio / rate : ratio * rate
        // A rate looked up ahead is as stale as one carried: its distance counts.
        oldest = Math.min(oldest, day - Math.abs(day - (column.days[k] as number)))
      }
      ratios[day - this.#firstDay] = ratio
      ratedOn[day - this.#firstDay] = oldest
    }
  }

  #path(from: Currency, to: Currency, day: number): readonly Edge[] | null {
    const reached = new Map<Currency, readonly Edge[]>([[from, []]])
    for (const [here, path] of reached) {
      if (here === to) return path
      for (const edge of this.#edges.get(here) ?? []) {
        const usable = this.#lookAhead || (edge.column.days[0] as number) <= day
        if (usable && !reached.has(edge.to)) reached.set(edge.to, [...path, edge])
      }
    }
    return null
  }
}

/**
 * An amount in minor units, or at another scale of `from`, in minor units of `to`, rounded half away from zero. NaN without a rate.
 * @param places 10^places of `amount` make one unit of its currency
 * @param digits of the minor unit that comes out
 */
export function convertedAt(
  amount: number,
  places: number,
  digits: number,
  column: ConversionColumn,
  day: number,
  rounded: boolean,
): number {
  if (amount === 0) return 0
  const ratio = column.ratios[day - column.firstDay] as number
  if (Number.isNaN(ratio)) return Number.NaN
  const x = places === digits ? amount * ratio : amount * ratio * 10 ** (digits - places)
  if (!rounded) return x
  const certain = roundedSafely(x)
  if (!Number.isNaN(certain)) return fitting(certain)
  return exactlyConverted(amount, places, digits, column.exactly(day))
}

/** The same by a fraction alone, where a rate is recorded on the transaction. */
export function exactlyConverted(amount: number, places: number, digits: number, { numerator, denominator }: Fraction): number {
  const shift = digits - places
  const [up, down] = [10n ** BigInt(Math.max(0, shift)), 10n ** BigInt(Math.max(0, -shift))]
  return roundedRatio(BigInt(amount) * numerator * up, denominator * down)
}

/** The recorded rate from one currency to another, if it speaks of the two; null otherwise. */
export function recordedFraction(rate: RecordedRate | undefined, from: Currency, to: Currency): Fraction | null {
  if (!rate) return null
  const recorded = fractionOf(rate.value.toString())
  if (rate.from === from && rate.to === to) return recorded
  if (rate.from === to && rate.to === from) return { numerator: recorded.denominator, denominator: recorded.numerator }
  return null
}

function multiplied(a: Fraction, b: Fraction): Fraction {
  return { numerator: a.numerator * b.numerator, denominator: a.denominator * b.denominator }
}

function exactRate({ column, inverse, up, down }: Edge, index: number): Fraction {
  const { numerator, denominator } = fractionOf(column.exact?.get(index) ?? String(column.values[index]))
  const rate = { numerator: numerator * up, denominator: denominator * down }
  return inverse ? { numerator: rate.denominator, denominator: rate.numerator } : rate
}

/** '1.0864' or '1e-7' as a fraction of integers. */
function fractionOf(text: string): Fraction {
  const [mantissa = '', exponent = '0'] = text.toLowerCase().split('e')
  const [whole = '', decimals = ''] = mantissa.split('.')
  const shift = Number(exponent) - decimals.length
  const digits = BigInt(whole + decimals)
  return shift >= 0
    ? { numerator: digits * 10n ** BigInt(shift), denominator: 1n }
    : { numerator: digits, denominator: 10n ** BigInt(-shift) }
}
