import { accountRoutes } from './accounts.ts'
import { actionApplicationRoutes } from './action-applications.ts'
import { assertionRoutes } from './assertions.ts'
import { batchRoutes } from './batches.ts'
import { bookExportRoutes } from './book-export.ts'
import { draftRoutes } from './drafts.ts'
import { eventRoutes } from './events.ts'
import { historyRoutes } from './history.ts'
import { ledgerRoutes } from './ledger.ts'
import { periodRoutes } from './periods.ts'
import { planRoutes } from './plans.ts'
import { portfolioRoutes } from './portfolios.ts'
import { positionRoutes } from './positions.ts'
import { routes } from './route.ts'
import { sheetRoutes } from './sheet.ts'
import { stagedBatchRoutes } from './staged-batches.ts'
import { taxonomyRoutes } from './taxonomies.ts'
import { transactionRoutes } from './transactions.ts'

/** Everything that core answers. */
export const coreRoutes = routes({
  ...accountRoutes,
  ...portfolioRoutes,
  ...transactionRoutes,
  ...eventRoutes,
  ...sheetRoutes,
  ...historyRoutes,
  ...positionRoutes,
  ...batchRoutes,
  ...stagedBatchRoutes,
  ...ledgerRoutes,
  ...actionApplicationRoutes,
  ...taxonomyRoutes,
  ...periodRoutes,
  ...assertionRoutes,
  ...draftRoutes,
  ...planRoutes,
  ...bookExportRoutes,
})
export type CoreRoutes = typeof coreRoutes
