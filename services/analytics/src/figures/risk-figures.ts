import type { Performance } from '@pe/contracts/analytics.ts'
import type { RatioFigure } from '@pe/contracts/scalars.ts'
import { drawdownOfSeries } from '@pe/finance/statistics/drawdown.ts'
import { returnsOfMarketDays, volatility, volatilityOfPeriod } from '@pe/finance/statistics/volatility.ts'
import { dateOfDay, type PlainDate } from '@pe/finance/time/plain-date.ts'
import type { PeriodSeries, ReturnsOfPeriod } from './returns-of-period.ts'

export type RiskFigures = Pick<Performance, 'maxDrawdown' | 'volatility' | 'volatilityOfPeriod'>

/** Drawdown and the two volatilities of a period; unknown for the reason for which its return is. */
export function riskFigures({ series, period, flowTiming, staleSince }: PeriodSeries, { trouble }: ReturnsOfPeriod): RiskFigures {
  if (trouble) {
    const { reason } = trouble
    const none = { value: null, ...trouble }
    return { maxDrawdown: { value: null, reason, peak: null, trough: null, recovered: null }, volatility: none, volatilityOfPeriod: none }
  }
  const fallen = drawdownOfSeries(series, period.series, flowTiming)
  const fell = fallen !== null && fallen.max > 0
  const counted = returnsOfMarketDays(series, period.series, flowTiming)
  const ratio = (value: number | null): RatioFigure =>
    value === null ? { value, reason: 'too-few-observations' } : { value, ...(staleSince ? { staleSince } : {}) }
  return {
    maxDrawdown: {
      value: fallen?.max ?? null,
      ...(fallen ? {} : { reason: 'nothing-held' as const }),
      peak: fell ? dateOfDay(fallen.peakDay) : null,
      trough: fell ? dateOfDay(fallen.bottomDay) : null,
      recovered: dayOrNull(fallen?.recoveredDay),
    },
    volatility: ratio(volatility(series, period.series, flowTiming)),
    volatilityOfPeriod: ratio(volatilityOfPeriod(counted)),
  }
}

function dayOrNull(day: number | null | undefined): PlainDate | null {
  return day === null || day === undefined ? null : dateOfDay(day)
}
