import { told } from '@pe/finance/explain/steps.ts'
import { given, type Trail, unknownLeaf } from '@pe/finance/explain/trail.ts'
import { growthCurve } from '@pe/finance/returns/time-weighted-return.ts'
import { returnsOfMarketDays, returnsOfObservedDays, tradingDaysPerYear } from '@pe/finance/statistics/volatility.ts'
import { dateOfDay, dayNumber, type PlainDate } from '@pe/finance/time/plain-date.ts'
import type { Book, ViewOptions } from '@pe/finance/valuation/book.ts'
import type { Scope } from '@pe/finance/valuation/scope.ts'
import { valueOn } from '@pe/finance/valuation/value.ts'
import type { PeriodSeries } from '../figures/returns-of-period.ts'
import type { RiskFigures } from '../figures/risk-figures.ts'
import type { Trails } from './trail-names.ts'

/** How drawdown and the two volatilities came about. */
export function riskTrails(book: Book, scope: Scope, of: PeriodSeries, risk: RiskFigures, options: ViewOptions): Trails {
  const { series, period, flowTiming } = of
  const { maxDrawdown, volatility, volatilityOfPeriod } = risk
  const observed = returnsOfObservedDays(series, period.series, flowTiming)
  const logs = returnsOfMarketDays(series, period.series, flowTiming).map((r) => Math.log1p(r))
  return {
    maxDrawdown:
      maxDrawdown.value === null
        ? unknownLeaf('maxDrawdown', maxDrawdown.reason ?? 'nothing-held')
        : drawdownTrail(book, scope, of, { ...maxDrawdown, value: maxDrawdown.value }, options),
    volatility: deviation('volatility', volatility, observed, tradingDaysPerYear),
    volatilityOfPeriod: deviation('volatilityOfPeriod', volatilityOfPeriod, logs, logs.length),
  }
}

/** The curve of growth from the first day with a value on, the points between which it fell deepest, and what was held worth on both. */
function drawdownTrail(
  book: Book,
  scope: Scope,
  { series, period, flowTiming }: PeriodSeries,
  { value, peak, trough }: RiskFigures['maxDrawdown'] & { value: number },
  options: ViewOptions,
): Trail {
  const { from } = period.series
  const whole = growthCurve(series, period.series, flowTiming)
  const held = Math.max(
    0,
    whole.findIndex((_, at) => series.value[from - series.firstDay + at] !== 0),
  )
  const curve = [...whole.subarray(held)]
  const trail = { figure: 'maxDrawdown', value, op: 'max-drawdown' } as const
  const parameters = { curve, firstDay: dateOfDay(from + held) }
  if (peak === null || trough === null) return { ...trail, inputs: [], parameters }
  const point = (figure: string, date: PlainDate): Trail =>
    given(figure, curve[dayNumber(date) - from - held] ?? null, { source: { kind: 'day', date } })
  const worth = (date: PlainDate): string | null => told(valueOn(book, scope, date, options).value)
  return {
    ...trail,
    inputs: [point('drawdown.peak', peak), point('drawdown.trough', trough)],
    parameters: { ...parameters, peakDay: peak, peakValue: worth(peak), troughDay: trough, troughValue: worth(trough) },
  }
}

function deviation(figure: string, { value, reason }: RiskFigures['volatility'], returns: readonly number[], scale: number): Trail {
  if (value === null) return unknownLeaf(figure, reason ?? 'too-few-observations')
  if (returns.length < 2) return given(figure, value)
  return { figure, value, op: 'sample-deviation', inputs: [], parameters: { returns, scale } }
}
