import type { CorporateAction } from '@pe/contracts/actions.ts'
import type { Call } from '@pe/contracts/actor.ts'
import type { marketRoutes } from '@pe/contracts/market.ts'
import type { Input } from '@pe/contracts/route.ts'
import type { WriteTx } from '@pe/platform/db/database.ts'
import { Refused } from '@pe/platform/http/refused.ts'
import { sql } from 'kysely'
import type { MarketDeps, MarketSql } from '../market-deps.ts'
import { actionColumns, findSameAction, readAction } from '../store/actions.ts'
import type { MarketTables } from '../store/tables.ts'
import { checkedTerms, sameTerms } from './checked-terms.ts'

/** Records what a company does. The same action given twice is one; with other terms it is refused: change the one that stands. */
export async function recordAction(
  market: MarketDeps,
  { body }: Input<typeof marketRoutes.recordAction>,
  call: Call,
): Promise<CorporateAction> {
  const id = market.ids.next()
  return await market.db.write({ call, action: 'corporate-action.record', subject: `corporate-action:${id}` }, async (tx) => {
    const terms = await checkedTerms(tx.sql, call, body)
    await lockActionsOf(tx.sql, body.instrumentId)
    const standing = await findSameAction(tx.sql, call.actor, terms)
    if (standing) {
      if (sameTerms(terms, standing)) return standing
      throw new Refused('already_recorded', `a ${standing.kind} of ${standing.exDate} is recorded for this instrument`)
    }
    await tx.sql
      .insertInto('corporate_action')
      .values({ id, organisation_id: call.actor.organisationId, recorded_at: market.clock.now(), ...actionColumns(terms) })
      .execute()
    await announceAction(tx, id, terms.instrumentId, terms.exDate)
    return await readAction(tx.sql, call.actor, id)
  })
}

/** Two that record the same action at once do it one after the other: the second finds it. */
export async function lockActionsOf(db: MarketSql, instrumentId: string): Promise<void> {
  await sql`select from instrument where id = ${instrumentId} for update`.execute(db)
}

export async function announceAction(
  tx: WriteTx<MarketTables>,
  actionId: string,
  instrumentId: string,
  effectiveFrom: CorporateAction['exDate'],
): Promise<void> {
  await tx.announce('action-recorded', `${tx.actor.organisationId}:${instrumentId}`, { actionId, instrumentId, effectiveFrom })
}
