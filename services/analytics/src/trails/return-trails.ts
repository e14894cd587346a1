import { type Trail, unknownLeaf } from '@pe/finance/explain/trail.ts'
import { digitsOf } from '@pe/finance/money/currency.ts'
import type { PeriodSeries, ReturnsOfPeriod } from '../figures/returns-of-period.ts'
import type { Trails } from './trail-names.ts'

/** How the returns came about: statistics, from columns of days in units of the currency. */
export function returnTrails(of: PeriodSeries, { figures, cashFlows, trouble }: ReturnsOfPeriod): Trails {
  const { series, period, flowTiming } = of
  const { from, to } = period.series
  const columns = (column: Float64Array, shift = 0): number[] =>
    Array.from(
      column.subarray(from + 1 - shift - series.firstDay, to + 1 - shift - series.firstDay),
      (minor) => minor / 10 ** digitsOf(series.currency),
    )
  const twr: Trail =
    figures.twr.value === null
      ? unknownLeaf('twr', trouble?.reason ?? 'nothing-held')
      : {
          figure: 'twr',
          value: figures.twr.value,
          op: 'growth-chain',
          inputs: [],
          parameters: {
            timing: flowTiming,
            firstDay: period.from,
            opening: columns(series.value, 1),
            inflow: columns(series.inflow),
            outflow: columns(series.outflow),
            closing: columns(series.value),
          },
        }
  const { value: yearly, reason = 'under-one-year' } = figures.twrAnnualised
  const { value: rate, status } = figures.xirr
  return {
    twr,
    twrAnnualised:
      yearly === null
        ? unknownLeaf('twrAnnualised', reason)
        : { figure: 'twrAnnualised', value: yearly, op: 'annualise', inputs: [twr], parameters: { days: period.days } },
    xirr:
      rate === null
        ? unknownLeaf('xirr', figures.xirr.reason ?? status)
        : {
            figure: 'xirr',
            value: rate,
            op: 'internal-rate',
            inputs: [],
            parameters: { amounts: cashFlows.map(({ amount }) => amount), days: cashFlows.map(({ day }) => day - from) },
          },
  }
}
