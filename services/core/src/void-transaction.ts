import type { Call } from '@pe/contracts/actor.ts'
import type { coreRoutes } from '@pe/contracts/core.ts'
import type { Input } from '@pe/contracts/route.ts'
import type { Transaction } from '@pe/contracts/transactions.ts'
import type { CoreDeps } from './core-deps.ts'
import { orRefuseUncovered } from './coverage.ts'
import { announceLedgerChange } from './facts.ts'
import { orRefuseClosed } from './periods/closed-periods.ts'
import { orRefuseState } from './replace-transaction.ts'
import { lockBooks } from './store/accounts.ts'
import { markVoid } from './store/saved-transaction.ts'
import { accountsOf, ledgerEntryOf, readTransaction, readWithLegs } from './store/transactions.ts'
import { getTransaction } from './transactions.ts'

/** Takes a transaction, or the whole event it is a leg of, out of the book; it stays in the journal. Refused where a later sale needs its units. */
export async function voidTransaction(
  core: CoreDeps,
  { params, body, ifMatch }: Input<typeof coreRoutes.voidTransaction>,
  call: Call,
): Promise<Transaction> {
  const { transactionId } = params
  await core.db.write({ call, action: 'transaction.void', subject: `transaction:${transactionId}` }, async (tx) => {
    const books = await lockBooks(tx.sql, call.actor, accountsOf(await readTransaction(tx.sql, call.actor, transactionId)))
    const row = await readTransaction(tx.sql, call.actor, transactionId)
    orRefuseState(row, ifMatch)
    const legs = await readWithLegs(tx.sql, call.actor, row)
    const removed = legs.filter(({ state }) => state === 'posted').map(ledgerEntryOf)
    await orRefuseClosed(core, tx, call, removed)
    await orRefuseUncovered(core, tx.sql, call, books, { removed })
    const ids = legs.map(({ id }) => id)
    await markVoid(tx, ids, { reason: body.reason ?? null, at: core.clock.now(), by: call.actor.userId })
    await announceLedgerChange(tx, removed)
  })
  return await getTransaction(core, { params, query: {} }, call)
}
