import { type Currency, type QuoteUnit, quoteUnit } from '../money/currency.ts'
import { Decimal } from '../money/decimal.ts'

/**
 * The closes of one instrument, ascending by day, one per day at most.
 * `closes` are integers ×10^scale in `unit` (GBX: pence), so that 101.25 at scale 2 stands as 10125.
 * A close with more digits than fit (2^53) stands as the nearest double, its text in `exact` under its index.
 */
export interface CloseColumn {
  readonly unit: QuoteUnit
  readonly scale: number
  /** Day numbers (time/plain-date.ts `dayNumber`). */
  readonly days: Int32Array
  readonly closes: Float64Array
  readonly exact?: ReadonlyMap<number, string> | undefined
  /** Where a close was carried over a split (closes-over-splits.ts): the day it is of, under its index. */
  readonly pricedOn?: ReadonlyMap<number, number> | undefined
}

/**
 * The rates of one pair, ascending by day: 1 `base` = value `quote` (codes, hundredths such as GBX too). The inverse serves as well.
 * `values` are the doubles nearest to the decimal text. A double's shortest text is the original text up to 15 significant
 * digits, so nothing is lost; a longer text stands in `exact` under its index.
 */
export interface RateColumn {
  readonly base: string
  readonly quote: string
  readonly days: Int32Array
  readonly values: Float64Array
  readonly exact?: ReadonlyMap<number, string> | undefined
}

/** A decimal of up to 15 digits, read as a double and scaled up to here, is less than half a unit away from its integer. */
const certainBelow = 2 ** 50

/** A day number and a decimal text, as stores hand them out. */
export interface DatedText {
  readonly day: number
  readonly value: string
}

/** Builds a column from closes ascending by day; its scale is the most places that any of them uses. */
export function closeColumn(unit: QuoteUnit, points: readonly DatedText[]): CloseColumn {
  const scale = points.reduce((most, { value }) => Math.max(most, placesOf(value)), 0)
  const closes = new Float64Array(points.length)
  const exact = new Map<number, string>()
  for (const [i, { value }] of points.entries()) {
    closes[i] = Math.round(Number(value) * 10 ** scale)
    if (significantDigits(value) <= 15 && Math.abs(closes[i] as number) < certainBelow) continue
    const scaled = Decimal.parse(value).toScaled(scale)
    if (scaled === null) exact.set(i, value)
    closes[i] = scaled ?? Number(value) * 10 ** scale
  }
  return { unit, scale, days: Int32Array.from(points, ({ day }) => day), closes, exact: exact.size > 0 ? exact : undefined }
}

/** Builds a column from rates ascending by day. */
export function rateColumn(base: Currency | string, quote: Currency | string, points: readonly DatedText[]): RateColumn {
  for (const code of [base, quote]) if (!quoteUnit(code)) throw new RangeError(`unknown currency: ${JSON.stringify(code)}`)
  const exact = new Map<number, string>()
  for (const [i, { value }] of points.entries()) if (significantDigits(value) > 15) exact.set(i, value)
  const values = Float64Array.from(points, ({ value }) => Number(value))
  return { base, quote, days: Int32Array.from(points, ({ day }) => day), values, exact: exact.size > 0 ? exact : undefined }
}

/** Index of the last entry up to the day, −1 before the first. */
export function lastUpTo(days: Int32Array, day: number): number {
  let [low, high] = [0, days.length]
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((days[middle] as number) <= day) low = middle + 1
    else high = middle
  }
  return low - 1
}

/** Places after the point without trailing zeros: numeric columns print '101.250000000000000000'. */
function placesOf(text: string): number {
  const point = text.indexOf('.')
  if (point < 0) return 0
  let end = text.length
  while (text.charCodeAt(end - 1) === 48) end--
  return Math.max(0, end - point - 1)
}

/** Digits from the first that is not zero to the last that is not zero after the point; an upper bound for whole numbers. */
function significantDigits(text: string): number {
  const point = text.indexOf('.')
  const end = point < 0 ? text.length : point + 1 + placesOf(text)
  let start = 0
  while (start < end && !(text.charCodeAt(start) >= 49 && text.charCodeAt(start) <= 57)) start++
  return end - start - (point > start && point < end ? 1 : 0)
}
