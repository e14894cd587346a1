import type { AppliedAction } from '@pe/finance/actions/corporate-action.ts'
import { withActions } from '@pe/finance/actions/with-actions.ts'
import { inOrder } from '@pe/finance/ledger/order.ts'
import type { LedgerTransaction } from '@pe/finance/ledger/transaction.ts'
import { type ChosenLotsView, type UnmatchedChoice, unmatchedInEvery } from '@pe/finance/lots/chosen-lots.ts'

export type Unmatched = UnmatchedChoice<LedgerTransaction>

/** What stands and what would be added to it, all of the instruments in question. */
export interface ToJudge<T> {
  readonly entries: readonly LedgerTransaction[]
  readonly actions: readonly AppliedAction[]
  /** In the order in which they would be recorded. */
  readonly candidates: ReadonlyMap<LedgerTransaction, T>
  readonly views: readonly ChosenLotsView[]
}

/**
 * The candidates that choose lots which are not there, and where a recorded choice would lose its lot, the last one before it that takes of
 * the same position. What was without its lot before stands in nobody's way. What an action brings follows from all entries: with actions
 * the ledger is read anew after each refusal.
 */
export function candidatesToRefuse<T>({ entries, actions, candidates, views }: ToJudge<T>): Map<T, Unmatched> {
  const read = (left: Iterable<LedgerTransaction>) => withActions(inOrder([...entries, ...left]), actions)
  const before = new Set(Array.from(unmatchedInEvery(read([]), views), keyOf))
  const left = new Map(candidates)
  const refused = new Map<T, Unmatched>()
  for (let settled = false; !settled; ) {
    settled = true
    for (const found of unmatchedInEvery(read(left.keys()), views, (entry) => candidates.has(entry))) {
      const own = candidates.has(found.entry)
      const guilty = own ? found.entry : before.has(keyOf(found)) ? undefined : lastBefore(left, found.entry)
      const candidate = guilty && left.get(guilty)
      if (!guilty || !candidate) continue
      refused.set(candidate, found)
      left.delete(guilty)
      if (own && actions.length === 0) continue
      settled = false
      break
    }
  }
  return refused
}

function keyOf({ entry, choice }: Unmatched): string {
  return `${entry.id} ${choice.transactionId}`
}

/** The last that takes units; where none does, the last that changes what a lot cost, since the dearest may go first. */
function lastBefore(left: ReadonlyMap<LedgerTransaction, unknown>, { accountId, instrumentId, date }: LedgerTransaction) {
  let [taker, other]: (LedgerTransaction | undefined)[] = []
  for (const entry of left.keys()) {
    if (entry.accountId !== accountId || entry.instrumentId !== instrumentId || entry.date > date) continue
    if (entry.kind === 'sell' || entry.kind === 'delivery-out' || entry.kind === 'transfer') taker = entry
    else other = entry
  }
  return taker ?? other
}
