import type { Call } from '@pe/contracts/actor.ts'
import type { MonthlyReturns } from '@pe/contracts/analytics.ts'
import type { FlowTiming } from '@pe/finance/returns/flow-timing.ts'
import { monthlyTable } from '@pe/finance/returns/period-returns.ts'
import { dayReturns, timeWeightedReturn } from '@pe/finance/returns/time-weighted-return.ts'
import type { Deps } from '../deps.ts'
import type { FigureScope } from '../scopes/figure-scope.ts'
import { asKnownWarnings } from './as-known-warnings.ts'
import { type AskedPeriod, seriesFor } from './series-for.ts'

/** Time-weighted return of each month and year of a period. From a day on that no return can be told for, months are unknown. */
export async function monthlyReturns(
  deps: Deps,
  call: Call,
  scope: FigureScope,
  asked: AskedPeriod & { flowTiming?: FlowTiming | undefined },
): Promise<MonthlyReturns> {
  const { series, period } = await seriesFor(deps, call, scope, asked)
  const { from, to } = period.series
  const timing = asked.flowTiming ?? 'split'
  const returns = dayReturns(series, timing).slice(from - series.firstDay, to - series.firstDay + 1)
  const { troubleDay, status } = timeWeightedReturn(series, period.series, timing)
  if (troubleDay !== null && status !== 'unknown') returns.fill(Number.NaN, Math.max(1, troubleDay - from))
  const years = monthlyTable(returns, from).map(({ year, months, total }) => ({ year, months: [...months], total }))
  return { currency: series.currency, warnings: asKnownWarnings(scope), years }
}
