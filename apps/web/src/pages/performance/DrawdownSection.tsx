import { drawdownCurve } from '@pe/finance/statistics/drawdown.ts'
import type { Schema } from '@pe/sdk/client.ts'
import { type ReactNode, useCallback, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { axisPlaces } from '../../components/analytics/axis-places.ts'
import type { ChartSeries } from '../../components/analytics/chart-series.ts'
import { SeriesChart } from '../../components/analytics/SeriesChart.tsx'
import { Percent } from '../../components/common/Percent.tsx'
import { Unknown } from '../../components/common/Unknown.tsx'
import { periodExplain } from '../../components/portfolio/period-explain.ts'
import { useFormat } from '../../hooks/useFormat.ts'
import type { Scope } from '../../hooks/useScope.ts'

interface DrawdownSectionProps {
  readonly scope: Scope
  readonly performance: Schema<'Performance'>
  readonly series: Schema<'ValuationSeries'>
}

/** How far below its highest point it was, day by day, with the figures of the deepest fall. */
export function DrawdownSection({ scope, performance, series: { days, returns } }: DrawdownSectionProps) {
  const { t } = useTranslation()
  const format = useFormat()
  const falls = useMemo(() => fallsOf(returns), [returns])
  const series = useMemo<ChartSeries[]>(
    () => [
      {
        name: t('performance.drawdown.series'),
        values: falls,
        colour: '--loss',
        form: 'area',
        words: (at) => {
          const value = falls[at] ?? null
          return value === null ? null : format.percent(value)
        },
      },
    ],
    [falls, format, t],
  )
  const places = axisPlaces(falls)
  const axis = useCallback((value: number) => format.percent(value, { places }), [format, places])
  const { maxDrawdown } = performance
  const explain = periodExplain(scope, format)
  const now = falls.at(-1) ?? null
  return (
    <section className="sec">
      <div className="sec-head">
        <h2>{t('performance.drawdown.title')}</h2>
        <p>{t('performance.drawdown.unit')}</p>
      </div>
      <dl className="kpis">
        <Fact words={t('performance.drawdown.deepest')}>
          {maxDrawdown.value === null ? (
            <Unknown reason={maxDrawdown.reason} />
          ) : (
            <Percent
              of={maxDrawdown.value === 0 ? 0 : -maxDrawdown.value}
              explain={explain('maxDrawdown', t('performance.figures.drawdown'))}
            />
          )}
        </Fact>
        <Fact words={t('performance.drawdown.peak')}>{maxDrawdown.peak ? format.day(maxDrawdown.peak) : '—'}</Fact>
        <Fact words={t('performance.drawdown.trough')}>{maxDrawdown.trough ? format.day(maxDrawdown.trough) : '—'}</Fact>
        <Fact words={t('performance.drawdown.recovered')}>
          {maxDrawdown.recovered ? format.day(maxDrawdown.recovered) : maxDrawdown.value ? t('performance.drawdown.notYet') : '—'}
        </Fact>
        <Fact words={t('performance.drawdown.now')}>{now === null ? <Unknown /> : <Percent of={now} />}</Fact>
      </dl>
      <SeriesChart
        label={t('performance.drawdown.label', { from: format.day(scope.from), to: format.day(scope.to) })}
        fileName={`${scope.portfolio.name} ${scope.from} ${scope.to} drawdown`}
        days={days}
        series={series}
        axis={axis}
        height={200}
        log={false}
      />
    </section>
  )
}

function Fact({ words, children }: { words: string; children: ReactNode }) {
  return (
    <div>
      <dt>{words}</dt>
      <dd>{children}</dd>
    </div>
  )
}

/** Falls below the peak so far as fractions; unknown where the return is. */
function fallsOf(returns: readonly (number | null)[]): (number | null)[] {
  const known = returns.flatMap((value) => (value === null ? [] : [1 + value]))
  const falls = drawdownCurve(known)
  let at = 0
  return returns.map((value) => (value === null ? null : (falls[at++] ?? null)))
}
