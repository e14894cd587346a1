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
    for (const id of [entry.instrumentId, entry.into?.instrumentId]) if (id !== undefined) changed.add(id)
  for (const [id, instrument] of after.parts.instruments)
    if (before.parts.instruments.get(id)?.closes !== instrument.closes) changed.add(id)
  return changed
}

/** What is recorded keeps its id and never changes; what an action brings keeps its id, which names the leg too, and follows what is held. */
function keyOf({ id, quantity, amount, into }: LedgerTransaction): string {
  return id.includes('/') ? `${id} ${quantity} ${amount} ${into?.quantity}` : id
}

/** Entries that only one of two ledgers has. Most stand in both as the same object: what is alike at both ends is passed over. */
function* difference(before: readonly LedgerTransaction[], after: readonly LedgerTransaction[]): Generator<LedgerTransaction> {
  let [start, left, right] = [0, before.length, after.length]
  while (start < Math.min(left, right) && before[start] === after[start]) start++
  while (Math.min(left, right) > start && before[left - 1] === after[right - 1]) [left, right] = [left - 1, right - 1]
  const [gone, come] = [before.slice(start, left), after.slice(start, right)]
  const [goneKeys, comeKeys] = [gone, come].map((entries) => new Set(entries.map(keyOf)))
  for (const entry of gone) if (!comeKeys?.has(keyOf(entry))) yield entry
  for (const entry of come) if (!goneKeys?.has(keyOf(entry))) yield entry
}
