import type { FlowTiming } from '../returns/flow-timing.ts'
import { type DailySeries, dayReturns, type Period, wholeOf } from '../returns/time-weighted-return.ts'
import { isWeekend } from '../time/plain-date.ts'
import { marketHolidays } from './market-holidays.ts'

/** Trading days that a year is taken to have when daily figures are annualised. */
export const tradingDaysPerYear = 252

/** Sample standard deviation (n − 1); null for fewer than two. */
export function sampleDeviation(values: ArrayLike<number>): number | null {
  const n = values.length
  if (n < 2) return null
  let sum = 0
  for (let i = 0; i < n; i++) sum += values[i] as number
  const mean = sum / n
  let squares = 0
  for (let i = 0; i < n; i++) squares += ((values[i] as number) - mean) ** 2
  return Math.sqrt(squares / (n - 1))
}

/** A daily series that knows on which days one of its holdings had a close of that very day. A `DailyValuation` is one. */
export interface ObservedSeries extends DailySeries {
  /** More than 0 where at least one holding has a close of the day itself. */
  readonly observed: Uint8Array | Uint16Array
}

/**
 * Volatility per year: sample standard deviation of the simple daily returns on Mondays to Fridays with a close for at least one holding,
 * × √252. A fraction (0.15 = 15 %). Null with fewer than two such days, or where one is unknown.
 */
export function volatility(series: ObservedSeries, period: Period = wholeOf(series), timing: FlowTiming = 'split'): number | null {
  const deviation = sampleDeviation(returnsOfObservedDays(series, period, timing))
  return deviation === null || Number.isNaN(deviation) ? null : deviation * Math.sqrt(tradingDaysPerYear)
}

/** The daily returns that `volatility` counts: of Mondays to Fridays on which at least one holding has a close of the day. NaN where unknown. */
export function returnsOfObservedDays(series: ObservedSeries, period: Period = wholeOf(series), timing: FlowTiming = 'split'): number[] {
  const returns = dayReturns(series, timing)
  const counted: number[] = []
  for (let day = period.from + 1; day <= period.to; day++) {
    const at = day - series.firstDay
    if (!isWeekend(day) && (series.observed[at] as number) > 0) counted.push(returns[at] as number)
  }
  return counted
}

/**
 * Volatility of the whole period in the form of Portfolio Performance: √(Σ(x − m)² / (n − 1) · n) over x = ln(1 + r), not per year.
 * @param returns simple returns as fractions, above −1; 0 for one or none
 */
export function volatilityOfPeriod(returns: readonly number[]): number {
  return logDeviation(returns, () => true)
}

/** The same with only those below the mean in the sum, but the same n. */
export function semivolatilityOfPeriod(returns: readonly number[]): number {
  return logDeviation(returns, (x, mean) => x < mean)
}

/**
 * The daily returns that Portfolio Performance counts for these two figures: without the opening day, days with no value at their start or
 * end, weekends and market holidays. NaN where unknown.
 */
export function returnsOfMarketDays(series: DailySeries, period: Period = wholeOf(series), timing: FlowTiming = 'split'): number[] {
  const returns = dayReturns(series, timing)
  const holidays = marketHolidays(period.from, period.to)
  const counted: number[] = []
  for (let day = period.from + 1; day <= period.to; day++) {
    const at = day - series.firstDay
    const empty = series.value[at] === 0 || series.value[at - 1] === 0
    if (!empty && !isWeekend(day) && !holidays.has(day)) counted.push(returns[at] as number)
  }
  return counted
}

function logDeviation(returns: readonly number[], counts: (x: number, mean: number) => boolean): number {
  const n = returns.length
  if (n <= 1) return 0
  const logs = returns.map((value) => Math.log1p(value))
  const mean = logs.reduce((sum, x) => sum + x, 0) / n
  const squares = logs.reduce((sum, x) => (counts(x, mean) || Number.isNaN(x) ? sum + (x - mean) ** 2 : sum), 0)
  return Math.sqrt((squares / (n - 1)) * n)
}
