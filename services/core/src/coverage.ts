import type { Call } from '@pe/contracts/actor.ts'
import { describeUncovered, type PositionRules, type Uncovered, uncoveredEntries } from '@pe/finance/ledger/check-positions.ts'
import type { LedgerTransaction } from '@pe/finance/ledger/transaction.ts'
import { Refused } from '@pe/platform/http/refused.ts'
import type { CoreDeps, CoreSql } from './core-deps.ts'
import type { AccountBook } from './store/accounts.ts'
import { unitEntries } from './store/transactions.ts'

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
  change: { readonly added?: LedgerTransaction | undefined; readonly removed?: readonly LedgerTransaction[] | undefined },
): Promise<void> {
  const { added, removed = [] } = change
  const touchedBy = added ? [added, ...removed] : removed
  const instrumentIds = [...new Set(touchedBy.flatMap(({ instrumentId }) => instrumentId ?? []))]
  if (instrumentIds.length === 0) return
  const standing = await unitEntries(db, call.actor, [...books.keys()], instrumentIds)
  const found = uncoveredEntries(withChange(standing, added, removed), positionRules(books, touchedBy)).next().value
  if (found) throw new Refused('not_enough_units', await describeWithNames(core, call, books, found))
}

function withChange(
  standing: readonly LedgerTransaction[],
  added: LedgerTransaction | undefined,
  removed: readonly LedgerTransaction[],
): LedgerTransaction[] {
  const gone = new Set(removed.map(({ id }) => id))
  const [replaced] = removed
  const inPlace = added && replaced?.date === added.date && standing.some(({ id }) => id === replaced.id)
  const ledger = standing.flatMap((entry) => {
    if (inPlace && entry.id === replaced.id) return [added]
    return gone.has(entry.id) ? [] : [entry]
  })
  if (!added || inPlace) return ledger
  const after = ledger.findIndex(({ date }) => date > added.date)
  ledger.splice(after === -1 ? ledger.length : after, 0, added)
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
