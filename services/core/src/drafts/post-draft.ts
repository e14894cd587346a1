import type { Call } from '@pe/contracts/actor.ts'
import type { coreRoutes } from '@pe/contracts/core.ts'
import type { Input } from '@pe/contracts/route.ts'
import type { Booking } from '@pe/contracts/transactions.ts'
import { checkTransaction } from '@pe/finance/ledger/check-transaction.ts'
import type { WriteTx } from '@pe/platform/db/database.ts'
import { orRefuse } from '@pe/platform/http/or-refuse.ts'
import { Refused } from '@pe/platform/http/refused.ts'
import { derivedId } from '@pe/platform/ids/derived-id.ts'
import { bookingOf } from '../booking.ts'
import type { CoreDeps } from '../core-deps.ts'
import type { Books } from '../coverage.ts'
import { putInPlace } from '../put-in-place.ts'
import { statementAgain } from '../reinstate-transaction.ts'
import { orRefuseState } from '../replace-transaction.ts'
import { archiveDays, openingDays } from '../statement.ts'
import { lockBooks } from '../store/accounts.ts'
import type { CoreTables } from '../store/tables.ts'
import { accountsOf, readTransaction, readWithLegs, type TransactionRow } from '../store/transactions.ts'

/** Posts a draft (an event with all its legs): what it states is recorded anew as posted, in its place, after the checks of any record. */
export async function postDraft(
  core: CoreDeps,
  { params: { transactionId }, ifMatch }: Input<typeof coreRoutes.postDraft>,
  call: Call,
): Promise<Booking> {
  const posted = await core.db.write({ call, action: 'transaction.post', subject: `transaction:${transactionId}` }, async (tx) => {
    const books = await lockBooks(tx.sql, call.actor, accountsOf(await readTransaction(tx.sql, call.actor, transactionId)))
    const draft = await readTransaction(tx.sql, call.actor, transactionId)
    orRefuseState(draft, ifMatch)
    return await putPosted(core, tx, call, books, draft)
  })
  return await bookingOf(core, posted, call)
}

/** Its accounts are locked. Answers the id under which it stands now. */
export async function putPosted(core: CoreDeps, tx: WriteTx<CoreTables>, call: Call, books: Books, draft: TransactionRow): Promise<string> {
  if (draft.state !== 'draft') throw new Refused('not_a_draft', 'this transaction is no draft')
  const fresh = core.ids.next()
  const idOf = ({ leg }: Pick<TransactionRow, 'leg'>): string => (leg === null ? fresh : derivedId(fresh, leg))
  const rules = { today: core.clock.today(call.actor.timeZone), openedOn: openingDays(books), archivedOn: archiveDays(books) }
  const old = await readWithLegs(tx.sql, call.actor, draft)
  const next = old.map((row) => {
    const statement = { ...statementAgain(idOf(row), row), state: 'posted' as const }
    orRefuse(checkTransaction(statement.entry, rules))
    const event = row.eventKind !== null && row.leg !== null ? { id: fresh, kind: row.eventKind, leg: row.leg } : null
    return { statement, event }
  })
  await putInPlace(core, tx, call, books, { old, next, reason: 'posted' })
  return idOf(draft)
}
