import type { Call } from '@pe/contracts/actor.ts'
import type { marketRoutes } from '@pe/contracts/market.ts'
import type { Input, Reply } from '@pe/contracts/route.ts'
import type { MarketDeps } from './market-deps.ts'
import { pairsBetween } from './pairs-between.ts'
import { readPackedCloses, readPackedRates, readPairs } from './store/packed.ts'

export async function packedCloses(
  market: MarketDeps,
  { body }: Input<typeof marketRoutes.packedCloses>,
  call: Call,
): Promise<Reply<typeof marketRoutes.packedCloses>> {
  return { series: await readPackedCloses(market.db.sql, call.actor, body.instrumentIds) }
}

/** Only the series that can lie on a way between two of the currencies: of thirty against the euro, those asked for. */
export async function packedRates(
  market: MarketDeps,
  { body }: Input<typeof marketRoutes.packedRates>,
  call: Call,
): Promise<Reply<typeof marketRoutes.packedRates>> {
  return await market.db.snapshot(async (db) => {
    const pairs = pairsBetween(await readPairs(db, call.actor), new Set(body.currencies))
    return { series: await readPackedRates(db, call.actor, pairs) }
  })
}
