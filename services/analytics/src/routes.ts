import type { AnalyticsRoutes } from '@pe/contracts/analytics.ts'
import type { Handlers } from '@pe/contracts/route.ts'
import type { Deps } from './deps.ts'
import { holdings } from './figures/holdings.ts'
import { monthlyReturns } from './figures/monthly-returns.ts'
import { movers } from './figures/movers.ts'
import { performance } from './figures/performance.ts'
import { taxonomyValues } from './figures/taxonomy-values.ts'
import { valuations } from './figures/valuations.ts'
import { gainHandlers } from './gains/gain-handlers.ts'
import { accountScope, portfolioScope, sinceInception } from './scopes/asked-scope.ts'

export function handlersOf(deps: Deps): Handlers<AnalyticsRoutes> {
  return {
    ...gainHandlers(deps),
    portfolioHoldings: async ({ params, query }, call) =>
      holdings(deps, call, await portfolioScope(deps, call, params.portfolioId, query), query),
    portfolioPerformance: async ({ params, query }, call) => {
      const scope = await portfolioScope(deps, call, params.portfolioId, query)
      return performance(deps, call, scope, sinceInception(scope, query))
    },
    accountPerformance: async ({ params, query }, call) =>
      performance(deps, call, await accountScope(deps, call, params.accountId, query), query),
    portfolioValuations: async ({ params, query }, call) => {
      const scope = await portfolioScope(deps, call, params.portfolioId, query)
      return valuations(deps, call, scope, sinceInception(scope, query))
    },
    portfolioMonthlyReturns: async ({ params, query }, call) => {
      const scope = await portfolioScope(deps, call, params.portfolioId, query)
      return monthlyReturns(deps, call, scope, sinceInception(scope, query))
    },
    portfolioTaxonomyValues: async ({ params: { portfolioId, taxonomyId }, query }, call) =>
      taxonomyValues(deps, call, await portfolioScope(deps, call, portfolioId, query), { ...query, taxonomyId }),
    portfolioMovers: async ({ params, query }, call) => {
      const scope = await portfolioScope(deps, call, params.portfolioId, query)
      return movers(deps, call, scope, sinceInception(scope, query))
    },
  }
}
