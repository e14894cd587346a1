import type { Call } from '@pe/contracts/actor.ts'
import { withActions } from '@pe/finance/actions/with-actions.ts'
import { describeUncovered, type PositionRules, type Uncovered, uncoveredEntries } from '@pe/finance/ledger/check-positions.ts'
import { inOrder } from '@pe/finance/ledger/order.ts'
import { unitMovement } from '@pe/finance/ledger/postings.ts'
import type { LedgerTransaction } from '@pe/finance/ledger/transaction.ts'
import { Refused } from '@pe/platform/http/refused.ts'
import { orRefuseUnmatchedLots } from './chosen-lots.ts'
import type { CoreDeps, CoreSql } from './core-deps.ts'
import type { AccountBook } from './store/accounts.ts'
import { readAppliedActions } from './store/action-applications.ts'
import { spareAfter } from './store/held-units.ts'
import { readUnitBook } from './store/ledger-with-actions.ts'

export type Books = ReadonlyMap<string, AccountBook>

export function positionRules(books: Books, touchedBy?: readonly LedgerTransaction[]): PositionRules {
  return { allowsShorts: (accountId) => books.get(accountId)?.allowsShort ?? true, ...(touchedBy ? { touchedBy } : {}) }
}

/**
 * Refuses `not_enough_units` when the books, with these entries added and those taken away, would anywhere give out more units than they
 * hold: today, or at a later sale that a back-dated change leaves uncovered. An added entry that stands in for one takes its place.
 */
export async function orRefuseUncovered(
  core: CoreDeps,
  db: CoreSql,
  call: Call,
  books: Books,
  change: {
    readonly added?: LedgerTransaction | readonly LedgerTransaction[] | undefined
    readonly removed?: readonly LedgerTransaction[] | undefined
  },
): Promise<void> {
  const { removed = [] } = change
  const added = change.added === undefined ? [] : [change.added].flat()
  // Units that only come leave nobody with less, on whatever day: most of what is recorded need not read the book.
  if (removed.length === 0 && added.every((entry) => unitMovement(entry) === 'in')) return
  const touchedBy = [...added, ...removed]
  const instrumentIds = [...new Set(touchedBy.flatMap(({ instrumentId }) => instrumentId ?? []))]
  if (instrumentIds.length === 0) return
  if (removed.length === 0 && (await isSpared(db, call, books, added))) return
  const { entries: standing, actions } = await readUnitBook(db, call.actor, [...books.keys()], instrumentIds)
  const ledger = withActions(withChange(standing, added, removed), actions)
  // What an action brings is no change of its own: with actions every position they join is looked at.
  const found = uncoveredEntries(ledger, positionRules(books, actions.length > 0 ? undefined : touchedBy)).next().value
  if (found) throw new Refused('not_enough_units', await describeWithNames(core, call, books, found))
  await orRefuseUnmatchedLots(db, call, [...books.keys()], ledger, {
    added,
    async read(accountIds) {
      const { entries, actions: all } = await readUnitBook(db, call.actor, accountIds, instrumentIds)
      return { before: withActions(inOrder(entries), all), after: withActions(inOrder(withChange(entries, added, removed)), all) }
    },
  })
}

/**
 * The usual sale: one, at the end of its day, of units that nothing later needs. The database tells with one sum; whatever it cannot tell
 * (shorts, chosen lots, corporate actions, the order of a day) is judged by the book.
 */
async function isSpared(db: CoreSql, call: Call, books: Books, added: readonly LedgerTransaction[]): Promise<boolean> {
  const [sale, ...more] = added
  if (!sale || more.length > 0 || unitMovement(sale) !== 'out' || sale.time || sale.lots) return false
  const { accountId, instrumentId, quantity, date } = sale
  if (!instrumentId || !quantity || books.get(accountId)?.allowsShort !== false) return false
  if ((await readAppliedActions(db, call.actor, [...books.keys()])).length > 0) return false
  const { units, choices } = await spareAfter(db, call.actor, { accountId, instrumentId }, date)
  return !choices && !units.isLessThan(quantity)
}

/** What stands in for something of the same day takes its place, in the order given; the rest goes to the end of its day. */
export function withChange(
  standing: readonly LedgerTransaction[],
  added: readonly LedgerTransaction[],
  removed: readonly LedgerTransaction[],
): LedgerTransaction[] {
  const gone = new Set(removed.map(({ id }) => id))
  const ledger: LedgerTransaction[] = []
  const left = new Set(added)
  for (const entry of standing) {
    if (!gone.has(entry.id)) ledger.push(entry)
    else
      for (const one of left) {
        if (one.date !== entry.date) continue
        ledger.push(one)
        left.delete(one)
      }
  }
  for (const entry of left) {
    const after = ledger.findIndex(({ date }) => date > entry.date)
    ledger.splice(after === -1 ? ledger.length : after, 0, entry)
  }
  return ledger
}

/** The refusal's words with the names that a person knows; market is only asked when there is something to refuse. */
export async function describeWithNames(core: CoreDeps, call: Call, books: Books, found: Uncovered<LedgerTransaction>): Promise<string> {
  const [detail = ''] = await describeAll(core, call, books, [found])
  return detail
}

/** The same for many; each instrument is asked for once. */
export async function describeAll(
  core: CoreDeps,
  call: Call,
  books: Books,
  all: readonly Uncovered<LedgerTransaction>[],
): Promise<string[]> {
  const names = new Map([...books].map(([id, { name }]) => [id, name]))
  for (const instrumentId of new Set(all.map((found) => found.instrumentId))) {
    const instrument = await core.market.getInstrument({ params: { instrumentId } }, call).catch(() => null)
    if (instrument) names.set(instrumentId, instrument.name)
  }
  return all.map((found) => describeUncovered(found, (id) => names.get(id) ?? id))
}
