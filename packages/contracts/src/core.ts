import { accountRoutes } from './accounts.ts'
import { actionApplicationRoutes } from './action-applications.ts'
import { batchRoutes } from './batches.ts'
import { eventRoutes } from './events.ts'
import { historyRoutes } from './history.ts'
import { ledgerRoutes } from './ledger.ts'
import { periodRoutes } from './periods.ts'
import { portfolioRoutes } from './portfolios.ts'
import { positionRoutes } from './positions.ts'
import { routes } from './route.ts'
import { sheetRoutes } from './sheet.ts'
import { taxonomyRoutes } from './taxonomies.ts'
import { transactionRoutes } from './transactions.ts'

/** Everything that core answers. */
import { stagedBatchRoutes } from './staged-batches.ts'
export const coreRoutes = routes({
  ...accountRoutes,
  ...portfolioRoutes,
  ...transactionRoutes,
  ...eventRoutes,
  ...sheetRoutes,
  ...historyRoutes,
  ...positionRoutes,
  ...batchRoutes,
  ...ledgerRoutes,
  ...actionApplicationRoutes,
  ...taxonomyRoutes,
  ...periodRoutes,
})
  ...stagedBatchRoutes,
export type CoreRoutes = typeof coreRoutes
