import type { CorporateAction } from '@pe/contracts/actions.ts'
import type { Call } from '@pe/contracts/actor.ts'
import type { marketRoutes } from '@pe/contracts/market.ts'
import type { Input } from '@pe/contracts/route.ts'
import { sql } from 'kysely'
import type { MarketDeps } from '../market-deps.ts'
import { readAction } from '../store/actions.ts'
import { orRefuseVersion } from './change-action.ts'
import { announceAction } from './record-action.ts'

/** Takes an action off the list. It is kept, and accounts that it was applied to keep their copy of the terms. */
export async function removeAction(
  market: MarketDeps,
  { params: { actionId }, ifMatch }: Input<typeof marketRoutes.removeAction>,
  call: Call,
): Promise<CorporateAction> {
  return await market.db.write({ call, action: 'corporate-action.remove', subject: `corporate-action:${actionId}` }, async (tx) => {
    const standing = await readAction(tx.sql, call.actor, actionId, { lock: true })
    orRefuseVersion(standing, ifMatch)
    await tx.sql
      .updateTable('corporate_action')
      .set({ removed_at: market.clock.now(), version: sql`version + 1` })
      .where('id', '=', actionId)
      .execute()
    await announceAction(tx, actionId, standing.instrumentId, standing.exDate)
    return await readAction(tx.sql, call.actor, actionId)
  })
}
