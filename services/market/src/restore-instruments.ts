import type { Call } from '@pe/contracts/actor.ts'
import type { marketRoutes, RestoredInstrument } from '@pe/contracts/market.ts'
import type { Input, Reply } from '@pe/contracts/route.ts'
import { Refused } from '@pe/platform/http/refused.ts'
import { sql } from 'kysely'
import type { MarketDeps, MarketSql } from './market-deps.ts'
import { matchInstrument } from './match-instrument.ts'
import { lockIdentities, orRefuseCurrencies } from './resolve-instruments.ts'
import { findIdentified, insertInstruments } from './store/instruments.ts'

/**
 * Takes in the instruments of a whole book under their own ids. Done twice it is done once; an instrument that stands under another id would
 * be there twice, so it is refused.
 */
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
    await orRefuseTwins(tx.sql, call, fresh)
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

/** Two of one book may be alike (listings of one paper): only those that stood before it count. */
async function orRefuseTwins(db: MarketSql, call: Call, fresh: readonly RestoredInstrument[]): Promise<void> {
  const standing = (await findIdentified(db, call.actor, fresh)).filter(({ removed }) => !removed)
  for (const instrument of fresh) {
    if (instrument.removed) continue
    const twin = matchInstrument(
      instrument,
      standing.map((one) => ({ ...one, metAs: new Set<string>() })),
    )
    if (twin) throw new Refused('book_not_empty', `${twin.name} is an instrument here already`)
  }
}
