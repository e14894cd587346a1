import type { realisedGainRoutes } from '@pe/contracts/realised-gains.ts'
import type { Handlers } from '@pe/contracts/route.ts'
import type { Deps } from '../deps.ts'
import { accountScope, portfolioScope } from '../scopes/asked-scope.ts'
import { exportGains } from './export-gains.ts'
import { lotHistories } from './lot-histories.ts'
import { realisedGains } from './realised-gains.ts'

/** Who answers what is asked about realised gains and lots. */
export function gainHandlers(deps: Deps): Handlers<typeof realisedGainRoutes> {
  return {
    portfolioRealisedGains: async ({ params, query }, call) =>
      realisedGains(deps, call, await portfolioScope(deps, call, params.portfolioId, query), query),
    accountRealisedGains: async ({ params, query }, call) =>
      realisedGains(deps, call, await accountScope(deps, call, params.accountId, query), query),
    exportRealisedGains: async ({ params, query }, call) =>
      exportGains(deps, call, await portfolioScope(deps, call, params.portfolioId, query), query),
    portfolioLots: async ({ params, query }, call) =>
      lotHistories(deps, call, await portfolioScope(deps, call, params.portfolioId, query), query),
  }
}
