import type { Call } from '@pe/contracts/actor.ts'
import type { coreRoutes } from '@pe/contracts/core.ts'
import type { Input } from '@pe/contracts/route.ts'
import type { Booking } from '@pe/contracts/transactions.ts'
import type { WriteTx } from '@pe/platform/db/database.ts'
import { Refused } from '@pe/platform/http/refused.ts'
import { bookingOf } from './booking.ts'
import type { CoreDeps } from './core-deps.ts'
import type { Books } from './coverage.ts'
import { orRefuseInstrument } from './known-instrument.ts'
import { putInPlace } from './put-in-place.ts'
import { judged } from './record-transaction.ts'
import { lockBooks } from './store/accounts.ts'
import type { CoreTables } from './store/tables.ts'
import { accountsOf, readTransaction, readWithLegs, type TransactionRow } from './store/transactions.ts'

/** Corrects a transaction, or the whole event it is a leg of: another stands in its place. An account stays what it was. */
export async function replaceTransaction(
  core: CoreDeps,
  { params: { transactionId }, body, ifMatch }: Input<typeof coreRoutes.replaceTransaction>,
  call: Call,
): Promise<Booking> {
  await orRefuseInstrument(core, call, body.transaction.instrumentId)
  const id = core.ids.next()
  await core.db.write({ call, action: 'transaction.replace', subject: `transaction:${transactionId}` }, async (tx) => {
    const { old, books, accountId } = await lockToReplace(tx, call, transactionId, ifMatch, body.transaction)
    const statement = await judged(core, call, id, accountId, body.transaction, books)
    await putInPlace(core, tx, call, books, { old, next: [{ statement, event: null }], reason: body.reason ?? null })
  })
  return await bookingOf(core, id, call)
}

/** What is to be replaced, as it stands now, with the books of all that take part in it or will. */
export async function lockToReplace(
  tx: WriteTx<CoreTables>,
  call: Call,
  transactionId: string,
  ifMatch: number,
  next: { cashAccountId?: string | undefined; toAccountId?: string | undefined },
): Promise<{ old: TransactionRow[]; books: Books; accountId: string }> {
  const seen = await readTransaction(tx.sql, call.actor, transactionId)
  const { accountId } = seen
  const parties = [...accountsOf(seen), ...accountsOf({ ...next, accountId })]
  const books = await lockBooks(tx.sql, call.actor, parties)
  const row = await readTransaction(tx.sql, call.actor, transactionId)
  orRefuseState(row, ifMatch)
  return { old: await readWithLegs(tx.sql, call.actor, row), books, accountId }
}

/**
 * What only a transaction that still stands, in the version the caller saw, may go through. The version comes first: who was slower than somebody
 * else hears that, whatever the other has made of it.
 */
export function orRefuseState(row: TransactionRow, ifMatch: number): void {
  if (row.version !== ifMatch) {
    throw new Refused('changed_meanwhile', `this transaction is in version ${row.version} now, not ${ifMatch}`)
  }
  if (row.state === 'void') throw new Refused('already_void', 'this transaction is void already')
}
