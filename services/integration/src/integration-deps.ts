import type { CoreRoutes } from '@pe/contracts/core.ts'
import type { MarketRoutes } from '@pe/contracts/market.ts'
import type { Client } from '@pe/contracts/route.ts'
import type { BriefMemory } from '@pe/platform/cache/brief-memory.ts'
import type { ServiceDeps } from '@pe/platform/service.ts'
import type { KeptFile } from './kept-file.ts'
import type { IntegrationTables } from './store/tables.ts'

/** What the composition root hands to integration: the machine room, and the ways downhill to core and market. */
export interface IntegrationOptions extends ServiceDeps<IntegrationTables> {
  readonly core: Client<CoreRoutes>
  readonly market: Client<MarketRoutes>
  /** Longer tables are read in pieces; 100,000 rows when absent. */
  readonly mostRowsInMemory?: number
}

/** What use-cases work with. */
export interface IntegrationDeps extends IntegrationOptions {
  readonly mostRowsInMemory: number
  /** Files as read for their preview; what is not here (a restart, another process) is read again from the object storage, to the same rows. */
  readonly keptFiles: BriefMemory<KeptFile>
}
