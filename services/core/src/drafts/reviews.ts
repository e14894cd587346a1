import type { Call } from '@pe/contracts/actor.ts'
import type { coreRoutes } from '@pe/contracts/core.ts'
import type { Input } from '@pe/contracts/route.ts'
import type { Transaction } from '@pe/contracts/transactions.ts'
import { Refused } from '@pe/platform/http/refused.ts'
import type { CoreDeps } from '../core-deps.ts'
import { askedIn } from '../statement.ts'
import { insertReviews, markAsReviewed } from '../store/reviews.ts'
import { readTransaction } from '../store/transactions.ts'
import { getTransaction } from '../transactions.ts'

/** Asks for another look at a transaction. It says nothing about the books, so a closed period takes it. */
export async function askForReview(
  core: CoreDeps,
  { params, body }: Input<typeof coreRoutes.askForReview>,
  call: Call,
): Promise<Transaction> {
  const { transactionId } = params
  await core.db.write({ call, action: 'transaction.ask-review', subject: `transaction:${transactionId}` }, async (tx) => {
    const row = await readTransaction(tx.sql, call.actor, transactionId)
    if (row.state === 'void') throw new Refused('already_void', 'this transaction is void')
    await insertReviews(tx.sql, call.actor, [{ transactionId, review: askedIn(body.reason) }], core.clock.now())
  })
  return await getTransaction(core, { params, query: {} }, call)
}

/** Says that somebody has looked; who and when stays with the review. */
export async function markReviewed(core: CoreDeps, { params }: Input<typeof coreRoutes.markReviewed>, call: Call): Promise<Transaction> {
  const { transactionId } = params
  await core.db.write({ call, action: 'transaction.reviewed', subject: `transaction:${transactionId}` }, async (tx) => {
    await readTransaction(tx.sql, call.actor, transactionId)
    await markAsReviewed(tx.sql, call.actor, transactionId, core.clock.now())
  })
  return await getTransaction(core, { params, query: {} }, call)
}
