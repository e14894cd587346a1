import type { Call } from '@pe/contracts/actor.ts'
import type { coreRoutes } from '@pe/contracts/core.ts'
import type { Input } from '@pe/contracts/route.ts'
import type { Booking, NewTransaction } from '@pe/contracts/transactions.ts'
import { unitMovement } from '@pe/finance/ledger/postings.ts'
import type { Converter } from '@pe/finance/prices/converter.ts'
import type { WriteTx } from '@pe/platform/db/database.ts'
import { Refused } from '@pe/platform/http/refused.ts'
import type { TogetherAnswer, TogetherRequest } from '@pe/platform/service.ts'
import { BookByDay } from './book-by-day.ts'
import { cashEffectOf, converterBetween } from './cash.ts'
import type { CoreDeps } from './core-deps.ts'
import { announceLedgerChange } from './facts.ts'
import { orRefuseInstrument } from './known-instrument.ts'
import { archiveDays, openingDays, type Statement, statementOf } from './statement.ts'
import { type AccountBook, lockFreeBooks } from './store/accounts.ts'
import { cashEntriesByDay } from './store/cash.ts'
import { unitsByDay } from './store/held-units.ts'
import { insertPosted } from './store/saved-transaction.ts'
import type { CoreTables } from './store/tables.ts'
import { ledgerEntryOf, type TransactionRow } from './store/transactions.ts'
import { whatBears } from './store/what-bears.ts'
import { wireOf } from './transactions.ts'

type Request = Input<typeof coreRoutes.recordTransaction>

interface Asked {
  readonly accountId: string
  readonly body: NewTransaction
  readonly call: Call
  readonly tx: WriteTx<CoreTables>
  answer: TogetherAnswer
  statement?: Statement
}

/**
 * Transactions that wait at the same time, as if they were recorded one after the other: their accounts are locked once, and what each
 * statement of the database is about is all of them. Only what most people record most of the time: posted, in one currency and one account,
 * where neither closed periods nor corporate actions nor the order of a day bear on it. Everything else is set apart.
 */
export async function recordTogether(core: CoreDeps, requests: readonly TogetherRequest<CoreTables>[]) {
  const all = requests.map(({ input, call, tx }): Asked => {
    const { params, body } = input as Request
    return { accountId: params.accountId, body, call, tx, answer: 'apart' }
  })
  const [first] = all
  if (!first) return { answers: [], sent: Promise.resolve() }
  const { tx } = first
  const usual = await ofKnownInstruments(core, all.filter(isUsual))
  const accountIds = new Set(usual.map(({ accountId }) => accountId))
  // asked in this order: what bears on the books is read once they are locked
  const [books, { withActions, closedThrough, places }] = await Promise.all([
    lockFreeBooks(tx.sql, tx.actor, accountIds),
    whatBears(tx.sql, tx.actor, accountIds, usual.length),
  ])
  const converter = await converterBetween(core, tx.call, [])
  const today = core.clock.today(tx.actor.timeZone)
  const rules = { today, openedOn: openingDays(books), archivedOn: archiveDays(books), converter }
  for (const asked of usual) {
    const book = books.get(asked.accountId)
    const closed = closedThrough.get(asked.accountId)
    if (!book || withActions.has(asked.accountId) || (closed && asked.body.date <= closed)) continue
    const outcome = statementOf(core.ids.next(), { accountId: asked.accountId }, asked.body, book.currency, rules)
    if (outcome.accepted) asked.statement = outcome.value
    else asked.answer = { refused: Refused.of(outcome.refusal) }
  }
  const judged = usual.flatMap(withStatement)
  const days = await booksByDay(core, tx, books, judged)
  const accepted = booked(books, days, judged)
  const versions = new Map(Array.from(books, ([id, { bookVersion }]) => [id, bookVersion]))
  const { sent } = accepted.length > 0 ? await record(core, tx, accepted, places, versions) : { sent: Promise.resolve() }
  return {
    answers: all.map(({ answer }) => answer),
    sent,
    onCommit() {
      for (const [id, book] of days) core.books.keep(book, versions.get(id) ?? -1)
    },
  }
}

/** Counts `versions` on, as the statement does that was sent. */
async function record(
  core: CoreDeps,
  tx: WriteTx<CoreTables>,
  accepted: readonly Booked[],
  places: readonly string[],
  versions: Map<string, number>,
): Promise<{ sent: Promise<unknown> }> {
  const rows = accepted.map(({ statement }, at) => ({
    id: statement.entry.id,
    statement,
    importId: null,
    sourceKey: null,
    replaces: null,
    sequence: places[at] ?? '',
  }))
  const { recorded, sent } = await insertPosted(tx, core.clock.now(), rows)
  for (const { accountId, tx: own, statement } of accepted) {
    const version = (versions.get(accountId) ?? 0) + 1
    versions.set(accountId, version)
    await announceLedgerChange(own, [statement.entry], new Map([[accountId, version]]))
  }
  const converter = await converterBetween(core, tx.call, [])
  for (const [at, row] of recorded.entries()) {
    const one = accepted[at]
    if (one) one.asked.answer = answerOf(one, row, converter)
  }
  return { sent }
}

interface Booked extends Judged, Pick<Booking, 'unitsAfter' | 'cashAfter'> {
  readonly asked: Asked
}

interface Judged extends Asked {
  statement: Statement
}

function withStatement(asked: Asked): Judged[] {
  return asked.statement ? [asked as Judged] : []
}

function isUsual({ body, call }: Asked): boolean {
  const { state, time, lots, charges, rate, received, cashCurrency, cashAccountId, toAccountId, needsReview, kind } = body
  const unusual = [time, lots, charges, rate, received, cashCurrency, cashAccountId, toAccountId, needsReview, call.override]
  return state !== 'draft' && kind !== 'transfer' && kind !== 'return-of-capital' && unusual.every((part) => part === undefined)
}

async function ofKnownInstruments(core: CoreDeps, asked: readonly Asked[]): Promise<Asked[]> {
  const known: Asked[] = []
  for (const one of asked) {
    const missing = await orRefuseInstrument(core, one.call, one.body.instrumentId).catch((thrown: unknown) => thrown)
    if (missing === undefined) known.push(one)
  }
  return known
}

/** The books of their accounts by day, where they can be told without rates. */
async function booksByDay(core: CoreDeps, tx: WriteTx<CoreTables>, books: ReadonlyMap<string, AccountBook>, judged: readonly Judged[]) {
  const found = new Map<string, BookByDay>()
  for (const accountId of new Set(judged.map((one) => one.accountId))) {
    const book = await core.books.of(accountId, books.get(accountId)?.bookVersion ?? -1, () => bookByDay(tx, accountId))
    if (book) found.set(accountId, book)
  }
  return found
}

async function bookByDay(tx: WriteTx<CoreTables>, accountId: string): Promise<BookByDay | null> {
  const cash = await cashEntriesByDay(tx.sql, tx.actor, accountId)
  return cash && BookByDay.of(accountId, cash, await unitsByDay(tx.sql, tx.actor, accountId))
}

/** Puts each into the book of its account that may stand there after those before it, and notes what it leaves; the others are left apart. */
function booked(books: ReadonlyMap<string, AccountBook>, days: ReadonlyMap<string, BookByDay>, judged: readonly Judged[]): Booked[] {
  return judged.flatMap((one) => {
    const { entry } = one.statement
    const { instrumentId, quantity, date } = entry
    const book = days.get(one.accountId)
    if (!book) return []
    if (instrumentId && quantity && unitMovement(entry) === 'out') {
      const spare = books.get(one.accountId)?.allowsShort === false ? book.spareOn(instrumentId, date) : null
      if (!spare || spare.isLessThan(quantity)) return []
    }
    if (instrumentId && book.isTimed(instrumentId, date)) return []
    book.add(entry)
    return [
      { ...one, asked: one, unitsAfter: instrumentId ? book.unitsOn(instrumentId, date).toString() : null, cashAfter: book.cashOn(date) },
    ]
  })
}

/** What `recordTransaction` answers, each as its entry left the book: those after it are not there yet. */
function answerOf({ call, unitsAfter, cashAfter }: Booked, row: TransactionRow, converter: Converter): TogetherAnswer {
  const transaction = wireOf(row, cashEffectOf(ledgerEntryOf(row), converter), null)
  const reply: Booking = { transaction, unitsAfter, cashAfter }
  return { reply, act: { call, action: 'transaction.record', subject: `transaction:${row.id}` } }
}
