import { transactionsIn } from '@pe/contracts/ledger-reading.ts'
import { Decimal } from '@pe/finance/money/decimal.ts'
import { verifyAccount } from '../../src/chain/verify-account.ts'
import { readBeside } from '../../src/chain/verify-beside.ts'
import { readChainOwners } from '../../src/store/chain-reading.ts'
import { journalColumns } from '../../src/store/journal-text.ts'
import type { CoreUnderTest } from '../core-service.ts'
import { type Book, emptyBook, standing } from './book.ts'
import { heldIn, uncoveredBy } from './held.ts'
import { after, stated } from './model.ts'
import { unlikePreview } from './previews.ts'
import type { Done, Run } from './run.ts'

/**
 * Says what is wrong when a run looks like no serial order of its commands; null when it does. The order is that of the versions of the
 * books. In it every accepted command must be allowed, every refused one refused at some moment between its beginning and its end, and the
 * book that is left must be the service's, with positions, cash and previews that are a replay of it and chains that prove it.
 */
export async function notSerial(test: CoreUnderTest, run: Run): Promise<string | null> {
  const accepted = inSerialOrder(run)
  if (typeof accepted === 'string') return accepted
  const books: Book[] = [emptyBook]
  for (const { command } of accepted) {
    const next = after(books.at(-1) ?? emptyBook, command)
    if (typeof next === 'string') return `accepted, though ${next}: ${JSON.stringify(command)}`
    books.push(next)
  }
  for (const refused of run.done.filter(({ refusal }) => refusal !== null)) {
    if (!explained(refused, accepted)) return `refused with ${refused.refusal} for no reason: ${JSON.stringify(refused.command)}`
  }
  const left = books.at(-1) ?? emptyBook
  return (await difference(test, run, left)) ?? (await unlikePreview(test, run.accountIds, left)) ?? (await broken(test, run))
}

/**
 * The commands in the order in which they announced what they had done: whoever does that holds the locks of the books concerned, so the
 * versions of every book must rise in it by one.
 */
function inSerialOrder({ done, versions }: Run): Done[] | string {
  const byTrace = new Map(done.filter(({ refusal }) => refusal === null).map((one) => [one.traceId, one]))
  const order: Done[] = []
  const reached = new Map<string, number>()
  for (const [traceId, books] of versions) {
    const command = byTrace.get(traceId)
    if (!command) return `a command that was refused changed ${[...books.keys()]}`
    for (const [account, version] of books) {
      if (version !== (reached.get(account) ?? 0) + 1) return `version ${version} of a book follows ${reached.get(account) ?? 0}`
      reached.set(account, version)
    }
    order.push(command)
    byTrace.delete(traceId)
  }
  // The undo of an import whose rows are all void already changes no book.
  const silent = [...byTrace.values()].find(({ command }) => command.what !== 'undo')
  return silent ? `announced nothing: ${JSON.stringify(silent.command)}` : order
}

/**
 * Whether the model refuses it for the same reason in a state that may have been the one in which it was judged: what had ended before it
 * began has happened, what began after it ended has not, and of what went on meanwhile any beginning may have, but for one command that
 * announced itself and was not committed yet.
 */
function explained({ command, refusal, began, ended }: Done, accepted: readonly Done[]): boolean {
  const expected = command.what === 'batch' && refusal === 'rows_in_error' ? 'not_enough_units' : refusal
  const possible = accepted.filter((one) => one.began < ended)
  const certain = possible.findLastIndex((one) => one.ended < began) + 1
  const refuses = (before: readonly Done[]): boolean => {
    if (refusal === 'not_found' && command.what === 'undo')
      return before.some((one) => one.command.what === 'undo' && one.command.importId === command.importId)
    let book = emptyBook
    for (const one of before) {
      const next = stated(book, one.command)
      if (typeof next === 'string') return false
      book = next
    }
    return !uncoveredBy(book) && after(book, command) === expected
  }
  for (let at = possible.length; at >= 0; at--) {
    const before = possible.slice(0, at)
    if (at >= certain && refuses(before)) return true
    for (const left of before) if (left.ended > began && at >= certain && refuses(before.filter((one) => one !== left))) return true
    if (at < certain && possible.slice(at).every((one) => one.ended > began) && refuses(before)) return true
  }
  return false
}

/** The service's ledger and positions against the model's. */
async function difference(test: CoreUnderTest, { accountIds }: Run, book: Book): Promise<string | null> {
  const { entries } = await test.core.ledger({ body: { accountIds: [...accountIds] } }, test.call)
  const found = transactionsIn(entries).map(
    ({ kind, accountId, instrumentId, quantity }) => `${kind} ${quantity} ${instrumentId} ${accountIds.indexOf(accountId)}`,
  )
  const expected = standing(book).map(({ kind, units, instrumentId, account }) => `${kind} ${units} ${instrumentId} ${account}`)
  for (const account of accountIds.keys()) {
    // Entries of one account stand in the order of its versions; those of two have no order between them.
    const own = (all: readonly string[]): string => all.filter((text) => text.endsWith(` ${account}`)).join(', ')
    if (own(found) !== own(expected)) return `account ${account} holds ${own(found)}, but expected ${own(expected)}`
  }
  const held = heldIn(book)
  for (const [account, accountId] of accountIds.entries()) {
    const { positions, cash } = await test.core.accountPositions({ params: { accountId }, query: {} }, test.call)
    const told = [
      // What a conversion brings owed beside what is owned stays apart in lots, even where nothing is left of the two together.
      ...positions.flatMap(({ instrumentId, quantity }) => (quantity === '0' ? [] : [`${account} ${instrumentId} ${quantity}`])),
      ...cash.flatMap(({ balance }) => (balance.amount === '0' ? [] : [`${account} ${balance.currency} ${balance.amount}`])),
    ]
    const replayed = [...held].flatMap(([key, amount]) => (key.startsWith(`${account} `) ? [`${key} ${amount}`] : []))
    if (told.sort().join() !== replayed.sort().join()) return `account ${account} holds ${told}, a replay gives ${replayed}`
    for (const { quantity, lots } of positions) {
      const inLots = Decimal.sum(lots.map((lot) => Decimal.parse(lot.quantity)))
      if (inLots.toString() !== quantity) return `account ${account} has ${quantity} units, but ${inLots} in lots`
    }
  }
  return null
}

/** What the chains of the run's accounts do not prove. */
async function broken({ deps, look }: CoreUnderTest, { accountIds }: Run): Promise<string | null> {
  const { sql: db } = look
  const reading = { db, keys: deps.keys, columns: await journalColumns(db), beside: await readBeside(db) }
  for (const accountId of accountIds) {
    for (const owner of await readChainOwners(db, accountId)) {
      const { findings } = await verifyAccount(reading, owner, undefined)
      if (findings.length > 0) return `the chain of ${accountId}: ${findings.map(({ entry, detail }) => `${entry} ${detail}`).join('; ')}`
    }
  }
  return null
}
