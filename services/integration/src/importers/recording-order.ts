import type { RecordedKind } from '@pe/finance/ledger/transaction.ts'
import type { ImportedTransaction } from './imported-file.ts'

const ranks: Partial<Record<RecordedKind, number>> = {
  deposit: 0,
  buy: 1,
  'delivery-in': 1,
  transfer: 2,
  sell: 4,
  'delivery-out': 4,
  withdrawal: 5,
}

/** By day; on one day what comes in before transfers before what leaves: for files that list a day in no meaningful order. */
export function inboundFirst(transactions: readonly ImportedTransaction[]): ImportedTransaction[] {
  return [...transactions].sort((a, b) => (a.date < b.date ? -1 : a.date > b.date ? 1 : (ranks[a.kind] ?? 3) - (ranks[b.kind] ?? 3)))
}

/** By day, on one day as the file has it; a file that lists the newest first is read from its end. */
export function asListed(transactions: readonly ImportedTransaction[]): ImportedTransaction[] {
  const newestFirst = (transactions[0]?.date ?? '') > (transactions.at(-1)?.date ?? '')
  const listed = newestFirst ? [...transactions].reverse() : [...transactions]
  return listed.sort((a, b) => (a.date < b.date ? -1 : a.date > b.date ? 1 : 0))
}
