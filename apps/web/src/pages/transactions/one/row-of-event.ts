import type { Schema } from '@pe/sdk/client.ts'
import { type JournalRow, journalRows } from '../journal-rows.ts'

/**
 * A transaction as its row of the journal: with all legs of its event, in the version that it belongs to. The history names them: the
 * act that made this leg made the others too.
 */
export function rowOfEvent(of: Schema<'Transaction'>, acts: readonly Schema<'HistoryAct'>[]): JournalRow {
  if (!of.event) return of
  const made = acts.findLast(({ act, transactions }) => act !== 'voided' && transactions.some(({ id }) => id === of.id))
  const [row = of] = journalRows(made?.transactions ?? [of], new Set())
  // What is done to it goes by the leg that is shown: what the history kept of the others is as old as its act.
  const { id, version, state, needsReview, replacedBy } = of
  return { ...row, id, version, state, needsReview, replacedBy }
}
