import { useTranslation } from 'react-i18next'
import { useFormat } from '../../hooks/useFormat.ts'
import { Unknown } from '../common/Unknown.tsx'
import type { ChartSeries } from './chart-series.ts'

/** The data of a chart, newest first, in a box that scrolls. */
export function ChartTable({ label, days, series }: { label: string; days: readonly string[]; series: readonly ChartSeries[] }) {
  const { t } = useTranslation()
  const format = useFormat()
  const newestFirst = days.map((_, at) => days.length - 1 - at)
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: the keyboard scrolls it
    <section className="chart-table" aria-label={label} tabIndex={0}>
      <table className="t plain">
        <thead>
          <tr>
            <th>{t('home.chart.day')}</th>
            {series.map((line) => (
              <th className="n" key={line.name}>
                {line.name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {newestFirst.slice(0, 2000).map((at) => (
            <tr key={days[at]}>
              <td>{format.dayLong(days[at] ?? '')}</td>
              {series.map((line) => (
                <td className="n" key={line.name}>
                  {line.words(at) ?? <Unknown />}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
