import type { Call } from '@pe/contracts/actor.ts'
import type { Booking } from '@pe/contracts/transactions.ts'
import { unitPostings } from '@pe/finance/ledger/postings.ts'
import { Decimal } from '@pe/finance/money/decimal.ts'
import { cashBalances } from './cash.ts'
import type { CoreDeps, CoreSql } from './core-deps.ts'
import { readUnitBook, wholeLedger } from './store/ledger-with-actions.ts'
import { readTransaction, type TransactionRow } from './store/transactions.ts'
import { transactionsOf } from './transactions.ts'

/** A transaction as recorded, the units its account holds right after it in the ledger, and the cash at the end of its day. */
export async function bookingOf(core: CoreDeps, transactionId: string, call: Call): Promise<Booking> {
  return await core.db.snapshot(async (db) => {
    const row = await readTransaction(db, call.actor, transactionId)
    const [transaction] = await transactionsOf(core, call, [row])
    if (!transaction) throw new Error(`transaction ${transactionId} cannot be told`)
    const balances = await cashBalances(core, db, call, [row.cashAccountId ?? row.accountId], row.date)
    return { transaction, unitsAfter: await unitsAfter(db, call, row), cashAfter: balances.map(({ balance }) => balance) }
  })
}

async function unitsAfter(db: CoreSql, call: Call, row: TransactionRow): Promise<string | null> {
  if (row.instrumentId === null) return null
  let units = Decimal.zero
  for (const entry of wholeLedger(await readUnitBook(db, call.actor, [row.accountId], [row.instrumentId]))) {
    if (entry.date > row.date) break
    for (const { book, accountId, unit, amount } of unitPostings(entry))
      if (book === 'units' && accountId === row.accountId && unit === row.instrumentId) units = units.plus(amount)
    if (entry.id === row.id) break
  }
  return units.toString()
}
