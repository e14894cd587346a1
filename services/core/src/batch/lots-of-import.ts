import type { Call } from '@pe/contracts/actor.ts'
import { withActions } from '@pe/finance/actions/with-actions.ts'
import { inOrder } from '@pe/finance/ledger/order.ts'
import { sql } from 'kysely'
import { orRefuseUnmatchedLots } from '../chosen-lots.ts'
import type { CoreSql } from '../core-deps.ts'
import { instrumentsWithChosenLots } from '../store/chosen-instruments.ts'
import { accountsThatSendUnits } from '../store/ledger.ts'
import { readUnitBook, wholeLedger } from '../store/ledger-with-actions.ts'

/** Refuses `lots_do_not_match` when a sale that stays chose a lot that an import brought. */
export async function orRefuseLotsOf(db: CoreSql, call: Call, importId: string, accountIds: readonly string[]): Promise<void> {
  const instruments = await instrumentsWithChosenLots(db, call.actor, accountIds)
  if (instruments.length === 0) return
  const book = await readUnitBook(db, call.actor, await accountsThatSendUnits(db, call.actor, accountIds), instruments)
  const recorded = await db
    .selectFrom('transaction')
    .select('id')
    .where('import_id', '=', importId)
    .where(sql<boolean>`id = any(${book.entries.map(({ id }) => id)}::uuid[])`)
    .execute()
  const gone = new Set(recorded.map(({ id }) => id))
  const left = book.entries.filter(({ id }) => !gone.has(id))
  const after = withActions(inOrder(left), book.actions)
  const read = async () => ({ before: wholeLedger(book), after })
  await orRefuseUnmatchedLots(db, call, accountIds, after, { added: [], read })
}
