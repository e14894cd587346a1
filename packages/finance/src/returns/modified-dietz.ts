import type { DatedAmount } from './chained-return.ts'

/** `end-of-day` weighs a flow by the days after it, `start-of-day` counts its own day too, `mid-point` takes half (simple Dietz). */
export type DietzWeighting = 'end-of-day' | 'start-of-day' | 'mid-point'

export interface DietzPeriod {
  readonly beginValue: number
  readonly endValue: number
  /** Day number of the opening valuation (its close). */
  readonly start: number
  /** Day number of the closing valuation. */
  readonly end: number
  /** Paid in positive. */
  readonly flows: readonly DatedAmount[]
}

export interface DietzReturn {
  readonly status: 'ok' | 'undefined_average_capital_not_positive'
  readonly days: number
  readonly netFlow: number
  /** end − begin − net flow */
  readonly gain: number
  /** begin + Σ weight × flow */
  readonly averageCapital: number
  /** gain / average capital, a fraction; may be below −1. Null when the average capital is not positive. */
  readonly rate: number | null
}

/** The fallback where no daily values exist (xirr-twr reference, type `modified_dietz`). Throws a RangeError for an empty span. */
export function modifiedDietz(period: DietzPeriod, weighting: DietzWeighting = 'end-of-day'): DietzReturn {
  const days = period.end - period.start
  if (days <= 0) throw new RangeError('a Dietz period ends after its start')
  const netFlow = period.flows.reduce((sum, { amount }) => sum + amount, 0)
  const gain = period.endValue - period.beginValue - netFlow
  const weighted = period.flows.reduce((sum, { day, amount }) => sum + weight(day - period.start, days, weighting) * amount, 0)
  const averageCapital = period.beginValue + weighted
  if (averageCapital <= 0) return { status: 'undefined_average_capital_not_positive', days, netFlow, gain, averageCapital, rate: null }
  return { status: 'ok', days, netFlow, gain, averageCapital, rate: gain / averageCapital }
}

export interface LinkedDietzReturn {
  readonly periodReturns: readonly (number | null)[]
  /** Π(1 + r) − 1; null when a period has none. */
  readonly linked: number | null
}

/** Consecutive Dietz periods, chained. */
export function linkedModifiedDietz(periods: readonly DietzPeriod[], weighting: DietzWeighting = 'end-of-day'): LinkedDietzReturn {
  const periodReturns = periods.map((period) => modifiedDietz(period, weighting).rate)
  const growth = periodReturns.reduce<number | null>(
    (product, rate) => (product === null || rate === null ? null : product * (1 + rate)),
    1,
  )
  return { periodReturns, linked: growth === null ? null : growth - 1 }
}

function weight(daysFromStart: number, days: number, weighting: DietzWeighting): number {
  if (weighting === 'mid-point') return 1 / 2
  return (days - daysFromStart + (weighting === 'start-of-day' ? 1 : 0)) / days
}
