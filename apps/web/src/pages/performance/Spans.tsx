import { addDays, type PlainDate } from '@pe/finance/time/plain-date.ts'
import { useTranslation } from 'react-i18next'
import { Percent } from '../../components/common/Percent.tsx'
import { periodExplain } from '../../components/portfolio/period-explain.ts'
import { useFormat } from '../../hooks/useFormat.ts'
import type { Scope } from '../../hooks/useScope.ts'
import { type PeriodName, startOf } from '../../hooks/view.ts'
import { usePerformanceQuery } from '../../services/analytics-api.ts'

const spans = ['YTD', '1Y', '3Y', '5Y', '10Y', 'MAX'] as const satisfies readonly PeriodName[]

/** The same figures over the usual spans, as far back as the book goes. */
export function Spans({ scope }: { scope: Scope }) {
  const { t } = useTranslation()
  const format = useFormat()
  const firstDay = scope.portfolio.firstDay as PlainDate | null
  const begin = firstDay ? addDays(firstDay, -1) : scope.from
  const reached = spans
    .map((name) => ({ name, from: startOf(name, scope.to, firstDay) }))
    .filter(({ name, from }) => name === 'MAX' || from >= begin)
  return (
    <section className="sec">
      <div className="sec-head">
        <h2>{t('performance.spans.title')}</h2>
        <p>{t('performance.spans.unit', { date: format.day(scope.to) })}</p>
      </div>
      <table className="t cards">
        <thead>
          <tr>
            <th>{t('performance.spans.span')}</th>
            <th className="n">{t('performance.spans.return')}</th>
            <th className="n">{t('performance.spans.perYear')}</th>
            <th className="n">{t('performance.spans.irr')}</th>
            <th className="n">{t('performance.spans.volatility')}</th>
            <th className="n">{t('performance.spans.drawdown')}</th>
          </tr>
        </thead>
        <tbody>
          {reached.map(({ name, from }) => (
            <SpanRow
              key={name}
              scope={scope}
              from={from}
              words={t(`performance.spans.${name.toLowerCase()}`, { date: format.day(from) })}
            />
          ))}
        </tbody>
      </table>
    </section>
  )
}

function SpanRow({ scope, from, words }: { scope: Scope; from: PlainDate; words: string }) {
  const { t } = useTranslation()
  const format = useFormat()
  const own: Scope = { ...scope, from, question: { ...scope.question, from } }
  const { data } = usePerformanceQuery(own.question)
  const explain = periodExplain(own, format)
  const year = {
    value: data && data.days >= 365 ? data.xirr.value : null,
    reason: data && data.days < 365 ? ('under-one-year' as const) : (data?.xirr.reason ?? undefined),
  }
  return (
    <tr>
      <td className="a">{words}</td>
      <td className="b n">
        {data ? <Percent of={data.twr} signed coloured bare explain={explain('twr', t('shell.returnKind.twr'))} /> : null}
      </td>
      <td className="n">
        {data ? <Percent of={data.twrAnnualised} signed bare explain={explain('twrAnnualised', t('performance.spans.perYear'))} /> : null}
      </td>
      <td className="c n" data-l={t('shell.returnKind.irr')}>
        {data ? (
          <Percent
            of={{ value: year.value, ...(year.reason ? { reason: year.reason } : {}) }}
            signed
            bare
            explain={explain('xirr', t('performance.spans.irr'))}
          />
        ) : null}
      </td>
      <td className="n">
        {data ? <Percent of={data.volatility} bare explain={explain('volatility', t('performance.spans.volatility'))} /> : null}
      </td>
      <td className="d n" data-l={t('performance.spans.drawdown')}>
        {data ? <Percent of={fall(data.maxDrawdown)} bare explain={explain('maxDrawdown', t('performance.spans.drawdown'))} /> : null}
      </td>
    </tr>
  )
}

/** Shown as a fall, with its minus. */
function fall({ value, reason }: { value: number | null; reason?: string }) {
  return { value: value === null || value === 0 ? value : -value, ...(reason ? { reason: reason as 'nothing-held' } : {}) }
}
