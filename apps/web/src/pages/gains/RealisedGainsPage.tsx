import { addDays, type PlainDate } from '@pe/finance/time/plain-date.ts'
import type { Problem } from '@pe/sdk/client.ts'
import { useTranslation } from 'react-i18next'
import { ProblemNote } from '../../components/common/ProblemNote.tsx'
import { Skeleton, Waiting } from '../../components/common/Waiting.tsx'
import { PageState } from '../../components/portfolio/PageState.tsx'
import { useFormat } from '../../hooks/useFormat.ts'
import type { Scope } from '../../hooks/useScope.ts'
import { type GainsQuestion, useGainTotalsQuery } from '../../services/gains-api.ts'
import { GainChoices } from './GainChoices.tsx'
import { GainsTable } from './GainsTable.tsx'
import { GainTotals } from './GainTotals.tsx'
import { useGainsView } from './gains-view.ts'

/** What sales realised in a year: totals, then instrument by instrument down to the lots. */
export default function RealisedGainsPage() {
  const { t } = useTranslation()
  return <PageState empty={() => <p className="foot-note">{t('gains.noneYet')}</p>}>{(scope) => <Gains scope={scope} />}</PageState>
}

function Gains({ scope }: { scope: Scope }) {
  const { t } = useTranslation()
  const format = useFormat()
  const view = useGainsView(scope)
  const { data, error, isFetching, refetch } = useGainTotalsQuery(view.question)
  const problem = error ? <ProblemNote problem={error as Problem} retry={refetch} /> : null
  return (
    <>
      <div className="page-head">
        <h1>{t('gains.title')}</h1>
        {/* Periods are (from, to]: for a person they begin on the day after. */}
        {data ? (
          <span className="muted">
            {t('gains.count', {
              count: data.totals.count,
              number: format.count(data.totals.count),
              from: format.day(addDays(data.from as PlainDate, 1)),
              to: format.day(data.to),
            })}
          </span>
        ) : null}
        <span className="end no-phone">
          <Download question={view.question} format="csv" />
          <Download question={view.question} format="xlsx" />
        </span>
      </div>
      <GainChoices scope={scope} {...view} />
      {problem}
      {data ? (
        <Waiting on={isFetching}>
          <GainTotals gains={data} />
          {data.totals.count === 0 ? <p className="note calm">{t('gains.none')}</p> : <GainsTable gains={data} question={view.question} />}
          <p className="foot-note">{t('gains.note')}</p>
        </Waiting>
      ) : problem ? null : (
        <Skeleton chart={false} rows={8} />
      )}
    </>
  )
}

function Download({ question: { portfolioId, ...query }, format }: { question: GainsQuestion; format: 'csv' | 'xlsx' }) {
  const { t } = useTranslation()
  const asked = new URLSearchParams(Object.entries({ ...query, format }).map(([key, value]) => [key, String(value)]))
  const words = t(`gains.${format}`)
  return (
    <a
      className="btn"
      download
      aria-label={t('gains.download', { format: words })}
      href={`/api/v1/portfolios/${portfolioId}/realised-gains/export?${asked}`}
    >
      {words}
    </a>
  )
}
