import type { ActionApplication } from '@pe/contracts/action-applications.ts'
import type { Call } from '@pe/contracts/actor.ts'
import type { coreRoutes } from '@pe/contracts/core.ts'
import type { Input } from '@pe/contracts/route.ts'
import { withActions } from '@pe/finance/actions/with-actions.ts'
import { inOrder } from '@pe/finance/ledger/order.ts'
import { Refused } from '@pe/platform/http/refused.ts'
import { orRefuseUnmatchedLots } from '../chosen-lots.ts'
import type { CoreDeps } from '../core-deps.ts'
import { announceLedgerChange } from '../facts.ts'
import { orRefuseClosed } from '../periods/closed-periods.ts'
import { lockBooks } from '../store/accounts.ts'
import { appliedOf, markUndone, readApplication } from '../store/action-applications.ts'
import { sealApplication } from '../store/beside-rows.ts'
import { accountsThatSendUnits } from '../store/ledger.ts'
import { readUnitBook, wholeLedger } from '../store/ledger-with-actions.ts'
import { instrumentsOf, legsIn } from './effects.ts'
import { orRefuseUncoveredLedger, partiesOf, touchedBy } from './judged-application.ts'
import { applicationsOf } from './list-applications.ts'

/** Takes an application back: the books show what they showed without it. Refused where a later sale needs the units it brought. */
export async function undoActionApplication(
  core: CoreDeps,
  { params: { applicationId } }: Input<typeof coreRoutes.undoActionApplication>,
  call: Call,
): Promise<ActionApplication> {
  return await core.db.write({ call, action: 'action.undo', subject: `action-application:${applicationId}` }, async (tx) => {
    const books = await lockBooks(tx.sql, call.actor, partiesOf((await readApplication(tx.sql, call.actor, applicationId)).accounts))
    const row = await readApplication(tx.sql, call.actor, applicationId)
    if (row.undoneAt !== null) throw new Refused('already_undone', 'this application was undone already')
    const applied = appliedOf(row)
    await orRefuseClosed(core, tx, call, touchedBy(applied))

    const senders = await accountsThatSendUnits(
      tx.sql,
      call.actor,
      applied.accounts.map(({ accountId }) => accountId),
    )
    const book = await readUnitBook(tx.sql, call.actor, senders, instrumentsOf(applied))
    const without = book.actions.filter(({ id }) => id !== applicationId)
    const after = withActions(inOrder(book.entries), without)
    await orRefuseUncoveredLedger(core, call, books, after)
    const read = async () => ({ before: wholeLedger(book), after })
    await orRefuseUnmatchedLots(tx.sql, call, [...books.keys()], after, { added: [], read })

    const legs = legsIn(wholeLedger(book), applied)
    const at = core.clock.now()
    await markUndone(tx.sql, applicationId, { at, by: call.actor.userId, legs })
    await sealApplication(tx, at, 'action-undone', applicationId)
    await announceLedgerChange(tx, touchedBy(applied))
    const [application] = await applicationsOf(tx.sql, call, [await readApplication(tx.sql, call.actor, applicationId)])
    if (!application) throw new Error(`application ${applicationId} cannot be told`)
    return application
  })
}
