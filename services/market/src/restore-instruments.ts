import type { Call } from '@pe/contracts/actor.ts'
import type { marketRoutes, RestoredInstrument } from '@pe/contracts/market.ts'
import type { Input, Reply } from '@pe/contracts/route.ts'
import { sql } from 'kysely'
import type { MarketDeps, MarketSql } from './market-deps.ts'
import { lockIdentities, orRefuseCurrencies } from './resolve-instruments.ts'
import { insertInstruments } from './store/instruments.ts'

/** Takes in the instruments of a whole book under their own ids, as alike as they may be; done twice it is done once. Core asks before whether others stand. */
export async function restoreInstruments(
  market: MarketDeps,
  { body: { instruments } }: Input<typeof marketRoutes.restoreInstruments>,
  call: Call,
): Promise<Reply<typeof marketRoutes.restoreInstruments>> {
  for (const instrument of instruments) orRefuseCurrencies(instrument)
  return await market.db.write({ call, action: 'instrument.restore', subject: `organisation:${call.actor.organisationId}` }, async (tx) => {
    await lockIdentities(tx.sql, call)
    const known = await idsOf(tx.sql, instruments)
    const fresh = instruments.filter(({ id }) => !known.has(id))
    await insertInstruments(
      tx.sql,
      call.actor,
      fresh.map((instrument) => ({ ...instrument, importId: null })),
    )
    const removedAt = market.clock.now()
    for (const { id, version, removed } of fresh) {
      if (version !== 1 || removed)
        await tx.sql
          .updateTable('instrument')
          .set({ version, removed_at: removed ? removedAt : null })
          .where('id', '=', id)
          .execute()
      await tx.announce('instrument-changed', `${call.actor.organisationId}:${id}`, { instrumentId: id })
    }
    return { restored: fresh.length }
  })
}

async function idsOf(db: MarketSql, instruments: readonly RestoredInstrument[]): Promise<Set<string>> {
  const rows = await db
    .selectFrom('instrument')
    .select('id')
    .where(sql<boolean>`id = any(${instruments.map(({ id }) => id)}::uuid[])`)
    .execute()
  return new Set(rows.map(({ id }) => id))
}
