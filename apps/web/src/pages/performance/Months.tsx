import type { Problem } from '@pe/sdk/client.ts'
import { useTranslation } from 'react-i18next'
import { Percent } from '../../components/common/Percent.tsx'
import { ProblemNote } from '../../components/common/ProblemNote.tsx'
import { Waiting } from '../../components/common/Waiting.tsx'
import { useFormat } from '../../hooks/useFormat.ts'
import type { Scope } from '../../hooks/useScope.ts'
import { useMonthlyReturnsQuery } from '../../services/analytics-api.ts'
import { heatStep, heatToken } from './heat.ts'

const months = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]

/** Month by year, since the book began: the same nine steps in all rows, the figure in each cell. */
export function Months({ scope }: { scope: Scope }) {
  const { t } = useTranslation()
  const format = useFormat()
  const { from: _, ...sinceFirst } = scope.question
  const { data, error, isFetching, refetch } = useMonthlyReturnsQuery(sinceFirst)
  const years = [...(data?.years ?? [])].sort((a, b) => b.year - a.year)
  return (
    <section className="sec">
      <div className="sec-head">
        <h2>{t('performance.months.title')}</h2>
        <p>{t('performance.months.unit')}</p>
      </div>
      {error ? <ProblemNote problem={error as Problem} retry={refetch} /> : null}
      <Waiting on={isFetching}>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: the keyboard scrolls it where it is wider than the screen */}
        <section className="hscroll" aria-label={t('performance.months.title')} tabIndex={0}>
          <table className="heat">
            <thead>
              <tr>
                <th>
                  <span className="sr">{t('performance.months.year')}</span>
                </th>
                {months.map((month) => (
                  <th key={month}>{format.month(month)}</th>
                ))}
                <th className="tot-head">{t('performance.months.year')}</th>
              </tr>
            </thead>
            <tbody>
              {years.map((year) => (
                <tr key={year.year}>
                  <th scope="row">{year.year}</th>
                  {months.map((month) => (
                    <Cell key={month} value={year.months[month - 1] ?? null} none={t('performance.months.none')} />
                  ))}
                  <td className="tot">{year.total === null ? '·' : <Percent of={year.total} signed coloured bare />}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      </Waiting>
    </section>
  )
}

function Cell({ value, none }: { value: number | null; none: string }) {
  const format = useFormat()
  if (value === null)
    return (
      <td className="no">
        <span aria-hidden="true">·</span>
        <span className="sr">{none}</span>
      </td>
    )
  const step = heatStep(value)
  return (
    <td className={`h${Math.abs(step)}`} style={{ background: heatToken(step) }} title={format.percent(value, { signed: true })}>
      {format.percent(value, { signed: true, places: 1, unit: false })}
    </td>
  )
}
