import { step } from '@pe/finance/explain/steps.ts'
import type { Trail } from '@pe/finance/explain/trail.ts'
import type { Problem, Schema } from '@pe/sdk/client.ts'
import { useHoldingsQuery, useMoversQuery, usePerformanceQuery } from '../../../services/analytics-api.ts'
import type { ExplainRequest } from './explain-context.ts'
import { isTrail } from './trail-words.ts'

type Trails = Readonly<Record<string, unknown>> | undefined

export interface FoundTrail {
  readonly trail: Trail | null
  readonly warnings: readonly Schema<'Warning'>[]
  readonly waiting: boolean
  readonly problem: Problem | undefined
  readonly retry: () => void
}

/** The trail of a figure, from the answer that the figure itself is from. */
export function useTrail({ from, figure, negated = false }: ExplainRequest): FoundTrail {
  const performance = usePerformanceQuery(
    { ...(from.kind === 'performance' ? from.question : noPeriod), explain: true },
    { skip: from.kind !== 'performance' },
  )
  const holdings = useHoldingsQuery(
    { ...(from.kind === 'holdings' ? from.question : noDay), explain: true },
    { skip: from.kind !== 'holdings' },
  )
  const movers = useMoversQuery({ ...(from.kind === 'movers' ? from.question : noPeriod), explain: true }, { skip: from.kind !== 'movers' })
  const asked = { performance, holdings, movers }[from.kind]
  const trails: Trails = {
    performance: performance.currentData?.trails,
    holdings: trailsOfHolding(from, holdings.currentData),
    movers: movers.currentData?.trails,
  }[from.kind]
  const found = trails?.[figure]
  const trail = isTrail(found) ? withWhole(found, holdings.currentData?.trails) : null
  return {
    trail: trail && negated ? step(trail.figure, 'negation', [trail], { unit: trail.unit }) : trail,
    warnings: (from.kind === 'performance' ? performance : holdings).currentData?.warnings ?? [],
    waiting: asked.isFetching && !asked.currentData,
    problem: asked.error as Problem | undefined,
    retry: asked.refetch,
  }
}

function trailsOfHolding(from: ExplainRequest['from'], holdings: Schema<'Holdings'> | undefined): Trails {
  if (from.kind !== 'holdings' || !holdings) return undefined
  const { instrumentId, cash } = from
  if (instrumentId) return holdings.holdings.find((holding) => holding.instrumentId === instrumentId)?.trails
  if (cash)
    return holdings.cash.find(({ accountId, balanceCurrency }) => accountId === cash.accountId && balanceCurrency === cash.currency)?.trails
  return holdings.trails
}

/** A part that is explained among the totals (the whole that weights are shares of) is put in its place. */
function withWhole(trail: Trail, totals: Trails): Trail {
  const inputs = trail.inputs.map((input) => {
    const whole = input.source?.kind === 'trail' ? totals?.[input.source.id ?? ''] : undefined
    return isTrail(whole) && whole.value === input.value ? whole : input
  })
  return { ...trail, inputs }
}

const noPeriod = { portfolioId: '', to: '', currency: '' }
const noDay = { portfolioId: '', asOf: '', currency: '' }
