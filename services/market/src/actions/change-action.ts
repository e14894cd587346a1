import type { CorporateAction } from '@pe/contracts/actions.ts'
import type { Call } from '@pe/contracts/actor.ts'
import type { marketRoutes } from '@pe/contracts/market.ts'
import type { Input } from '@pe/contracts/route.ts'
import { earlier } from '@pe/finance/time/plain-date.ts'
import { Refused } from '@pe/platform/http/refused.ts'
import { sql } from 'kysely'
import type { MarketDeps } from '../market-deps.ts'
import { actionColumns, findSameAction, readAction } from '../store/actions.ts'
import { checkedTerms } from './checked-terms.ts'
import { announceAction, lockActionsOf } from './record-action.ts'

/** States other terms in place of those that stand. */
export async function changeAction(
  market: MarketDeps,
  { params: { actionId }, body, ifMatch }: Input<typeof marketRoutes.changeAction>,
  call: Call,
): Promise<CorporateAction> {
  return await market.db.write({ call, action: 'corporate-action.change', subject: `corporate-action:${actionId}` }, async (tx) => {
    const terms = await checkedTerms(tx.sql, call, body)
    await lockActionsOf(tx.sql, body.instrumentId)
    const standing = await readAction(tx.sql, call.actor, actionId, { lock: true })
    orRefuseVersion(standing, ifMatch)
    const same = await findSameAction(tx.sql, call.actor, terms)
    if (same && same.id !== actionId) {
      throw new Refused('already_recorded', `a ${same.kind} of ${same.exDate} is recorded for this instrument`)
    }
    await tx.sql
      .updateTable('corporate_action')
      .set({ ...actionColumns(terms), version: sql`version + 1` })
      .where('id', '=', actionId)
      .execute()
    await announceAction(tx, actionId, terms.instrumentId, earlier(standing.exDate, terms.exDate))
    return await readAction(tx.sql, call.actor, actionId)
  })
}

/** Only what still stands, in the version that was seen. */
export function orRefuseVersion(standing: CorporateAction, ifMatch: number): void {
  if (standing.removedAt !== null) throw new Refused('not_found', 'this corporate action was removed')
  if (standing.version !== ifMatch) {
    throw new Refused('changed_meanwhile', `this corporate action is in version ${standing.version} now, not ${ifMatch}`)
  }
}
