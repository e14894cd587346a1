import { transactionsIn } from '@pe/contracts/ledger-reading.ts'
import { type CoreUnderTest, vwce } from '../core-service.ts'
import { after, ledgerOf, type Noted, unitsOf } from './model.ts'
import type { Done, Run } from './run.ts'

/**
 * Says what is wrong when a run looks like no serial order of its commands; null when it does. The order is that of the versions of the
 * books. In it every accepted command must be allowed, every refused one refused at some moment between its beginning and its end, and the
 * book that is left must be the service's, with positions that are a replay of it.
 */
export async function notSerial(test: CoreUnderTest, run: Run): Promise<string | null> {
  const accepted = inSerialOrder(run)
  if (typeof accepted === 'string') return accepted
  const books: (readonly Noted[])[] = [[]]
  for (const { command } of accepted) {
    const next = after(books.at(-1) ?? [], command)
    if (typeof next === 'string') return `accepted, though ${next}: ${JSON.stringify(command)}`
    books.push(next)
  }
  for (const refused of run.done.filter(({ refusal }) => refusal !== null)) {
    if (!explained(refused, accepted)) return `refused with ${refused.refusal} for no reason: ${JSON.stringify(refused.command)}`
  }
  return difference(test, run, books.at(-1) ?? [])
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
    let book: readonly Noted[] = []
    for (const one of before) {
      const next = after(book, one.command)
      if (typeof next === 'string') return false
      book = next
    }
    return after(book, command) === expected
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
async function difference(test: CoreUnderTest, { accountIds }: Run, book: readonly Noted[]): Promise<string | null> {
  const { entries } = await test.core.ledger({ body: { accountIds: [...accountIds] } }, test.call)
  const found = transactionsIn(entries).map(({ kind, accountId, quantity }) => `${kind} ${quantity} ${accountIds.indexOf(accountId)}`)
  const expected = ledgerOf(book).map(({ kind, units, account }) => `${kind} ${units} ${account}`)
  for (const account of accountIds.keys()) {
    // Entries of one account stand in the order of its versions; those of two have no order between them.
    const own = (all: readonly string[]): string => all.filter((text) => text.endsWith(` ${account}`)).join(', ')
    if (own(found) !== own(expected)) return `account ${account} holds ${own(found)}, but expected ${own(expected)}`
  }
  const units = unitsOf(book)
  for (const [account, accountId] of accountIds.entries()) {
    const { positions } = await test.core.accountPositions({ params: { accountId }, query: {} }, test.call)
    const position = positions.find(({ instrumentId }) => instrumentId === vwce)
    const inLots = (position?.lots ?? []).reduce((sum, lot) => sum + Number(lot.quantity), 0)
    const held = units?.get(account) ?? 0
    if (Number(position?.quantity ?? 0) !== held || inLots !== held)
      return `account ${account} has ${position?.quantity ?? 0} units and ${inLots} in lots, a replay gives ${held}`
  }
  return null
}
