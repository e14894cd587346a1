import type { Currency, QuoteUnit } from '../money/currency.ts'

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
}

/**
 * The rates of one pair, ascending by day: 1 `base` = value `quote`. The inverse serves too.
 * `values` are the doubles nearest to the decimal text. A double's shortest text is the original text up to 15 significant
 * digits, so nothing is lost; a longer text stands in `exact` under its index.
 */
export interface RateColumn {
  readonly base: Currency
  readonly quote: Currency
  readonly days: Int32Array
  readonly values: Float64Array
  readonly exact?: ReadonlyMap<number, string> | undefined
}
