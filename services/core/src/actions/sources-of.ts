import type { AppliedAction } from '@pe/finance/actions/corporate-action.ts'
import type { Uncovered } from '@pe/finance/ledger/check-positions.ts'
import type { LedgerTransaction } from '@pe/finance/ledger/transaction.ts'
import type { PlainDate } from '@pe/finance/time/plain-date.ts'

/** Whether an entry took units of its account that are missing where another is not covered. */
export type TookFrom = (entry: Pick<LedgerTransaction, 'accountId' | 'instrumentId' | 'date'>) => boolean

/** The last of some entries, in ledger order, that took what is missing where another is not covered. */
export function lastTaker(
  entries: Iterable<LedgerTransaction>,
  found: Uncovered<LedgerTransaction>,
  actions: readonly AppliedAction[],
): LedgerTransaction | undefined {
  const tookFrom = sourcesOf(found, actions)
  let last: LedgerTransaction | undefined
  for (const entry of entries) {
    const takes = entry.kind === 'sell' || entry.kind === 'delivery-out' || entry.kind === 'transfer'
    if (takes && tookFrom(entry)) last = entry
  }
  return last
}

/**
 * Who may be at fault where an entry is not covered: what took from the same position up to its day, and what took, before a corporate
 * action, of an instrument whose units that action turned into these.
 * @param actions in the order in which they apply
 */
export function sourcesOf({ entry, accountId, instrumentId }: Uncovered<LedgerTransaction>, actions: readonly AppliedAction[]): TookFrom {
  /** By instrument: the ex-date before which taking counts; of the position itself none. */
  const sources = new Map<string, PlainDate | null>([[instrumentId, null]])
  for (const { exDate, instrumentId: from, intoInstrumentId: into, accounts } of actions.toReversed()) {
    const turned = into === undefined ? undefined : sources.get(into)
    if (turned === undefined || exDate > (turned ?? entry.date) || sources.has(from)) continue
    if (accounts.some((choice) => choice.accountId === accountId)) sources.set(from, exDate)
  }
  return (taker) => {
    const before = taker.instrumentId === undefined ? undefined : sources.get(taker.instrumentId)
    if (before === undefined || taker.accountId !== accountId) return false
    return before === null ? taker.date <= entry.date : taker.date < before
  }
}
