import { type Annualised, annualise } from './annualise.ts'
import { type FlowTiming, growth } from './flow-timing.ts'

/** One entry per calendar day from `firstDay` on; one unit of money throughout; NaN = unknown. A `DailyValuation` is one. */
export interface DailySeries {
  /** Day number of the first entry. */
  readonly firstDay: number
  /** End of day, the flows of the day in it. */
  readonly value: Float64Array
  /** External flows of the day, positive. */
  readonly inflow: Float64Array
  readonly outflow: Float64Array
}

export type ReturnStatus =
  | 'ok'
  /** Everything was lost: −1 for good, whatever is paid in later. */
  | 'total_loss'
  /** Money stood on nothing or on debt: no return can be told. */
  | 'undefined_nonpositive_base'
  /** A value of the chain is below 0. */
  | 'undefined_negative_value'
  /** A value or a flow of the period is unknown. */
  | 'unknown'

export interface TimeWeightedReturn {
  readonly status: ReturnStatus
  /** Π(1 + r) − 1 as a fraction; null unless `ok` or `total_loss`. */
  readonly twr: number | null
  /** Calendar days of the period. */
  readonly days: number
  readonly annualised: Annualised | null
  /** Days that began with nothing and yet gained or lost: counted as 0 %, worth a warning. */
  readonly undefinedDays: number
  /** The first day that stands in the way, when twr is null. */
  readonly troubleDay: number | null
}

/** A period (from, to] in day numbers: the opening value is the end of `from`. */
export interface Period {
  readonly from: number
  readonly to: number
}

/**
 * The return of each day of a series, as fractions: entry i belongs to day `firstDay + i`; entry 0 is 0, since no day before it is known.
 * A base of 0 gives 0, an unknown value or flow NaN. A negative base gives what the formula gives: see `timeWeightedReturn` for the verdict.
 */
export function dayReturns(series: DailySeries, timing: FlowTiming = 'split'): Float64Array {
  const { value, inflow, outflow } = series
  const returns = new Float64Array(value.length)
  for (let i = 1; i < returns.length; i++) {
    const { numerator, base } = growth(at(value, i - 1), at(value, i), at(inflow, i), at(outflow, i), timing)
    returns[i] = base === 0 && !Number.isNaN(numerator) ? 0 : numerator / base - 1
  }
  return returns
}

/**
 * Time-weighted return of (from, to], chained over calendar days (docs/specs/returns.md; the figure `twr` of the reference cases).
 * A base of 0 counts as 0 % and, if something was gained or lost, as an undefined day. Throws a RangeError for a period outside the series.
 */
export function timeWeightedReturn(
  series: DailySeries,
  period: Period = wholeOf(series),
  timing: FlowTiming = 'split',
): TimeWeightedReturn {
  const first = period.from - series.firstDay
  const last = period.to - series.firstDay
  if (first < 0 || last >= series.value.length || last < first) throw new RangeError('the period is not within the series')
  let product = 1
  let undefinedDays = 0
  let baseDay: number | null = null
  let negativeDay: number | null = at(series.value, first) < 0 ? period.from : null
  for (let i = first; i <= last; i++) {
    if (Number.isNaN(at(series.value, i))) return none('unknown', series.firstDay + i)
    if (i === first) continue
    const { numerator, base } = growth(at(series.value, i - 1), at(series.value, i), at(series.inflow, i), at(series.outflow, i), timing)
    if (Number.isNaN(numerator) || Number.isNaN(base)) return none('unknown', series.firstDay + i)
    if (at(series.value, i) < 0) negativeDay ??= series.firstDay + i
    if (base < 0) baseDay ??= series.firstDay + i
    else if (base === 0) undefinedDays += numerator === 0 ? 0 : 1
    else product *= numerator / base
  }
  if (baseDay !== null) return none('undefined_nonpositive_base', baseDay)
  if (negativeDay !== null) return none('undefined_negative_value', negativeDay)
  const days = period.to - period.from
  const twr = product - 1
  return { status: product === 0 ? 'total_loss' : 'ok', twr, days, annualised: annualise(twr, days), undefinedDays, troubleDay: null }

  function none(status: ReturnStatus, troubleDay: number): TimeWeightedReturn {
    return { status, twr: null, days: period.to - period.from, annualised: null, undefinedDays, troubleDay }
  }
}

/** 1 + return since `from`, per day of (from, to], beginning with 1 on `from`: the curve that drawdowns and charts stand on. */
export function growthCurve(series: DailySeries, period: Period = wholeOf(series), timing: FlowTiming = 'split'): Float64Array {
  const returns = dayReturns(series, timing)
  const curve = new Float64Array(period.to - period.from + 1)
  curve[0] = 1
  for (let i = 1; i < curve.length; i++) curve[i] = at(curve, i - 1) * (1 + at(returns, period.from - series.firstDay + i))
  return curve
}

export function wholeOf(series: DailySeries): Period {
  return { from: series.firstDay, to: series.firstDay + series.value.length - 1 }
}

/** Within bounds by construction of the loops above. */
function at(column: Float64Array, index: number): number {
  return column[index] as number
}
