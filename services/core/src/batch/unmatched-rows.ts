import type { Call } from '@pe/contracts/actor.ts'
import type { LedgerTransaction } from '@pe/finance/ledger/transaction.ts'
import { viewsOf } from '../chosen-lots.ts'
import type { CoreSql } from '../core-deps.ts'
import { instrumentsWithChosenLots } from '../store/chosen-instruments.ts'
import { accountsThatSendUnits } from '../store/ledger.ts'
import { readUnitBook } from '../store/ledger-with-actions.ts'
import type { CheckedRow } from './checked-row.ts'
import type { AccountPlan } from './plan-accounts.ts'
import { candidatesToRefuse, type Unmatched } from './unmatched-choices.ts'

/** Rows that choose lots which are not there when the units leave, or that take one which a recorded sale chose. */
export async function unmatchedRows(
  db: CoreSql,
  call: Call,
  plan: AccountPlan,
  rows: readonly CheckedRow[],
): Promise<Map<CheckedRow, Unmatched>> {
  const moving = rows.filter(({ statement: { entry, state } }) => state === 'posted' && movesLots(entry))
  const standing = plan.accounts.filter(({ opens }) => opens === null).map(({ id }) => id)
  const chosen = moving.flatMap(({ statement: { entry } }) => (entry.lots?.length && entry.instrumentId ? [entry.instrumentId] : []))
  const instruments = new Set([...chosen, ...(moving.length > 0 ? await instrumentsWithChosenLots(db, call.actor, standing) : [])])
  if (instruments.size === 0) return new Map()
  const { entries, actions } = await readUnitBook(db, call.actor, await accountsThatSendUnits(db, call.actor, standing), [...instruments])
  for (const { instrumentId, intoInstrumentId } of actions)
    for (const id of [instrumentId, intoInstrumentId]) if (id !== undefined) instruments.add(id)
  const candidates = new Map(
    moving.filter(({ statement: { entry } }) => instruments.has(entry.instrumentId ?? '')).map((row) => [row.statement.entry, row]),
  )
  const [first] = candidates.keys()
  if (!first) return new Map()
  return candidatesToRefuse({ entries, actions, candidates, views: await viewsOf(db, call, standing, first.currency) })
}

export function movesLots({ kind, instrumentId, quantity }: Pick<LedgerTransaction, 'kind' | 'instrumentId' | 'quantity'>): boolean {
  return instrumentId !== undefined && (quantity !== undefined || kind === 'return-of-capital')
}
