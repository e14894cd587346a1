import type { Call } from '@pe/contracts/actor.ts'
import type { coreRoutes } from '@pe/contracts/core.ts'
import type { Input } from '@pe/contracts/route.ts'
import type { Booking } from '@pe/contracts/transactions.ts'
import { Refused } from '@pe/platform/http/refused.ts'
import { bookingOf } from './booking.ts'
import type { CoreDeps } from './core-deps.ts'
import { orRefuseUncovered } from './coverage.ts'
import { announceLedgerChange } from './facts.ts'
import { orRefuseInstrument } from './known-instrument.ts'
import { orRefuseClosed } from './periods/closed-periods.ts'
import { judged } from './record-transaction.ts'
import { lockBooks } from './store/accounts.ts'
import { insertTransactions, linkReplacement, markVoid } from './store/saved-transaction.ts'
import { accountsOf, ledgerEntryOf, readTransaction, type TransactionRow } from './store/transactions.ts'

/**
 * Corrects a transaction: the old one is voided, the new one takes its place in the ledger, its import and its source key (so that neither
 * a second import nor an undo is misled), all in one step. An account stays what it was.
 */
export async function replaceTransaction(
  core: CoreDeps,
  { params: { transactionId }, body, ifMatch }: Input<typeof coreRoutes.replaceTransaction>,
  call: Call,
): Promise<Booking> {
  await orRefuseInstrument(core, call, body.transaction.instrumentId)
  const id = core.ids.next()
  await core.db.write({ call, action: 'transaction.replace', subject: `transaction:${transactionId}` }, async (tx) => {
    const { accountId, ...named } = await readTransaction(tx.sql, call.actor, transactionId)
    const parties = [...accountsOf({ ...named, accountId }), ...accountsOf({ ...body.transaction, accountId })]
    const books = await lockBooks(tx.sql, call.actor, parties)
    const old = await readTransaction(tx.sql, call.actor, transactionId)
    orRefuseState(old, ifMatch)

    const statement = judged(core, call, id, accountId, body.transaction, books)
    const before = ledgerEntryOf(old)
    const removed = old.state === 'posted' ? [before] : []
    const added = statement.state === 'posted' ? statement.entry : undefined
    await orRefuseClosed(core, tx, call, added ? [...removed, added] : removed)
    await orRefuseUncovered(core, tx.sql, call, books, { added, removed })

    await markVoid(tx.sql, [old.id], { reason: body.reason ?? null, at: core.clock.now(), by: call.actor.userId })
    const sequence = old.date === statement.entry.date ? old.sequence : null
    const row = { id, statement, importId: old.importId, sourceKey: old.sourceKey, replaces: old.id, sequence }
    await insertTransactions(tx, core.clock.now(), [row])
    await linkReplacement(tx.sql, old.id, id)
    await announceLedgerChange(tx, added ? [...removed, added] : removed)
  })
  return await bookingOf(core, id, call)
}

/** What only a transaction that still stands, in the version the caller saw, may go through. */
export function orRefuseState(row: TransactionRow, ifMatch: number): void {
  if (row.state === 'void') throw new Refused('already_void', 'this transaction is void already')
  if (row.version !== ifMatch) {
    throw new Refused('changed_meanwhile', `this transaction is in version ${row.version} now, not ${ifMatch}`)
  }
}
