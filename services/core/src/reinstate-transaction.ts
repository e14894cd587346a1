import type { Call } from '@pe/contracts/actor.ts'
import type { coreRoutes } from '@pe/contracts/core.ts'
import type { Input } from '@pe/contracts/route.ts'
import type { Booking } from '@pe/contracts/transactions.ts'
import { Decimal } from '@pe/finance/money/decimal.ts'
import { Refused } from '@pe/platform/http/refused.ts'
import { bookingOf } from './booking.ts'
import type { CoreDeps, CoreSql } from './core-deps.ts'
import { orRefuseUncovered } from './coverage.ts'
import { announceLedgerChange } from './facts.ts'
import { orRefuseClosed } from './periods/closed-periods.ts'
import type { Statement } from './statement.ts'
import { lockBooks } from './store/accounts.ts'
import { insertTransactions, linkReplacement } from './store/saved-transaction.ts'
import { accountsOf, journal, ledgerEntryOf, readTransaction, type TransactionRow } from './store/transactions.ts'

/** Undoes a void: the same statement is recorded again under a new id, in its old place of the ledger. */
export async function reinstateTransaction(
  core: CoreDeps,
  { params: { transactionId } }: Input<typeof coreRoutes.reinstateTransaction>,
  call: Call,
): Promise<Booking> {
  const id = core.ids.next()
  await core.db.write({ call, action: 'transaction.reinstate', subject: `transaction:${transactionId}` }, async (tx) => {
    const books = await lockBooks(tx.sql, call.actor, accountsOf(await readTransaction(tx.sql, call.actor, transactionId)))
    const row = await readTransaction(tx.sql, call.actor, transactionId)
    if (row.state !== 'void') throw new Refused('not_void', 'this transaction is not void')
    await orRefuseSecondCopy(tx.sql, call, row)

    const statement = statementAgain(id, row)
    if (statement.state === 'posted') await orRefuseClosed(core, tx, call, [statement.entry])
    if (statement.state === 'posted') await orRefuseUncovered(core, tx.sql, call, books, { added: statement.entry })
    const { importId, sourceKey, sequence } = row
    await insertTransactions(tx, core.clock.now(), [{ id, statement, importId, sourceKey, replaces: row.id, sequence }])
    await linkReplacement(tx.sql, row.id, id)
    if (statement.state === 'posted') await announceLedgerChange(tx, [statement.entry])
  })
  return await bookingOf(core, id, call)
}

/** Recorded again it would stand in the book twice: it was corrected or reinstated, or imported anew. */
async function orRefuseSecondCopy(db: CoreSql, call: Call, row: TransactionRow): Promise<void> {
  const standing = await journal(db, call.actor)
    .where('state', '<>', 'void')
    .where('account_id', '=', row.accountId)
    .where(({ or, eb }) => or([eb('id', '=', row.replacedBy), ...(row.sourceKey === null ? [] : [eb('source_key', '=', row.sourceKey)])]))
    .executeTakeFirst()
  if (standing) throw new Refused('not_void', `transaction ${standing.id} stands in its place`)
}

function statementAgain(id: string, row: TransactionRow): Statement {
  return {
    entry: { ...ledgerEntryOf(row), id },
    price: row.price === null ? null : Decimal.parse(row.price),
    note: row.note,
    state: row.recordedState,
  }
}
