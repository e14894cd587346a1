import type { Problem } from '@pe/sdk/client.ts'
import { ProblemNote } from '../../components/common/ProblemNote.tsx'
import { Skeleton, Waiting } from '../../components/common/Waiting.tsx'
import type { Scope } from '../../hooks/useScope.ts'
import { knownAtOf } from '../../hooks/view.ts'
import { useHoldingsQuery, usePerformanceQuery, useValuationsQuery } from '../../services/analytics-api.ts'
import { Accounts } from './Accounts.tsx'
import { Allocation } from './Allocation.tsx'
import { HomeHeadline } from './HomeHeadline.tsx'
import { Movers } from './Movers.tsx'
import { StatementStrip } from './StatementStrip.tsx'
import { ValueChart } from './ValueChart.tsx'

/** Headline, chart, statement, what made it, where it lies: in this order. */
export function HomeFigures({ scope }: { scope: Scope }) {
  const { portfolioId, accountId, currency } = scope.question
  const performance = usePerformanceQuery(scope.question)
  const holdings = useHoldingsQuery({
    portfolioId,
    asOf: scope.to,
    currency,
    ...knownAtOf(scope.view),
    ...(accountId ? { accountId } : {}),
  })
  const valuations = useValuationsQuery(scope.question)
  const problem = (performance.error ?? holdings.error) as Problem | undefined
  if (!performance.data) return problem ? <ProblemNote problem={problem} retry={performance.refetch} /> : <Skeleton />
  const whole = scope.view.accountId === null && scope.view.instrumentId === null
  return (
    <>
      {problem ? <ProblemNote problem={problem} retry={problem === performance.error ? performance.refetch : holdings.refetch} /> : null}
      <Waiting on={performance.isFetching || holdings.isFetching}>
        <HomeHeadline scope={scope} performance={performance.data} holdings={holdings.data} />
      </Waiting>
      {valuations.error ? <ProblemNote problem={valuations.error as Problem} retry={valuations.refetch} /> : null}
      {valuations.data ? (
        <Waiting on={valuations.isFetching}>
          <ValueChart scope={scope} series={valuations.data} />
        </Waiting>
      ) : (
        <div style={{ height: 410 }} />
      )}
      <Waiting on={performance.isFetching}>
        <StatementStrip scope={scope} performance={performance.data} />
      </Waiting>
      {scope.view.instrumentId === null ? (
        <div className="cols sec">
          {whole ? <Movers scope={scope} /> : null}
          {holdings.data ? <Allocation scope={scope} holdings={holdings.data} /> : null}
        </div>
      ) : null}
      {whole && holdings.data ? <Accounts scope={scope} holdings={holdings.data} /> : null}
    </>
  )
}
