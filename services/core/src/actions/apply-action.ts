import type { ActionApplication } from '@pe/contracts/action-applications.ts'
import type { Call } from '@pe/contracts/actor.ts'
import type { coreRoutes } from '@pe/contracts/core.ts'
import type { Input } from '@pe/contracts/route.ts'
import { Refused } from '@pe/platform/http/refused.ts'
import type { CoreDeps } from '../core-deps.ts'
import { announceLedgerChange } from '../facts.ts'
import { orRefuseClosed } from '../periods/closed-periods.ts'
import { lockBooks } from '../store/accounts.ts'
import { insertApplication, readApplication } from '../store/action-applications.ts'
import { sealApplication } from '../store/beside-rows.ts'
import { beforeAndAfter } from './effects.ts'
import { judgedApplication, orRefuseApplied, partiesOf, standingAction, touchedBy } from './judged-application.ts'
import { applicationsOf } from './list-applications.ts'

/** Applies a corporate action to accounts: from its ex-date on their books show what it does. No recorded transaction is touched. */
export async function applyAction(
  core: CoreDeps,
  { params, body }: Input<typeof coreRoutes.applyAction>,
  call: Call,
): Promise<ActionApplication> {
  const action = await standingAction(core, call, params.actionId)
  const today = core.clock.today(call.actor.timeZone)
  if (action.exDate > today) throw new Refused('date_in_future', `the ex-date ${action.exDate} is after ${today}`)
  const id = core.ids.next()
  return await core.db.write({ call, action: 'action.apply', subject: `action-application:${id}` }, async (tx) => {
    const books = await lockBooks(tx.sql, call.actor, partiesOf(body.accounts))
    const applied = await judgedApplication(tx.sql, call, id, action, body.accounts)
    await orRefuseClosed(core, tx, call, touchedBy(applied))
    await orRefuseApplied(core, tx.sql, call, books, applied, await beforeAndAfter(tx.sql, call, applied))
    const at = core.clock.now()
    await insertApplication(tx.sql, call.actor, { applied, actionId: action.id, appliedAt: at })
    await sealApplication(tx, at, 'action-applied', id)
    await announceLedgerChange(tx, touchedBy(applied))
    const [application] = await applicationsOf(tx.sql, call, [await readApplication(tx.sql, call.actor, id)])
    if (!application) throw new Error(`application ${id} cannot be told`)
    return application
  })
}
