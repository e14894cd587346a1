import type { Call } from '@pe/contracts/actor.ts'
import type { coreRoutes } from '@pe/contracts/core.ts'
import type { Input, Reply } from '@pe/contracts/route.ts'
import { Refused } from '@pe/platform/http/refused.ts'
import type { CoreDeps } from '../core-deps.ts'
import { markWithdrawn } from '../store/assertions.ts'
import { sealRow } from '../store/beside-rows.ts'

/** Takes it out of the list; the row stays, with who withdrew it and when. */
export async function withdrawAssertion(
  core: CoreDeps,
  { params: { assertionId } }: Input<typeof coreRoutes.withdrawAssertion>,
  call: Call,
): Promise<Reply<typeof coreRoutes.withdrawAssertion>> {
  return await core.db.write({ call, action: 'balance.withdraw', subject: `assertion:${assertionId}` }, async (tx) => {
    const at = core.clock.now()
    const accountId = await markWithdrawn(tx.sql, call.actor, assertionId, at)
    if (accountId === undefined) throw new Refused('not_found', 'there is no such balance')
    await sealRow(tx, at, 'balance-withdrawn', { table: 'balance_assertion', id: assertionId, accountIds: [accountId] })
    return { id: assertionId }
  })
}
