import type { LedgerTransaction, TransactionKind } from './transaction.ts'

/** How entries of one day that carry no time follow each other: as recorded, or what comes in before what leaves. */
export type SameDayOrder = 'recorded' | 'inbound-first'

const ranks: Partial<Record<TransactionKind, number>> = {
  buy: 0,
  'delivery-in': 0,
  deposit: 0,
  transfer: 1,
  sell: 2,
  'delivery-out': 2,
  withdrawal: 2,
}

/**
 * The one order in which transactions apply: by day; on one day in the order given, except that entries with a time of day follow each
 * other by time (they take turns on the places that timed entries hold in the list). A file that lists a day in no meaningful order is
 * recorded with `inbound-first`: purchases and deliveries, then transfers, then sales. Stable; the list is not changed.
 */
export function inOrder<T extends Pick<LedgerTransaction, 'kind' | 'date' | 'time'>>(
  transactions: Iterable<T>,
  sameDay: SameDayOrder = 'recorded',
): T[] {
  const list = [...transactions]
  const rank = (entry: T): number => (sameDay === 'inbound-first' ? inboundRank(entry) : 0)
  // Most ledgers are in order as they come: to look is cheaper than to sort.
  const sorted = sameDay === 'recorded' && !list.some((entry, at) => entry.date < (list[at - 1]?.date ?? ''))
  if (!sorted) list.sort((a, b) => earlierFirst(a.date, b.date) || rank(a) - rank(b))
  return timedInTurn(list)
}

/** Place among the entries of one day, `inbound-first`: what comes in is 0, transfers 1, what leaves 2. A time of day says more, and is 0. */
export function inboundRank({ kind, time }: Pick<LedgerTransaction, 'kind' | 'time'>): number {
  return time ? 0 : (ranks[kind] ?? 0)
}

function timedInTurn<T extends Pick<LedgerTransaction, 'time' | 'date'>>(byDay: T[]): T[] {
  const timed = byDay.filter(({ time }) => time)
  if (timed.length === 0) return byDay
  timed.sort((a, b) => earlierFirst(a.date, b.date) || earlierFirst(a.time ?? '', b.time ?? ''))
  const turns = timed.values()
  return byDay.map((entry) => (entry.time ? (turns.next().value ?? entry) : entry))
}

function earlierFirst(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
