import type { Schema } from '@pe/sdk/client.ts'
import { useCallback, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { axisPlaces } from '../../components/analytics/axis-places.ts'
import type { ChartSeries } from '../../components/analytics/chart-series.ts'
import { SeriesChart } from '../../components/analytics/SeriesChart.tsx'
import { useFormat } from '../../hooks/useFormat.ts'
import type { Scope } from '../../hooks/useScope.ts'

/** The time-weighted return since the start of the period, day by day. */
export function ReturnChart({ scope, series: { days, returns } }: { scope: Scope; series: Schema<'ValuationSeries'> }) {
  const { t } = useTranslation()
  const format = useFormat()
  const series = useMemo<ChartSeries[]>(
    () => [
      {
        name: scope.name,
        values: returns,
        colour: '--chart-1',
        form: 'line',
        words: (at) => {
          const value = returns[at] ?? null
          return value === null ? null : format.percent(value, { signed: true })
        },
      },
    ],
    [returns, format, scope.name],
  )
  const places = axisPlaces(returns)
  const axis = useCallback((value: number) => format.percent(value, { signed: true, places }), [format, places])
  return (
    <SeriesChart
      label={t('performance.chart.label', { from: format.day(scope.from), to: format.day(scope.to) })}
      fileName={`${scope.name} ${scope.from} ${scope.to} TWR`}
      days={days}
      series={series}
      axis={axis}
      height={280}
      zero
      log={false}
    />
  )
}
