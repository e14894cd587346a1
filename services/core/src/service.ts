import { type CoreRoutes, coreRoutes } from '@pe/contracts/core.ts'
import type { Service } from '@pe/platform/service.ts'
import { beginOlderChains } from './chain/begin-older-chains.ts'
import type { CoreDeps } from './core-deps.ts'
import { catchUpPlans, draftPlans, draftPlansJob } from './plans/draft-plans.ts'
import { coreHandlers } from './routes.ts'
import type { CoreTables } from './store/tables.ts'

/** The book of record: accounts, portfolios, transactions, positions. It hears nothing; it announces what happened. */
export function createCore(core: CoreDeps): Service<CoreRoutes, CoreTables> {
  return {
    name: 'core',
    routes: coreRoutes,
    handlers: coreHandlers(core),
    subscriptions: [],
    jobs: [{ name: draftPlansJob, run: (_, call) => draftPlans(core, call) }],
    async start() {
      await beginOlderChains(core)
      await catchUpPlans(core)
    },
  }
}
