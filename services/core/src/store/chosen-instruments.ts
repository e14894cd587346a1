import type { Actor } from '@pe/contracts/actor.ts'
import type { CoreSql } from '../core-deps.ts'
import { listOf } from './accounts.ts'

/** Instruments of which lots were chosen in posted entries of these accounts: what is added or taken away may leave a choice without its lot. */
export async function instrumentsWithChosenLots(db: CoreSql, { organisationId }: Actor, accountIds: readonly string[]): Promise<string[]> {
  if (accountIds.length === 0) return []
  const rows = await db
    .selectFrom('transaction')
    .select('instrument_id as instrumentId')
    .distinct()
    .where('organisation_id', '=', organisationId)
    .where('state', '=', 'posted')
    .where('lots', 'is not', null)
    .where('account_id', 'in', listOf(accountIds))
    .execute()
  return rows.flatMap(({ instrumentId }) => instrumentId ?? [])
}
