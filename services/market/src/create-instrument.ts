import type { Call } from '@pe/contracts/actor.ts'
import type { Instrument, marketRoutes } from '@pe/contracts/market.ts'
import type { Input } from '@pe/contracts/route.ts'
import { Refused } from '@pe/platform/http/refused.ts'
import type { MarketDeps } from './market-deps.ts'
import { matchInstrument } from './match-instrument.ts'
import { lockIdentities, orRefuseCurrencies } from './resolve-instruments.ts'
import { findIdentified, insertInstruments, readInstrument } from './store/instruments.ts'

/** Adds an instrument by hand; one that imports would take for another is refused. */
export async function createInstrument(
  market: MarketDeps,
  { body }: Input<typeof marketRoutes.createInstrument>,
  call: Call,
): Promise<Instrument> {
  orRefuseCurrencies(body)
  const id = market.ids.next()
  return await market.db.write({ call, action: 'instrument.create', subject: `instrument:${id}` }, async (tx) => {
    await lockIdentities(tx.sql, call)
    const standing = (await findIdentified(tx.sql, call.actor, [body])).filter(({ removed }) => !removed)
    const twin = matchInstrument(
      body,
      standing.map((one) => ({ ...one, metAs: new Set<string>() })),
    )
    if (twin) throw new Refused('name_taken', `${twin.name} has the same ISIN, symbol or name in ${twin.currency}`)
    const row = { ...body, id, generated: false, createdAt: market.clock.now(), importId: null }
    await insertInstruments(tx.sql, call.actor, [row])
    await tx.announce('instrument-changed', `${call.actor.organisationId}:${id}`, { instrumentId: id })
    return await readInstrument(tx.sql, call.actor, id)
  })
}
