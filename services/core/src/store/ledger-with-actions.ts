import type { Actor } from '@pe/contracts/actor.ts'
import { appliedActionIn } from '@pe/contracts/ledger-reading.ts'
import type { AppliedAction } from '@pe/finance/actions/corporate-action.ts'
import { withActions } from '@pe/finance/actions/with-actions.ts'
import { inOrder } from '@pe/finance/ledger/order.ts'
import type { LedgerTransaction } from '@pe/finance/ledger/transaction.ts'
import type { PlainDate } from '@pe/finance/time/plain-date.ts'
import type { CoreSql } from '../core-deps.ts'
import { readAppliedActions } from './action-applications.ts'
import { unitEntries } from './transactions.ts'

/** Recorded entries that move units, and the corporate actions that apply to them: a change of the one changes what the others bring. */
export interface UnitBook {
  readonly entries: readonly LedgerTransaction[]
  readonly actions: readonly AppliedAction[]
}

/**
 * The unit entries of these accounts with the actions applied to them. Of some instruments: those that actions join to them come too, since
 * their units become these.
 */
export async function readUnitBook(
  db: CoreSql,
  actor: Actor,
  accountIds: readonly string[],
  instrumentIds?: readonly string[],
  knownAt?: string,
): Promise<UnitBook> {
  const standing = await readAppliedActions(db, actor, accountIds, knownAt)
  const { actions, instruments } = joinedTo(instrumentIds, standing.map(appliedActionIn))
  return { entries: await unitEntries(db, actor, accountIds, instruments && [...instruments], knownAt), actions }
}

/** What accounts really hold: recorded entries in order, with what actions bring. */
export function wholeLedger({ entries, actions }: UnitBook): readonly LedgerTransaction[] {
  return withActions(inOrder(entries), actions)
}

/** Entries that actions bring into these accounts, their cash accounts included, up to a day. */
export async function actionEntries(
  db: CoreSql,
  actor: Actor,
  accountIds: readonly string[],
  asOf: PlainDate,
  knownAt?: string,
): Promise<LedgerTransaction[]> {
  const actions = await readAppliedActions(db, actor, accountIds, knownAt)
  if (actions.length === 0) return []
  const holders = new Set(actions.flatMap((action) => action.accounts.map(({ accountId }) => accountId)))
  const named = actions.flatMap(({ instrumentId, intoInstrumentId }) => [instrumentId, ...(intoInstrumentId ? [intoInstrumentId] : [])])
  const book = await readUnitBook(db, actor, [...holders], [...new Set(named)], knownAt)
  const recorded = new Set(book.entries)
  return wholeLedger(book).filter((entry) => !recorded.has(entry) && entry.date <= asOf)
}

function joinedTo(
  instrumentIds: readonly string[] | undefined,
  standing: readonly AppliedAction[],
): { actions: readonly AppliedAction[]; instruments: ReadonlySet<string> | undefined } {
  if (!instrumentIds) return { actions: standing, instruments: undefined }
  const instruments = new Set(instrumentIds)
  const concerns = ({ instrumentId, intoInstrumentId = '' }: AppliedAction): boolean =>
    instruments.has(instrumentId) || instruments.has(intoInstrumentId)
  for (let size = 0; size < instruments.size; ) {
    size = instruments.size
    for (const action of standing) {
      if (!concerns(action)) continue
      instruments.add(action.instrumentId)
      if (action.intoInstrumentId) instruments.add(action.intoInstrumentId)
    }
  }
  return { actions: standing.filter(concerns), instruments }
}
