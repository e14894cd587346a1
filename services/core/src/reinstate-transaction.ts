import type { Call } from '@pe/contracts/actor.ts'
import type { coreRoutes } from '@pe/contracts/core.ts'
import type { Input } from '@pe/contracts/route.ts'
import type { Booking } from '@pe/contracts/transactions.ts'
import { checkDay } from '@pe/finance/ledger/check-transaction.ts'
import { currency } from '@pe/finance/money/currency.ts'
import { Decimal } from '@pe/finance/money/decimal.ts'
import { plainDate } from '@pe/finance/time/plain-date.ts'
import { orRefuse } from '@pe/platform/http/or-refuse.ts'
import { Refused } from '@pe/platform/http/refused.ts'
import { derivedId } from '@pe/platform/ids/derived-id.ts'
import { bookingOf } from './booking.ts'
import type { CoreDeps, CoreSql } from './core-deps.ts'
import { putInPlace } from './put-in-place.ts'
import { archiveDays, openingDays, type Statement } from './statement.ts'
import { lockBooks } from './store/accounts.ts'
import { accountsOf, journal, ledgerEntryOf, readTransaction, readWithLegs, type TransactionRow } from './store/transactions.ts'

/** A draft may lie in the future; what was posted never did. */
const lastDay = plainDate('9999-12-31')

/** Undoes a void: the same statement, or event with all its legs, is recorded again under a new id, in its old place of the ledger. */
export async function reinstateTransaction(
  core: CoreDeps,
  { params: { transactionId } }: Input<typeof coreRoutes.reinstateTransaction>,
  call: Call,
): Promise<Booking> {
  const fresh = core.ids.next()
  const idOf = ({ leg }: Pick<TransactionRow, 'leg'>): string => (leg === null ? fresh : derivedId(fresh, leg))
  const asked = await readTransaction(core.db.sql, call.actor, transactionId)
  await core.db.write({ call, action: 'transaction.reinstate', subject: `transaction:${transactionId}` }, async (tx) => {
    const books = await lockBooks(tx.sql, call.actor, accountsOf(asked))
    const row = await readTransaction(tx.sql, call.actor, transactionId)
    if (row.state !== 'void') throw new Refused('not_void', 'this transaction is not void')
    const old = await readWithLegs(tx.sql, call.actor, row)
    for (const each of old) await orRefuseSecondCopy(tx.sql, call, each)
    const next = old.map((each) => ({
      statement: statementAgain(idOf(each), each),
      event: each.eventKind !== null && each.leg !== null ? { id: fresh, kind: each.eventKind, leg: each.leg } : null,
    }))
    const rules = { today: lastDay, openedOn: openingDays(books), archivedOn: archiveDays(books) }
    for (const { statement } of next) orRefuse(checkDay(statement.entry, rules))
    await putInPlace(core, tx, call, books, { old, next, reason: null })
  })
  return await bookingOf(core, idOf(asked), call)
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

/** What a row states, to be recorded again under another id. */
export function statementAgain(id: string, row: TransactionRow): Statement {
  return {
    entry: { ...ledgerEntryOf(row), id },
    price: row.price === null ? null : Decimal.parse(row.price),
    note: row.note,
    state: row.recordedState,
    charges: row.charges?.map((part) => ({
      ...part,
      currency: currency(part.currency),
      amount: Decimal.parse(part.amount),
      rate: part.rate === null ? undefined : Decimal.parse(part.rate),
      booked: Decimal.parse(part.booked),
    })),
  }
}
