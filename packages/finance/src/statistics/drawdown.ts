import type { FlowTiming } from '../returns/flow-timing.ts'
import { type DailySeries, growthCurve, type Period, wholeOf } from '../returns/time-weighted-return.ts'

/** A stretch of days, ends included, in day numbers. */
export interface Stretch {
  readonly from: number
  readonly to: number
  /** to − from */
  readonly days: number
}

export interface Drawdown {
  /** The largest (peak − value) / peak, a positive fraction; past 1 with leverage. */
  readonly max: number
  /** Of the largest one: its peak and its bottom; both the first day when nothing ever fell. */
  readonly peakDay: number
  readonly bottomDay: number
  /** First day above that peak again; null while still under water, or when nothing ever fell. */
  readonly recoveredDay: number | null
  /** Longest stretch from a peak to a day not above it or to the next peak, also if still under water. */
  readonly longest: Stretch
  /** Longest stretch from a bottom to the next new peak, or to the end. */
  readonly recovery: Stretch
}

/**
 * Drawdown of a curve of growth (1 + cumulative return), whose first entry is a peak. The times are those of Portfolio Performance.
 * @param curve one value per day
 * @param days ascending day numbers, as many
 * @returns null for an empty curve or one with an unknown (NaN) value
 */
export function drawdown(curve: ArrayLike<number>, days: ArrayLike<number>): Drawdown | null {
  if (curve.length === 0) return null
  const first = days[0] as number
  let [peak, peakDay, bottom, bottomDay] = [curve[0] as number, first, curve[0] as number, first]
  let [longest, recovery] = [stretch(first, first), stretch(first, first)]
  let deepest = { max: 0, peakDay: first, bottomDay: first, recoveredDay: null as number | null }
  for (let i = 0; i < curve.length; i++) {
    const [value, day] = [curve[i] as number, days[i] as number]
    if (Number.isNaN(value)) return null
    longest = longer(longest, stretch(peakDay, day))
    if (value > peak) {
      recovery = longer(recovery, stretch(bottomDay, day))
      if (deepest.max > 0 && deepest.peakDay === peakDay) deepest = { ...deepest, recoveredDay: day }
      ;[peak, peakDay, bottom, bottomDay] = [value, day, value, day]
    } else if ((peak - value) / peak > deepest.max) {
      deepest = { max: (peak - value) / peak, peakDay, bottomDay: day, recoveredDay: null }
    }
    if (value < bottom) [bottom, bottomDay] = [value, day]
  }
  recovery = longer(recovery, stretch(bottomDay, days[days.length - 1] as number))
  return { ...deepest, longest, recovery }
}

/** value / highest value so far − 1, per entry: 0 on peaks, else negative. The chart under a performance chart. */
export function drawdownCurve(curve: ArrayLike<number>): Float64Array {
  let peak = Number.NEGATIVE_INFINITY
  return Float64Array.from(curve, (value) => {
    peak = Math.max(peak, value)
    return value / peak - 1
  })
}

/** Drawdown of the time-weighted return of a period, from the first day that has a value; null where a day is unknown or none has one. */
export function drawdownOfSeries(series: DailySeries, period: Period = wholeOf(series), timing: FlowTiming = 'split'): Drawdown | null {
  const curve = growthCurve(series, period, timing)
  const start = curve.findIndex((_, i) => series.value[period.from - series.firstDay + i] !== 0)
  if (start < 0) return null
  const held = curve.subarray(start)
  return drawdown(
    held,
    Int32Array.from(held, (_, i) => period.from + start + i),
  )
}

function stretch(from: number, to: number): Stretch {
  return { from, to, days: to - from }
}

function longer(longest: Stretch, candidate: Stretch): Stretch {
  return candidate.days > longest.days ? candidate : longest
}
