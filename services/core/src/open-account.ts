import type { Account } from '@pe/contracts/accounts.ts'
import type { Call } from '@pe/contracts/actor.ts'
import type { coreRoutes } from '@pe/contracts/core.ts'
import type { Input } from '@pe/contracts/route.ts'
import { isCurrency } from '@pe/finance/money/currency.ts'
import { Refused } from '@pe/platform/http/refused.ts'
import type { CoreDeps } from './core-deps.ts'
import { announceAccountChange } from './facts.ts'
import { insertAccounts, readAccount } from './store/accounts.ts'
import { orRefuseName } from './unique-name.ts'

export async function openAccount(core: CoreDeps, { body }: Input<typeof coreRoutes.createAccount>, call: Call): Promise<Account> {
  orRefuseCurrency(body.currency)
  const id = core.ids.next()
  return await core.db.write({ call, action: 'account.open', subject: `account:${id}` }, async (tx) => {
    await orRefuseName(body.name, () => insertAccounts(tx, [{ ...body, id, createdAt: core.clock.now() }]))
    await announceAccountChange(tx, id)
    return await readAccount(tx.sql, call.actor, id)
  })
}

export function orRefuseCurrency(code: string): void {
  if (!isCurrency(code)) throw new Refused('unknown_currency', `${code} is no currency`)
}
