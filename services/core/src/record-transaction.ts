import type { Call } from '@pe/contracts/actor.ts'
import type { coreRoutes } from '@pe/contracts/core.ts'
import type { Input } from '@pe/contracts/route.ts'
import type { Booking, NewTransaction } from '@pe/contracts/transactions.ts'
import type { WriteTx } from '@pe/platform/db/database.ts'
import { orRefuse } from '@pe/platform/http/or-refuse.ts'
import { Refused } from '@pe/platform/http/refused.ts'
import { bookingOf } from './booking.ts'
import { chargeRates } from './charge-rates.ts'
import type { CoreDeps } from './core-deps.ts'
import { type Books, orRefuseUncovered } from './coverage.ts'
import { announceLedgerChange } from './facts.ts'
import { orRefuseInstrument } from './known-instrument.ts'
import { orRefuseClosed } from './periods/closed-periods.ts'
import { archiveDays, openingDays, type Statement, statementOf } from './statement.ts'
import { lockBooks } from './store/accounts.ts'
import { insertTransactions } from './store/saved-transaction.ts'
import type { CoreTables } from './store/tables.ts'
import { accountsOf } from './store/transactions.ts'

/** Records what happened to an account, or refuses it; a draft is kept without any effect. */
export async function recordTransaction(
  core: CoreDeps,
  { params: { accountId }, body }: Input<typeof coreRoutes.recordTransaction>,
  call: Call,
): Promise<Booking> {
  await orRefuseInstrument(core, call, body.instrumentId)
  const id = core.ids.next()
  await core.db.write({ call, action: 'transaction.record', subject: `transaction:${id}` }, async (tx) => {
    const books = await lockBooks(tx.sql, call.actor, accountsOf({ ...body, accountId }))
    const statement = await judged(core, call, id, accountId, body, books)
    if (statement.state === 'posted') await orRefuseClosed(core, tx, call, [statement.entry])
    if (statement.state === 'posted') await orRefuseUncovered(core, tx.sql, call, books, { added: statement.entry })
    await saveStatement(core, tx, statement)
  })
  return await bookingOf(core, id, call)
}

/** Reads a request in the light of the accounts it names; refuses what finance does not accept. */
export async function judged(
  core: CoreDeps,
  call: Call,
  id: string,
  accountId: string,
  body: NewTransaction,
  books: Books,
): Promise<Statement> {
  const account = books.get(accountId)
  if (!account) throw new Refused('not_found', 'there is no such account')
  const converter = await chargeRates(core, call, [{ ...body, currency: body.currency ?? account.currency }])
  const rules = { today: core.clock.today(call.actor.timeZone), openedOn: openingDays(books), archivedOn: archiveDays(books), converter }
  const { cashAccountId, toAccountId } = body
  return orRefuse(statementOf(id, { accountId, cashAccountId, toAccountId }, body, account.currency, rules))
}

async function saveStatement(core: CoreDeps, tx: WriteTx<CoreTables>, statement: Statement): Promise<void> {
  const row = { id: statement.entry.id, statement, importId: null, sourceKey: null, replaces: null, sequence: null }
  await insertTransactions(tx, core.clock.now(), [row])
  if (statement.state === 'posted') await announceLedgerChange(tx, [statement.entry])
}
