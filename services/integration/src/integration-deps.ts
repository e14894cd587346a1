import type { CoreRoutes } from '@pe/contracts/core.ts'
import type { MarketRoutes } from '@pe/contracts/market.ts'
import type { Client } from '@pe/contracts/route.ts'
import type { ServiceDeps } from '@pe/platform/service.ts'
import type { ReadFiles } from './read-files.ts'
import type { IntegrationTables } from './store/tables.ts'

/** What the composition root hands to integration: the machine room, and the ways downhill to core and market. */
export interface IntegrationOptions extends ServiceDeps<IntegrationTables> {
  readonly core: Client<CoreRoutes>
  readonly market: Client<MarketRoutes>
}

/** What use-cases work with: the same, and the files read between preview and commit. */
export interface IntegrationDeps extends IntegrationOptions {
  readonly readFiles: ReadFiles
}
