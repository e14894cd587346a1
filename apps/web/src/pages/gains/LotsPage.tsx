import type { Problem } from '@pe/sdk/client.ts'
import { useTranslation } from 'react-i18next'
import { useSearchParams } from 'react-router'
import { ProblemNote } from '../../components/common/ProblemNote.tsx'
import { Segments } from '../../components/common/Segments.tsx'
import { Skeleton, Waiting } from '../../components/common/Waiting.tsx'
import { PageState } from '../../components/portfolio/PageState.tsx'
import { useFormat } from '../../hooks/useFormat.ts'
import type { Scope } from '../../hooks/useScope.ts'
import { useLotsInfiniteQuery } from '../../services/gains-api.ts'
import { LotsTable } from './LotsTable.tsx'

const states = ['all', 'open', 'closed'] as const

/** Every lot of what is in view: how it came, what was taken from it, what is left. */
export default function LotsPage() {
  const { t } = useTranslation()
  return <PageState empty={() => <p className="foot-note">{t('gains.noneYet')}</p>}>{(scope) => <Lots scope={scope} />}</PageState>
}

function Lots({ scope }: { scope: Scope }) {
  const { t } = useTranslation()
  const format = useFormat()
  const [search, setSearch] = useSearchParams()
  const state = states.find((known) => known === search.get('lots')) ?? 'all'
  const { portfolioId, accountId, instrumentId, currency } = scope.question
  const { data, error, isFetching, hasNextPage, fetchNextPage, refetch } = useLotsInfiniteQuery({
    ...{ portfolioId, currency, asOf: scope.to },
    ...(accountId ? { accountId } : {}),
    ...(instrumentId ? { instrumentId } : {}),
    ...(state === 'all' ? {} : { state }),
  })
  const lots = data?.pages.flatMap(({ items }) => items) ?? []
  const first = data?.pages[0]
  const choose = (chosen: (typeof states)[number]) =>
    setSearch((before) => {
      const after = new URLSearchParams(before)
      if (chosen === 'all') after.delete('lots')
      else after.set('lots', chosen)
      return after
    })
  const words = { all: t('gains.lots.all'), open: t('gains.lots.open'), closed: t('gains.lots.closed') }
  return (
    <>
      <div className="page-head">
        <h1>{t('gains.lots.title')}</h1>
        {first ? (
          <span className="muted">
            {t('gains.lots.count', {
              open: format.count(first.openCount),
              closed: format.count(first.closedCount),
              date: format.day(first.asOf),
            })}
          </span>
        ) : null}
      </div>
      <div className="filters">
        <Segments
          label={t('gains.lots.state')}
          value={state}
          choices={states.map((value) => ({ value, words: words[value] }))}
          onChoose={choose}
        />
        {first ? <span className="muted">{t('gains.method.label', { method: t(`gains.method.${first.costMethod}`) })}</span> : null}
      </div>
      {error ? <ProblemNote problem={error as Problem} retry={refetch} /> : null}
      {first ? (
        <Waiting on={isFetching}>
          {lots.length === 0 ? (
            <p className="note calm">{t(state === 'all' ? 'gains.lots.nothing' : 'gains.lots.none')}</p>
          ) : (
            <LotsTable lots={lots} />
          )}
          {hasNextPage ? (
            <button type="button" className="btn" disabled={isFetching} onClick={() => fetchNextPage()}>
              {t('gains.more')}
            </button>
          ) : null}
        </Waiting>
      ) : error ? null : (
        <Skeleton chart={false} rows={10} />
      )}
    </>
  )
}
