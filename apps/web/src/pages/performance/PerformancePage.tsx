import type { Problem } from '@pe/sdk/client.ts'
import { useTranslation } from 'react-i18next'
import { ProblemNote } from '../../components/common/ProblemNote.tsx'
import { Skeleton, Waiting } from '../../components/common/Waiting.tsx'
import { PageState } from '../../components/portfolio/PageState.tsx'
import type { Scope } from '../../hooks/useScope.ts'
import { usePerformanceQuery, useValuationsQuery } from '../../services/analytics-api.ts'
import { DrawdownSection } from './DrawdownSection.tsx'
import { Months } from './Months.tsx'
import { NoReturn } from './NoReturn.tsx'
import { PerformanceHeadline } from './PerformanceHeadline.tsx'
import { ReturnChart } from './ReturnChart.tsx'
import { Spans } from './Spans.tsx'

/** What it returned, since when, how steadily. */
export default function PerformancePage() {
  const { t } = useTranslation()
  return (
    <>
      <h1 className="sr">{t('performance.title')}</h1>
      <PageState empty={() => <NoReturn />}>
        {(scope) => (scope.portfolio.transactionCount === 0 ? <NoReturn /> : <Returns scope={scope} />)}
      </PageState>
    </>
  )
}

function Returns({ scope }: { scope: Scope }) {
  const performance = usePerformanceQuery(scope.question)
  const valuations = useValuationsQuery(scope.question)
  if (!performance.data)
    return performance.error ? <ProblemNote problem={performance.error as Problem} retry={performance.refetch} /> : <Skeleton />
  const problem = (performance.error ?? valuations.error) as Problem | undefined
  return (
    <>
      {problem ? <ProblemNote problem={problem} retry={performance.error ? performance.refetch : valuations.refetch} /> : null}
      <Waiting on={performance.isFetching}>
        <PerformanceHeadline scope={scope} performance={performance.data} />
      </Waiting>
      {valuations.data ? (
        <Waiting on={valuations.isFetching}>
          <ReturnChart scope={scope} series={valuations.data} />
        </Waiting>
      ) : (
        <div style={{ height: 350 }} />
      )}
      <Spans scope={scope} />
      <Months scope={scope} />
      {valuations.data ? <DrawdownSection scope={scope} performance={performance.data} series={valuations.data} /> : null}
    </>
  )
}
