import { type MarketRoutes, marketRoutes } from '@pe/contracts/market.ts'
import type { Service } from '@pe/platform/service.ts'
import type { MarketDeps } from './market-deps.ts'
import { marketHandlers } from './routes.ts'
import type { MarketTables } from './store/tables.ts'

/** Instruments, their closes, and what currencies are worth in each other. It hears nothing; it announces what changed. */
export function createMarket(market: MarketDeps): Service<MarketRoutes, MarketTables> {
  return { name: 'market', routes: marketRoutes, handlers: marketHandlers(market), subscriptions: [], jobs: [] }
}
