import type { Call } from '@pe/contracts/actor.ts'
import type { ValuationSeries } from '@pe/contracts/analytics.ts'
import { digitsOf } from '@pe/finance/money/currency.ts'
import { Decimal } from '@pe/finance/money/decimal.ts'
import type { FlowTiming } from '@pe/finance/returns/flow-timing.ts'
import { growthCurve, timeWeightedReturn } from '@pe/finance/returns/time-weighted-return.ts'
import { dateOfDay } from '@pe/finance/time/plain-date.ts'
import type { Deps } from '../deps.ts'
import type { FigureScope } from '../scopes/figure-scope.ts'
import type { ValueSeries } from '../valuations/value-series.ts'
import { asKnownWarnings } from './as-known-warnings.ts'
import { gapsWithin, gapWarning, gapWords } from './gap-words.ts'
import { type AskedPeriod, seriesFor } from './series-for.ts'

/** Value, money paid in and cumulative return of a scope, day by day: what the chart shows. */
export async function valuations(
  deps: Deps,
  call: Call,
  scope: FigureScope,
  asked: AskedPeriod & { flowTiming?: FlowTiming | undefined },
): Promise<ValuationSeries> {
  const { series, period, nameOf } = await seriesFor(deps, call, scope, asked)
  const { from, to } = period.series
  const indexes = Array.from({ length: to - from + 1 }, (_, i) => from - series.firstDay + i)
  const amount = (minor: number): string | null => (Number.isNaN(minor) ? null : amountText(minor, digitsOf(series.currency)))
  const paidIn = contributions(series)
  const gaps = gapsWithin(series.gaps, from, to)
  return {
    currency: series.currency,
    days: indexes.map((i) => dateOfDay(series.firstDay + i)),
    values: indexes.map((i) => amount(series.value[i] as number)),
    contributions: indexes.map((i) => amount(paidIn[i] as number)),
    returns: cumulativeReturns(series, period.series, asked.flowTiming ?? 'split'),
    unknown: gaps.map((gap) => ({
      from: dateOfDay(gap.from),
      to: dateOfDay(gap.to),
      reason: gap.reason,
      ...gapWords(gap, gap.from, nameOf),
    })),
    staleFrom: staleFrom(series, from, to),
    warnings: [...asKnownWarnings(scope), ...gaps.map((gap) => gapWarning(gap, nameOf))],
  }
}

/** Net money paid in up to each day; unknown from the first unknown flow on. */
function contributions({ inflow, outflow }: ValueSeries): Float64Array {
  let sum = 0
  return inflow.map((amount, i) => {
    sum += amount - (outflow[i] as number)
    return sum
  })
}

function cumulativeReturns(series: ValueSeries, period: { from: number; to: number }, timing: FlowTiming): (number | null)[] {
  const { troubleDay } = timeWeightedReturn(series, period, timing)
  const tellable = troubleDay === null ? period.to : troubleDay - 1
  return Array.from(growthCurve(series, period, timing), (growth, i) =>
    period.from + i > tellable || Number.isNaN(growth) ? null : growth - 1,
  )
}

/** The day since which every value to the end rests on something old; null when the last one does not. */
function staleFrom(series: ValueSeries, from: number, to: number) {
  let day = to + 1
  while (day > from && series.stale[day - 1 - series.firstDay] === 1) day--
  return day > to ? null : dateOfDay(day)
}

/** The kernel's way back to money: whole minor units exactly, parts of them as they are. */
function amountText(minor: number, digits: number): string {
  if (Number.isSafeInteger(minor)) return Decimal.fromScaled(minor, digits).toString()
  return Decimal.parse((minor / 10 ** digits).toFixed(10)).toString()
}
