import type { Call } from '@pe/contracts/actor.ts'
import { withActions } from '@pe/finance/actions/with-actions.ts'
import { inOrder } from '@pe/finance/ledger/order.ts'
import type { LedgerTransaction } from '@pe/finance/ledger/transaction.ts'
import { unmatchedRefusal } from '@pe/finance/lots/chosen-lots.ts'
import { unmatchedByChange } from '../chosen-lots.ts'
import type { CoreSql } from '../core-deps.ts'
import { type Books, type Places, withChange } from '../coverage.ts'
import { readUnitBook } from '../store/ledger-with-actions.ts'
import { ledgerEntryOf } from '../store/transactions.ts'
import type { JudgedLine } from './judged-line.ts'

/** What the lines of a sheet come to, all together. */
interface Change {
  readonly books: Books
  readonly instrumentIds: readonly string[]
  /** As it would stand. */
  readonly ledger: Iterable<LedgerTransaction>
  readonly added: readonly LedgerTransaction[]
  readonly removed: readonly LedgerTransaction[]
  readonly places: Places
}

/** Refuses lines that choose lots which are not there, and for a recorded choice that would lose its lot those that touch the position. */
export async function withLots(db: CoreSql, call: Call, judged: readonly JudgedLine[], change: Change): Promise<JudgedLine[]> {
  const { books, instrumentIds, ledger, added, removed, places } = change
  const unmatched = await unmatchedByChange(db, call, [...books.keys()], ledger, {
    added,
    async read(accountIds) {
      const { entries, actions } = await readUnitBook(db, call.actor, accountIds, instrumentIds)
      return {
        before: withActions(inOrder(entries), actions),
        after: withActions(inOrder(withChange(entries, added, removed, places)), actions),
      }
    },
  })
  if (unmatched.length === 0) return [...judged]
  const own = new Set(added.map(({ id }) => id))
  const byEntry = new Map(unmatched.map((found) => [found.entry.id, found]))
  const byPosition = new Map(unmatched.filter(({ entry }) => !own.has(entry.id)).map((found) => [positionOf(found.entry), found]))
  return judged.map((of) => {
    if (of.refusal) return of
    const entries = [...(of.statement ? [of.statement.entry] : []), ...(of.old ? [ledgerEntryOf(of.old)] : [])]
    const found = entries.map((entry) => byEntry.get(entry.id) ?? byPosition.get(positionOf(entry))).find((one) => one !== undefined)
    return found ? { ...of, refusal: unmatchedRefusal(found) } : of
  })
}

function positionOf({ accountId, instrumentId }: LedgerTransaction): string {
  return `${accountId} ${instrumentId}`
}
