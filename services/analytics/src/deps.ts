import type { CoreRoutes } from '@pe/contracts/core.ts'
import type { MarketRoutes } from '@pe/contracts/market.ts'
import type { Client } from '@pe/contracts/route.ts'
import type { ServiceDeps } from '@pe/platform/service.ts'
import type { BookReader } from './books/book-reader.ts'
import type { AnalyticsTables } from './store/tables.ts'
import type { Valuer } from './valuations/valuer.ts'

/** What the composition root hands over: this service looks downhill, to the book of record and to the market. */
export interface AnalyticsDeps extends ServiceDeps<AnalyticsTables> {
  readonly core: Client<CoreRoutes>
  readonly market: Client<MarketRoutes>
}

/** What the use-cases hold: the same, with the two memories that all of them share. */
export interface Deps extends AnalyticsDeps {
  readonly books: BookReader
  readonly valuer: Valuer
}
