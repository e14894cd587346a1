import type { Call } from '@pe/contracts/actor.ts'
import type { coreRoutes } from '@pe/contracts/core.ts'
import type { PeriodLock } from '@pe/contracts/periods.ts'
import type { Input } from '@pe/contracts/route.ts'
import { Refused } from '@pe/platform/http/refused.ts'
import type { CoreDeps } from '../core-deps.ts'
import { sealRow } from '../store/beside-rows.ts'
import { lockAllBooks, markReopened, readLock } from '../store/periods.ts'

/** Lets writes into a closed period again; who closed and reopened it, when and why stays readable. */
export async function reopenPeriod(
  core: CoreDeps,
  { params: { lockId }, body }: Input<typeof coreRoutes.reopenPeriod>,
  call: Call,
): Promise<PeriodLock> {
  return await core.db.write({ call, action: 'period.reopen', subject: `period-lock:${lockId}` }, async (tx) => {
    const { accountId } = await readLock(tx.sql, call.actor, lockId)
    const accountIds = accountId === null ? await lockAllBooks(tx.sql, call.actor) : [accountId]
    const at = core.clock.now()
    const reopened = await markReopened(tx.sql, call.actor, lockId, at, body.reason ?? '')
    if (!reopened) throw new Refused('already_reopened', 'this period was reopened already')
    await sealRow(tx, at, 'period-reopened', { table: 'period_lock', id: lockId, accountIds })
    return await readLock(tx.sql, call.actor, lockId)
  })
}
