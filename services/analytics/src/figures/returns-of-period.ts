import type { Performance } from '@pe/contracts/analytics.ts'
import type { RatioFigure, Reason } from '@pe/contracts/scalars.ts'
import type { DailyValuation } from '@pe/finance/kernel/daily-valuation.ts'
import { digitsOf } from '@pe/finance/money/currency.ts'
import type { Facts } from '@pe/finance/outcome.ts'
import type { DatedAmount } from '@pe/finance/returns/chained-return.ts'
import type { FlowTiming } from '@pe/finance/returns/flow-timing.ts'
import { internalRateOfReturn } from '@pe/finance/returns/internal-rate-of-return.ts'
import { type ReturnStatus, type TimeWeightedReturn, timeWeightedReturn } from '@pe/finance/returns/time-weighted-return.ts'
import type { PlainDate } from '@pe/finance/time/plain-date.ts'
import type { FigurePeriod } from '../scopes/figure-period.ts'
import type { ValueSeries } from '../valuations/value-series.ts'
import { gapsWithin, gapWords, type NameOf } from './gap-words.ts'

/** The daily values of a period, whatever its figures are then called. */
export interface PeriodSeries {
  readonly series: DailyValuation
  readonly period: FigurePeriod
  readonly flowTiming: FlowTiming
  readonly nameOf: NameOf
  /** The oldest close or rate that the figures rest on, when it is too old. */
  readonly staleSince: PlainDate | undefined
}

/** Why a figure of the period cannot be told. */
export interface Trouble {
  readonly reason: Reason
  readonly detail?: string
  readonly facts?: Facts
}

export interface ReturnsOfPeriod {
  readonly figures: Pick<Performance, 'twr' | 'twrAnnualised' | 'xirr'>
  readonly timeWeighted: TimeWeightedReturn
  /** In units of the currency: paid in negative, with the opening value first and the closing value last. */
  readonly cashFlows: readonly DatedAmount[]
  readonly trouble: Trouble | null
}

const reasonOf: Record<Exclude<ReturnStatus, 'ok' | 'total_loss' | 'unknown'>, Reason> = {
  undefined_nonpositive_base: 'negative-value',
  undefined_negative_value: 'negative-value',
}

/** Time-weighted and money-weighted return of a period, each a figure or the reason why there is none. */
export function returnsOfPeriod(of: PeriodSeries): ReturnsOfPeriod {
  const { series, flowTiming, staleSince } = of
  const { from, to } = of.period.series
  const timeWeighted = timeWeightedReturn(series, { from, to }, flowTiming)
  const trouble = troubleOf(of, timeWeighted)
  const ratio = (value: number | null, otherwise: Trouble | null): RatioFigure =>
    value === null ? { value, ...(otherwise ?? { reason: 'nothing-held' }) } : { value, ...(staleSince ? { staleSince } : {}) }
  const twr = trouble ? null : timeWeighted.twr
  // Of the period that was asked for, which may begin before anything was held.
  const { days } = of.period
  const annualised = twr === null || days < 365 ? null : (1 + twr) ** (365 / days) - 1
  const cashFlows = flowsForRate(series, from, to)
  const unknown = timeWeighted.status === 'unknown' ? trouble : null
  return {
    figures: {
      twr: ratio(twr, trouble),
      twrAnnualised: ratio(annualised, twr !== null && days < 365 ? { reason: 'under-one-year' } : trouble),
      xirr: xirrFigure(cashFlows, unknown),
    },
    timeWeighted,
    cashFlows,
    trouble,
  }
}

function troubleOf({ series, period, nameOf }: PeriodSeries, { status, troubleDay }: TimeWeightedReturn): Trouble | null {
  const { from, to } = period.series
  if (status === 'unknown') {
    const gap = gapsWithin(series.gaps, from, to).find((each) => troubleDay === null || (each.from <= troubleDay && troubleDay <= each.to))
    return gap ? { reason: gap.reason, ...gapWords(gap, gap.to, nameOf) } : { reason: 'missing-close' }
  }
  if (status !== 'ok' && status !== 'total_loss') return { reason: reasonOf[status] }
  const span = (column: Float64Array): Float64Array => column.subarray(from - series.firstDay, to - series.firstDay + 1)
  const nothing = [series.value, series.inflow, series.outflow].every((column) => span(column).every((amount) => amount === 0))
  return nothing ? { reason: 'nothing-held' } : null
}

/** Opening value and money paid in are negative, money taken out and the closing value positive. */
function flowsForRate(series: ValueSeries, from: number, to: number): DatedAmount[] {
  const unit = 10 ** digitsOf(series.currency)
  const at = (column: Float64Array, day: number): number => (column[day - series.firstDay] as number) / unit
  const flows: DatedAmount[] = [{ day: from, amount: -at(series.value, from) }]
  for (let day = from + 1; day <= to; day++) {
    const amount = at(series.outflow, day) - at(series.inflow, day)
    if (amount !== 0) flows.push({ day, amount })
  }
  flows.push({ day: to, amount: at(series.value, to) })
  return flows
}

const rateReasons: Record<string, Reason> = {
  no_root: 'no-root',
  undefined_no_sign_change: 'no-sign-change',
  undefined_zero_span: 'zero-span',
  undefined_all_zero: 'all-zero',
}

function xirrFigure(cashFlows: readonly DatedAmount[], unknown: Trouble | null): Performance['xirr'] {
  if (unknown) return { value: null, status: 'unknown', roots: [], reason: unknown.reason, ofPeriod: null }
  const { rate, status, roots, periodReturn } = internalRateOfReturn(cashFlows)
  const reason = rateReasons[status]
  return { value: rate, status, roots: [...roots], ofPeriod: rate === -1 ? -1 : periodReturn, ...(reason ? { reason } : {}) }
}
