import { Decimal } from '../money/decimal.ts'
import { dayNumber, type PlainDate } from '../time/plain-date.ts'
import { type Known, knownAs, staleAfterDays } from './known.ts'

/** What a series answers for a day before its first entry: nothing, or its first entry (look-ahead). */
export type BeforeFirst = 'unknown' | 'first'

/** One point of a series; text is parsed only when somebody asks for it. */
export interface DatedValue {
  readonly date: PlainDate
  readonly value: Decimal | string
}

/**
 * Values by day that hold until the next entry. Points may come in any order; of several for one day the last wins.
 * A look-up costs a binary search. Used for closes and for rates.
 */
export class DatedSeries {
  readonly #days: Int32Array
  readonly #dates: readonly PlainDate[]
  readonly #values: (Decimal | string)[]

  constructor(points: Iterable<DatedValue>) {
    const sorted = Array.from(points, (point) => ({ day: dayNumber(point.date), date: point.date, value: point.value }))
    if (sorted.some((point, at) => at > 0 && point.day < (sorted[at - 1]?.day ?? point.day))) sorted.sort((a, b) => a.day - b.day)
    const unique = sorted.filter((point, at) => point.day !== sorted[at + 1]?.day)
    this.#days = Int32Array.from(unique, (point) => point.day)
    this.#dates = unique.map((point) => point.date)
    this.#values = unique.map((point) => point.value)
  }

  get isEmpty(): boolean {
    return this.#values.length === 0
  }

  /** Day number of the first entry; Infinity when there is none. */
  get firstDay(): number {
    return this.#days[0] ?? Number.POSITIVE_INFINITY
  }

  /** The last entry up to the day, marked stale when it is more than five days old; null where there is none. */
  on(date: PlainDate, beforeFirst: BeforeFirst): Known<Decimal> | null {
    const day = dayNumber(date)
    const at = this.#lastUpTo(day)
    const index = at < 0 && beforeFirst === 'first' ? 0 : at
    const [found, foundOn] = [this.#days[index], this.#dates[index]]
    if (found === undefined || foundOn === undefined) return null
    return knownAs(this.#valueAt(index), foundOn, Math.abs(day - found) > staleAfterDays)
  }

  #valueAt(index: number): Decimal {
    const value = this.#values[index]
    if (value === undefined) throw new RangeError(`no entry ${index}`)
    if (typeof value !== 'string') return value
    const parsed = Decimal.parse(value)
    this.#values[index] = parsed
    return parsed
  }

  #lastUpTo(day: number): number {
    let [low, high] = [0, this.#days.length]
    while (low < high) {
      const middle = (low + high) >>> 1
      if ((this.#days[middle] ?? 0) <= day) low = middle + 1
      else high = middle
    }
    return low - 1
  }
}
