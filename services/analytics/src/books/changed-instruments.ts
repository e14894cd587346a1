import type { LedgerTransaction } from '@pe/finance/ledger/transaction.ts'
import type { LoadedBook } from './loaded-book.ts'

/**
 * The instruments whose units or closes may differ between two books of the same accounts; null when all may, since rates changed.
 * Told from the books themselves: a recorded transaction never changes, so those that came and those that went tell everything.
 */
export function changedInstruments(before: LoadedBook, after: LoadedBook): ReadonlySet<string> | null {
  if (before.parts.rates !== after.parts.rates && (before.parts.rates.length > 0 || after.parts.rates.length > 0)) return null
  const changed = new Set<string>()
  for (const entry of difference(before.parts.transactions, after.parts.transactions))
    if (entry.instrumentId !== undefined) changed.add(entry.instrumentId)
  for (const [id, instrument] of after.parts.instruments)
    if (before.parts.instruments.get(id)?.closes !== instrument.closes) changed.add(id)
  return changed
}

/** Entries that only one of two ledgers has. */
function* difference(before: readonly LedgerTransaction[], after: readonly LedgerTransaction[]): Generator<LedgerTransaction> {
  const [left, right] = [before, after].map((entries) => new Map(entries.map((entry) => [entry.id, entry])))
  for (const entry of before) if (!right?.has(entry.id)) yield entry
  for (const entry of after) if (!left?.has(entry.id)) yield entry
}
