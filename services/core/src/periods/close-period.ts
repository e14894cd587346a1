import type { Call } from '@pe/contracts/actor.ts'
import type { coreRoutes } from '@pe/contracts/core.ts'
import type { PeriodLock } from '@pe/contracts/periods.ts'
import type { Input } from '@pe/contracts/route.ts'
import { Refused } from '@pe/platform/http/refused.ts'
import type { CoreDeps } from '../core-deps.ts'
import { lockBooks } from '../store/accounts.ts'
import { sealRow } from '../store/beside-rows.ts'
import { insertLock, lockAllBooks, readLock } from '../store/periods.ts'

/** Closes all days up to one. Waits for writers that are under way, so that none of them commits into a period already told as closed. */
export async function closePeriod(core: CoreDeps, { body }: Input<typeof coreRoutes.closePeriod>, call: Call): Promise<PeriodLock> {
  const { accountId = null, closedThrough, reason = '' } = body
  const today = core.clock.today(call.actor.timeZone)
  if (closedThrough > today) throw new Refused('date_in_future', `${closedThrough} is after ${today}: what has not happened is not closed`)
  const id = core.ids.next()
  return await core.db.write({ call, action: 'period.close', subject: `period-lock:${id}` }, async (tx) => {
    const accountIds =
      accountId === null ? await lockAllBooks(tx.sql, call.actor) : [...(await lockBooks(tx.sql, call.actor, [accountId])).keys()]
    // The chains of accounts are where it is sealed.
    if (accountIds.length === 0) throw new Refused('not_found', 'there is no account yet whose days could be closed')
    const at = core.clock.now()
    await insertLock(tx.sql, call.actor, { id, accountId, closedThrough, reason, at })
    await sealRow(tx, at, 'period-closed', { table: 'period_lock', id, accountIds })
    return await readLock(tx.sql, call.actor, id)
  })
}
