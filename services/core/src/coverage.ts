import type { Call } from '@pe/contracts/actor.ts'
import { withActions } from '@pe/finance/actions/with-actions.ts'
import { type PositionRules, type Uncovered, uncoveredEntries, uncoveredRefusal } from '@pe/finance/ledger/check-positions.ts'
import { inOrder } from '@pe/finance/ledger/order.ts'
import { unitMovement } from '@pe/finance/ledger/postings.ts'
import type { LedgerTransaction } from '@pe/finance/ledger/transaction.ts'
import type { Refusal } from '@pe/finance/outcome.ts'
import { Refused } from '@pe/platform/http/refused.ts'
import { orRefuseUnmatchedLots } from './chosen-lots.ts'
import type { CoreDeps, CoreSql } from './core-deps.ts'
import type { AccountBook } from './store/accounts.ts'
import { readAppliedActions } from './store/action-applications.ts'
import { spareAfter } from './store/held-units.ts'
import { readUnitBook } from './store/ledger-with-actions.ts'

export type Books = ReadonlyMap<string, AccountBook>

/** Only these books are judged: of others that take part in their transfers no more than that is read, and no lock is held. */
export function positionRules(books: Books, touchedBy?: readonly LedgerTransaction[]): PositionRules {
  return { allowsShorts: (accountId) => books.get(accountId)?.allowsShort ?? true, accounts: books, touchedBy }
}

/**
 * Refuses `not_enough_units` when the books, with these entries added and those taken away, would anywhere give out more units than they
 * hold: today, or at a later sale that a back-dated change leaves uncovered. An added entry is judged at its place of the day where that is
 * known, else at the end of it.
 */
export async function orRefuseUncovered(
  core: CoreDeps,
  db: CoreSql,
  call: Call,
  books: Books,
  change: {
    readonly added?: LedgerTransaction | readonly LedgerTransaction[] | undefined
    readonly removed?: readonly LedgerTransaction[] | undefined
    readonly places?: Places | undefined
  },
): Promise<void> {
  const { removed = [], places } = change
  const added = change.added === undefined ? [] : [change.added].flat()
  // Units that only come leave nobody with less, on whatever day: most of what is recorded need not read the book.
  if (removed.length === 0 && added.every((entry) => unitMovement(entry) === 'in')) return
  const touchedBy = [...added, ...removed]
  const instrumentIds = [...new Set(touchedBy.flatMap(({ instrumentId }) => instrumentId ?? []))]
  if (instrumentIds.length === 0) return
  if (removed.length === 0 && !places && (await isSpared(db, call, books, added))) return
  const { entries: standing, actions } = await readUnitBook(db, call.actor, [...books.keys()], instrumentIds)
  const ledger = withActions(withChange(standing, added, removed, places), actions)
  // What an action brings is no change of its own: with actions every position they join is looked at.
  const found = uncoveredEntries(ledger, positionRules(books, actions.length > 0 ? undefined : touchedBy)).next().value
  if (found) throw await refusedUncovered(core, call, books, found)
  await orRefuseUnmatchedLots(db, call, [...books.keys()], ledger, {
    added,
    async read(accountIds) {
      const { entries, actions: all } = await readUnitBook(db, call.actor, accountIds, instrumentIds)
      return { before: withActions(inOrder(entries), all), after: withActions(inOrder(withChange(entries, added, removed, places)), all) }
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

/** Places by id, of all that stand on the days in question and of added entries that are saved at a place that is known. */
export type Places = ReadonlyMap<string, bigint>

/** The ledger with a change: what is added stands where it will be saved, at its place of the day or at the end of it. */
export function withChange(
  standing: readonly LedgerTransaction[],
  added: readonly LedgerTransaction[],
  removed: readonly LedgerTransaction[],
  places: Places = new Map(),
): LedgerTransaction[] {
  const gone = new Set(removed.map(({ id }) => id))
  const coming = added.toSorted((a, b) => (a.date < b.date ? -1 : a.date > b.date ? 1 : byPlace(places.get(a.id), places.get(b.id))))
  const ledger: LedgerTransaction[] = []
  let next = 0
  for (const entry of standing) {
    if (gone.has(entry.id)) continue
    for (let one = coming[next]; one && standsBefore(one, entry, places); one = coming[next]) {
      ledger.push(one)
      next += 1
    }
    ledger.push(entry)
  }
  return [...ledger, ...coming.slice(next)]
}

/** What has no place of its own yet goes to the end. */
function byPlace(a: bigint | undefined, b: bigint | undefined): number {
  if (a === b) return 0
  return b === undefined || (a !== undefined && a < b) ? -1 : 1
}

function standsBefore(one: LedgerTransaction, entry: LedgerTransaction, places: Places): boolean {
  if (one.date !== entry.date) return one.date < entry.date
  const place = places.get(one.id)
  return place !== undefined && byPlace(place, places.get(entry.id)) < 0
}

/** The refusal with the names that a person knows; market is only asked when there is something to refuse. */
export async function refusedUncovered(core: CoreDeps, call: Call, books: Books, found: Uncovered<LedgerTransaction>): Promise<Refused> {
  const [refusal = uncoveredRefusal(found)] = await uncoveredRefusals(core, call, books, [found])
  return Refused.of(refusal)
}

/** The same for many; each instrument is asked for once. */
export async function uncoveredRefusals(
  core: CoreDeps,
  call: Call,
  books: Books,
  all: readonly Uncovered<LedgerTransaction>[],
): Promise<Refusal[]> {
  const names = new Map([...books].map(([id, { name }]) => [id, name]))
  for (const instrumentId of new Set(all.map((found) => found.instrumentId))) {
    const instrument = await core.market.getInstrument({ params: { instrumentId } }, call).catch(() => null)
    if (instrument) names.set(instrumentId, instrument.name)
  }
  return all.map((found) => uncoveredRefusal(found, (id) => names.get(id) ?? id))
}
