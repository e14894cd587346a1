import type { ServiceDeps } from '@pe/platform/service.ts'
import type { Kysely } from 'kysely'
import type { MarketTables } from './store/tables.ts'

export type MarketDeps = ServiceDeps<MarketTables>

/** Where SQL runs: a transaction or the pool. */
export type MarketSql = Kysely<MarketTables>
