import { Decimal } from '@pe/finance/money/decimal.ts'
import type { Schema } from '@pe/sdk/client.ts'
import { useCallback, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { ChartSeries } from '../../components/analytics/chart-series.ts'
import { SeriesChart } from '../../components/analytics/SeriesChart.tsx'
import { direction } from '../../hooks/figure-format.ts'
import { useFormat } from '../../hooks/useFormat.ts'
import type { Scope } from '../../hooks/useScope.ts'

/** Value by day over the money paid in. */
export function ValueChart({ scope, series: all }: { scope: Scope; series: Schema<'ValuationSeries'> }) {
  const { t } = useTranslation()
  const format = useFormat()
  const { days, values, contributions } = useMemo(() => sinceMoneyCame(all), [all])
  const series = useMemo<ChartSeries[]>(() => {
    const words = (column: readonly (string | null)[]) => (at: number) => {
      const amount = column[at] ?? null
      return amount === null ? null : format.money(amount)
    }
    return [
      { name: t('home.chart.value'), values: values.map(plotted), colour: '--chart-1', form: 'area', words: words(values) },
      { name: t('home.chart.paidIn'), values: contributions.map(plotted), colour: '--text-3', form: 'step', words: words(contributions) },
    ]
  }, [values, contributions, format, t])
  const axis = useCallback(
    (value: number) =>
      format.axis(value, { thousand: t('figures.thousand'), million: t('figures.million'), billion: t('figures.billion') }),
    [format, t],
  )
  const moved = (at: number) => {
    const change = movedOn(values, contributions, at)
    if (change === null) return null
    const way = direction(change)
    return (
      <div className="pair">
        <dt className="rule">{t('home.chart.change')}</dt>
        <dd className={`rule ${way > 0 ? 'up' : way < 0 ? 'dn' : ''}`}>{format.money(change, { signed: true })}</dd>
      </div>
    )
  }
  const dates = { from: format.day(scope.from), to: format.day(scope.to) }
  return (
    <SeriesChart
      label={t('home.chart.label', dates)}
      fileName={`${scope.portfolio.name} ${scope.from} ${scope.to}`}
      days={days}
      series={series}
      axis={axis}
      more={moved}
    />
  )
}

/** From the first day with money on: before it there is nothing to draw but a leap from zero. */
function sinceMoneyCame({ days, values, contributions }: Schema<'ValuationSeries'>): Pick<Schema<'ValuationSeries'>, Columns> {
  const first = days.findIndex((_, at) => !isNothing(values[at]) || !isNothing(contributions[at]))
  const cut = first > 0 && days.length - first > 1 ? first : 0
  return { days: days.slice(cut), values: values.slice(cut), contributions: contributions.slice(cut) }
}

type Columns = 'days' | 'values' | 'contributions'

function isNothing(amount: string | null | undefined): boolean {
  return amount != null && Decimal.parse(amount).isZero()
}

/** A point on a canvas; figures beside it are written from the exact text. */
function plotted(amount: string | null): number | null {
  return amount === null ? null : Number(amount)
}

/** What a day earned: the change of value less the money paid in on it. */
function movedOn(values: readonly (string | null)[], contributions: readonly (string | null)[], at: number): string | null {
  const [before, after, paidBefore, paidAfter] = [values[at - 1], values[at], contributions[at - 1], contributions[at]]
  if (before == null || after == null || paidBefore == null || paidAfter == null) return null
  return Decimal.parse(after)
    .minus(Decimal.parse(before))
    .minus(Decimal.parse(paidAfter).minus(Decimal.parse(paidBefore)))
    .toString()
}
