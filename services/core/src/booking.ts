import type { Call } from '@pe/contracts/actor.ts'
import type { Booking } from '@pe/contracts/transactions.ts'
import { unitPostings } from '@pe/finance/ledger/postings.ts'
import { Decimal } from '@pe/finance/money/decimal.ts'
import { cashBalances } from './cash.ts'
import type { CoreDeps, CoreSql } from './core-deps.ts'
import { readAppliedActions } from './store/action-applications.ts'
import { unitsRightAfter } from './store/held-units.ts'
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

/** Without corporate actions the database adds up what the account holds; with them the ledger is folded. */
async function unitsAfter(db: CoreSql, call: Call, row: TransactionRow): Promise<string | null> {
  const { accountId, instrumentId, date } = row
  if (instrumentId === null) return null
  const applied = await readAppliedActions(db, call.actor, [accountId])
  const added = applied.length === 0 ? await unitsRightAfter(db, call.actor, { accountId, instrumentId }, row) : null
  if (added) return added.toString()
  let units = Decimal.zero
  for (const entry of wholeLedger(await readUnitBook(db, call.actor, [accountId], [instrumentId]))) {
    if (entry.date > date) break
    for (const posting of unitPostings(entry))
      if (posting.book === 'units' && posting.accountId === accountId && posting.unit === instrumentId) units = units.plus(posting.amount)
    if (entry.id === row.id) break
  }
  return units.toString()
}
