import type { LedgerTransaction } from '@pe/finance/ledger/transaction.ts'
import type { LoadedBook } from './loaded-book.ts'

/**
 * The instruments whose units or closes may differ between two books of the same accounts; null when all may, since rates changed.
 * Told from the books themselves: a recorded transaction never changes, so those that came and those that went tell everything.
 */
export function changedInstruments(before: LoadedBook, after: LoadedBook): ReadonlySet<string> | null {
  if (before.parts.rates !== after.parts.rates && (before.parts.rates.length > 0 || after.parts.rates.length > 0)) return null
  const changed = new Set<string>()
  for (const entry of difference(before.parts.ledger.transactions, after.parts.ledger.transactions))
    if (entry.instrumentId !== undefined) changed.add(entry.instrumentId)
  for (const [id, instrument] of after.parts.instruments)
    if (before.parts.instruments.get(id)?.closes !== instrument.closes) changed.add(id)
  return changed
}

/** Entries that only one of two ledgers has. Most stand in both as the same object: what is alike at both ends is passed over. */
function* difference(before: readonly LedgerTransaction[], after: readonly LedgerTransaction[]): Generator<LedgerTransaction> {
  let [start, left, right] = [0, before.length, after.length]
  while (start < Math.min(left, right) && before[start] === after[start]) start++
  while (Math.min(left, right) > start && before[left - 1] === after[right - 1]) [left, right] = [left - 1, right - 1]
  const [gone, come] = [before.slice(start, left), after.slice(start, right)]
  const [goneIds, comeIds] = [gone, come].map((entries) => new Set(entries.map(({ id }) => id)))
  for (const entry of gone) if (!comeIds?.has(entry.id)) yield entry
  for (const entry of come) if (!goneIds?.has(entry.id)) yield entry
}
