import type { MarketRoutes } from '@pe/contracts/market.ts'
import type { Client } from '@pe/contracts/route.ts'
import type { BriefMemory } from '@pe/platform/cache/brief-memory.ts'
import type { ServiceDeps } from '@pe/platform/service.ts'
import type { Kysely } from 'kysely'
import type { JudgedBatch } from './batch/judged-batch.ts'
import type { KnownInstruments } from './known-instruments.ts'
import type { PositionsMemory } from './positions-memory.ts'
import type { RememberedBooks } from './remembered-books.ts'
import type { CoreTables } from './store/tables.ts'

/** What the composition root hands to the book of record: the machine room, and the way downhill to market. */
export interface CoreGiven extends ServiceDeps<CoreTables> {
  readonly market: Client<MarketRoutes>
}

/** The same with what the service keeps in memory itself. */
export interface CoreDeps extends CoreGiven {
  readonly memory: PositionsMemory
  /** Verdicts of dry runs; what is not here (a restart, another process) is handed over and judged once more. */
  readonly judged: BriefMemory<JudgedBatch>
  readonly instruments: KnownInstruments
  readonly books: RememberedBooks
}

/** Where SQL runs: a transaction or the pool. */
export type CoreSql = Kysely<CoreTables>
