import type { Call } from '@pe/contracts/actor.ts'
import type { BalanceAssertion } from '@pe/contracts/assertions.ts'
import type { coreRoutes } from '@pe/contracts/core.ts'
import type { Input } from '@pe/contracts/route.ts'
import { Decimal } from '@pe/finance/money/decimal.ts'
import { fitting, moneySize, quantitySize } from '@pe/finance/money/limits.ts'
import { orRefuse } from '@pe/platform/http/or-refuse.ts'
import { Refused } from '@pe/platform/http/refused.ts'
import type { CoreDeps } from '../core-deps.ts'
import { orRefuseInstrument } from '../known-instrument.ts'
import { orRefuseCurrency } from '../open-account.ts'
import { lockBooks } from '../store/accounts.ts'
import { insertAssertion } from '../store/assertions.ts'
import { sealRow } from '../store/beside-rows.ts'
import { heldAgainst } from './held-against.ts'

/** Keeps what a statement says. It changes no balance; a closed period takes it too. */
export async function assertBalance(
  core: CoreDeps,
  { body }: Input<typeof coreRoutes.assertBalance>,
  call: Call,
): Promise<BalanceAssertion> {
  const { accountId, date, cash, units, note = '' } = body
  if (!cash && !units) throw new Refused('field_missing', 'say how much cash or how many units the statement shows')
  if (cash && units) throw new Refused('field_not_allowed', 'cash and units are stated one by one')
  const today = core.clock.today(call.actor.timeZone)
  if (date > today) throw new Refused('date_in_future', `${date} is after ${today}`)
  if (cash) orRefuseCurrency(cash.currency)
  await orRefuseInstrument(core, call, units?.instrumentId)
  const stated = Decimal.parse(cash?.amount ?? units?.quantity ?? '0')
  orRefuse(fitting(stated, cash ? moneySize : quantitySize, 'the balance'))
  const id = core.ids.next()
  const row = {
    id,
    accountId,
    date,
    instrumentId: units?.instrumentId ?? null,
    currency: cash?.currency ?? null,
    stated: stated.toString(),
    note,
    recordedAt: core.clock.now(),
  }
  return await core.db.write({ call, action: 'balance.assert', subject: `account:${accountId}` }, async (tx) => {
    await lockBooks(tx.sql, call.actor, [accountId])
    await insertAssertion(tx.sql, call.actor, row)
    await sealRow(tx, row.recordedAt, 'balance-stated', { table: 'balance_assertion', id, accountIds: [accountId] })
    const [told] = await heldAgainst(core, tx.sql, call, [row])
    if (!told) throw new Error(`assertion ${id} cannot be told`)
    return told
  })
}
