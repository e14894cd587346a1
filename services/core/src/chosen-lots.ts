import type { Call } from '@pe/contracts/actor.ts'
import type { LedgerTransaction } from '@pe/finance/ledger/transaction.ts'
import { type ChosenLotsView, type UnmatchedChoice, unmatchedInEvery, unmatchedRefusal } from '@pe/finance/lots/chosen-lots.ts'
import type { Currency } from '@pe/finance/money/currency.ts'
import { Refused } from '@pe/platform/http/refused.ts'
import type { CoreSql } from './core-deps.ts'
import { accountsThatSendUnits } from './store/ledger.ts'
import { costMethodsOf } from './store/portfolios.ts'

type Ledger = Iterable<LedgerTransaction>

/** How the ledger of some accounts reads before and after the change that is judged. */
export interface LedgersOfChange {
  readonly added: readonly LedgerTransaction[]
  readonly read: (accountIds: readonly string[]) => Promise<{ readonly before: Ledger; readonly after: Ledger }>
}

/** Refuses `lots_do_not_match` when a change would leave a choice of lots unmatched. */
export async function orRefuseUnmatchedLots(
  db: CoreSql,
  call: Call,
  accountIds: readonly string[],
  ledger: Ledger,
  change: LedgersOfChange,
): Promise<void> {
  const [found] = await unmatchedByChange(db, call, accountIds, ledger, change)
  if (found) throw Refused.of(unmatchedRefusal(found))
}

/**
 * What a change leaves unmatched: when a choice of lots that is added, or one that stood so far, would name a lot that is not in its account
 * when the units leave, or has too few. Judged by the methods of the portfolios that show the account (FIFO where none does): it is
 * enough that one of them has the lot. What a change of method left unmatched before does not stand in the way of anything.
 */
export async function unmatchedByChange(
  db: CoreSql,
  call: Call,
  accountIds: readonly string[],
  ledger: Ledger,
  { added, read }: LedgersOfChange,
): Promise<UnmatchedChoice<LedgerTransaction>[]> {
  let [chosen, currency] = [false, added[0]?.currency]
  for (const entry of ledger) {
    chosen ||= entry.lots !== undefined && entry.lots.length > 0
    currency ??= entry.currency
  }
  if (!chosen || currency === undefined) return []
  const views = await viewsOf(db, call, accountIds, currency)
  const { before, after } = await read(await accountsThatSendUnits(db, call.actor, accountIds))
  const own = new Set(added.map(({ id }) => id))
  const standing = unmatchedIn(before, views)
  return [...unmatchedIn(after, views)].flatMap(([key, found]) => (own.has(found.entry.id) || !standing.has(key) ? [found] : []))
}

/** The methods by which these accounts are shown, as far as they know lots; FIFO where none does. */
export async function viewsOf(db: CoreSql, call: Call, accountIds: readonly string[], currency: Currency): Promise<ChosenLotsView[]> {
  const methods = (await costMethodsOf(db, call.actor, accountIds)).filter((method) => method !== 'average-cost')
  return (methods.length > 0 ? methods : (['fifo'] as const)).map((method): ChosenLotsView => ({ method, currency }))
}

function unmatchedIn(ledger: Ledger, views: readonly ChosenLotsView[]): ReadonlyMap<string, UnmatchedChoice<LedgerTransaction>> {
  return new Map(Array.from(unmatchedInEvery(ledger, views), (found) => [`${found.entry.id} ${found.choice.transactionId}`, found]))
}
