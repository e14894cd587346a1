import type { Call } from '@pe/contracts/actor.ts'
import type { marketRoutes } from '@pe/contracts/market.ts'
import type { Input, Reply } from '@pe/contracts/route.ts'
import { Refused } from '@pe/platform/http/refused.ts'
import { sql } from 'kysely'
import type { MarketDeps } from '../market-deps.ts'
import { actionColumns } from '../store/actions.ts'
import { announceAction } from './record-action.ts'

/** Takes in the corporate actions of a whole book under their own ids; done twice it is done once. */
export async function restoreActions(
  market: MarketDeps,
  { body: { actions } }: Input<typeof marketRoutes.restoreActions>,
  call: Call,
): Promise<Reply<typeof marketRoutes.restoreActions>> {
  const { organisationId } = call.actor
  const subject = `organisation:${organisationId}`
  return await market.db.write({ call, action: 'corporate-action.restore', subject }, async (tx) => {
    const named = [...new Set(actions.flatMap(({ instrumentId, intoInstrumentId }) => [instrumentId, intoInstrumentId ?? instrumentId]))]
    const known = await tx.sql
      .selectFrom('instrument')
      .select('id')
      .where('organisation_id', '=', organisationId)
      .where(sql<boolean>`id = any(${named}::uuid[])`)
      .execute()
    const missing = named.find((id) => !known.some((one) => one.id === id))
    if (missing) throw new Refused('not_found', `there is no instrument ${missing}`)
    let restored = 0
    for (const { id, recordedAt, removedAt, version, ...terms } of actions) {
      const { numInsertedOrUpdatedRows } = await tx.sql
        .insertInto('corporate_action')
        .values({
          ...{ id, organisation_id: organisationId, recorded_at: recordedAt, removed_at: removedAt, version },
          ...actionColumns(terms),
        })
        .onConflict((conflict) => conflict.doNothing())
        .executeTakeFirstOrThrow()
      if (numInsertedOrUpdatedRows === 0n) continue
      restored += 1
      await announceAction(tx, id, terms.instrumentId, terms.exDate)
    }
    return { restored }
  })
}
