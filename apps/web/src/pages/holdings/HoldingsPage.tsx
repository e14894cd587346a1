import type { Problem } from '@pe/sdk/client.ts'
import { useTranslation } from 'react-i18next'
import { ProblemNote } from '../../components/common/ProblemNote.tsx'
import { Skeleton, Waiting } from '../../components/common/Waiting.tsx'
import { useDayFigures, withDay } from '../../components/portfolio/day-figures.ts'
import { PageState } from '../../components/portfolio/PageState.tsx'
import type { Scope } from '../../hooks/useScope.ts'
import { knownAtOf } from '../../hooks/view.ts'
import { useHoldingsQuery } from '../../services/analytics-api.ts'
import { HoldingsTable } from './HoldingsTable.tsx'
import { NothingHeld } from './NothingHeld.tsx'

/** What is held on the last day in view. */
export default function HoldingsPage() {
  return <PageState empty={(today) => <NothingHeld day={today} />}>{(scope) => <Held scope={scope} />}</PageState>
}

function Held({ scope }: { scope: Scope }) {
  const { t } = useTranslation()
  const { portfolioId, accountId, currency } = scope.question
  const { data, error, isFetching, refetch } = useHoldingsQuery({
    portfolioId,
    asOf: scope.to,
    currency,
    ...knownAtOf(scope.view),
    ...(accountId ? { accountId } : {}),
  })
  const day = useDayFigures(scope, data)
  const problem = error ? <ProblemNote problem={error as Problem} retry={refetch} /> : null
  if (!data)
    return (
      <>
        <h1 className="sr">{t('holdings.title')}</h1>
        {problem ?? <Skeleton chart={false} rows={12} />}
      </>
    )
  return (
    <>
      {problem}
      <Waiting on={isFetching}>
        {data.holdings.length + data.cash.length === 0 ? (
          <NothingHeld day={data.asOf} />
        ) : (
          <HoldingsTable scope={scope} holdings={withDay(data, day)} day={day?.asOf ?? data.asOf} />
        )}
      </Waiting>
    </>
  )
}
