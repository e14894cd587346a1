import type { Call } from '@pe/contracts/actor.ts'
import { withActions } from '@pe/finance/actions/with-actions.ts'
import { type Uncovered, uncoveredEntries } from '@pe/finance/ledger/check-positions.ts'
import { inOrder } from '@pe/finance/ledger/order.ts'
import type { LedgerTransaction } from '@pe/finance/ledger/transaction.ts'
import { sql } from 'kysely'
import { lastTaker } from '../../actions/sources-of.ts'
import type { CoreSql } from '../../core-deps.ts'
import { type Books, positionRules } from '../../coverage.ts'
import { readAppliedActions } from '../../store/action-applications.ts'
import { readUnitBook } from '../../store/ledger-with-actions.ts'
import { type StagedUnitRow, stagedUnits } from '../../store/staged-rows.ts'
import { entryOf, type UncoveredRow } from './staged-coverage.ts'

/**
 * Instruments whose units a corporate action changes in these accounts. What an action brings follows from the whole of their ledgers: they
 * are judged in memory, the many others in one walk.
 */
export async function joinedInstruments(db: CoreSql, call: Call, accountIds: readonly string[]): Promise<Set<string>> {
  if (accountIds.length === 0) return new Set()
  const actions = await readAppliedActions(db, call.actor, accountIds)
  return new Set(actions.flatMap(({ instrumentId, intoInstrumentId }) => [instrumentId, ...(intoInstrumentId ? [intoInstrumentId] : [])]))
}

/** The staged rows of these instruments that leave something uncovered, by the rules of a batch that is judged in memory. */
export async function refuseJoined(
  db: CoreSql,
  call: Call,
  importId: string,
  books: Books,
  standingIds: readonly string[],
  joined: ReadonlySet<string>,
  refused: Map<number, UncoveredRow>,
  gone: ReadonlySet<number> = new Set(),
): Promise<void> {
  const candidates = new Map<LedgerTransaction, StagedUnitRow>()
  for await (const page of stagedUnits(db, importId))
    for (const unit of page)
      if (joined.has(unit.instrumentId) && !refused.has(unit.place) && !gone.has(unit.place)) candidates.set(entryOf(unit), unit)
  const { entries, actions } = await readUnitBook(db, call.actor, standingIds, [...joined])
  for (let settled = false; !settled; ) {
    settled = true
    for (const found of uncoveredEntries(withActions(inOrder([...entries, ...candidates.keys()]), actions), positionRules(books))) {
      const guilty = candidates.has(found.entry) ? found.entry : lastTaker(candidates.keys(), found, actions)
      const staged = guilty && candidates.get(guilty)
      if (!guilty || !staged) continue
      refused.set(staged.place, { staged, found })
      candidates.delete(guilty)
      settled = false
      break
    }
  }
}

/** What would be uncovered of these instruments without an import. */
export async function uncoveredWithout(
  db: CoreSql,
  call: Call,
  importId: string,
  books: Books,
  accountIds: readonly string[],
  joined: ReadonlySet<string>,
): Promise<Uncovered<LedgerTransaction> | undefined> {
  if (joined.size === 0) return undefined
  const ids = await db
    .selectFrom('transaction')
    .select('id')
    .where('import_id', '=', importId)
    .where(sql<boolean>`instrument_id = any(${[...joined]}::uuid[])`)
    .execute()
  const gone = new Set(ids.map(({ id }) => id))
  const { entries, actions } = await readUnitBook(db, call.actor, accountIds, [...joined])
  const left = entries.filter(({ id }) => !gone.has(id))
  return uncoveredEntries(withActions(inOrder(left), actions), positionRules(books)).next().value ?? undefined
}
