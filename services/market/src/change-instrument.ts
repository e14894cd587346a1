import type { Call } from '@pe/contracts/actor.ts'
import type { Instrument, marketRoutes } from '@pe/contracts/market.ts'
import type { Input } from '@pe/contracts/route.ts'
import { Refused } from '@pe/platform/http/refused.ts'
import { sql } from 'kysely'
import type { MarketDeps } from './market-deps.ts'
import { readInstrument } from './store/instruments.ts'

/** Changes what an instrument is called or known by. What it trades in stays: closes and costs rest on it. */
export async function changeInstrument(
  market: MarketDeps,
  { params: { instrumentId }, body, ifMatch }: Input<typeof marketRoutes.changeInstrument>,
  call: Call,
): Promise<Instrument> {
  return await market.db.write({ call, action: 'instrument.change', subject: `instrument:${instrumentId}` }, async (tx) => {
    const standing = await tx.sql
      .selectFrom('instrument')
      .select('version')
      .where('organisation_id', '=', call.actor.organisationId)
      .where('id', '=', instrumentId)
      .where('removed_at', 'is', null)
      .forUpdate()
      .executeTakeFirst()
    if (!standing) throw new Refused('not_found', 'there is no such instrument')
    if (standing.version !== ifMatch) {
      throw new Refused('changed_meanwhile', `this instrument is in version ${standing.version} now, not ${ifMatch}`)
    }
    await tx.sql
      .updateTable('instrument')
      .set({ ...named(body), version: sql`version + 1` })
      .where('organisation_id', '=', call.actor.organisationId)
      .where('id', '=', instrumentId)
      .execute()
    await tx.announce('instrument-changed', `${call.actor.organisationId}:${instrumentId}`, { instrumentId })
    return await readInstrument(tx.sql, call.actor, instrumentId)
  })
}

/** The columns that a change may write, and no other; one that is not given stays as it is. */
function named({ name, kind, isin, symbol, wkn, cusip, figi }: Input<typeof marketRoutes.changeInstrument>['body']) {
  return { name, kind, isin, symbol, wkn, cusip, figi }
}
