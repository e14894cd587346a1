import type { Call } from '@pe/contracts/actor.ts'
import type { LedgerTransaction } from '@pe/finance/ledger/transaction.ts'
import { type ChosenLotsView, describeUnmatched, type UnmatchedChoice, unmatchedChoices } from '@pe/finance/lots/chosen-lots.ts'
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

/**
 * Refuses `lots_do_not_match` when a choice of lots that is added, or one that stood so far, would name a lot that is not in its account
 * when the units leave, or has too few. Judged by the methods of the portfolios that show the account (FIFO where none does): it is
 * enough that one of them has the lot. What a change of method left unmatched before does not stand in the way of anything.
 */
export async function orRefuseUnmatchedLots(
  db: CoreSql,
  call: Call,
  accountIds: readonly string[],
  ledger: Ledger,
  { added, read }: LedgersOfChange,
): Promise<void> {
  let [chosen, currency] = [false, added[0]?.currency]
  for (const entry of ledger) {
    chosen ||= entry.lots !== undefined && entry.lots.length > 0
    currency ??= entry.currency
  }
  if (!chosen || currency === undefined) return
  const methods = (await costMethodsOf(db, call.actor, accountIds)).filter((method) => method !== 'average-cost')
  const views = (methods.length > 0 ? methods : (['fifo'] as const)).map((method): ChosenLotsView => ({ method, currency }))
  const { before, after } = await read(await accountsThatSendUnits(db, call.actor, accountIds))
  const own = new Set(added.map(({ id }) => id))
  const standing = unmatchedInAll(before, views)
  for (const [key, found] of unmatchedInAll(after, views))
    if (own.has(found.entry.id) || !standing.has(key)) throw new Refused('lots_do_not_match', describeUnmatched(found))
}

function unmatchedInAll(ledger: Ledger, views: readonly ChosenLotsView[]): ReadonlyMap<string, UnmatchedChoice<LedgerTransaction>> {
  const entries = [...ledger]
  const [first = new Map(), ...others] = views.map(
    (view) => new Map(Array.from(unmatchedChoices(entries, view), (found) => [`${found.entry.id} ${found.choice.transactionId}`, found])),
  )
  return new Map([...first].filter(([key]) => others.every((other) => other.has(key))))
}
