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
  if (
    !list.some((entry, at) => at > 0 && entry.date < (list[at - 1]?.date ?? '')) &&
    sameDay === 'recorded' &&
    !list.some((entry) => entry.time)
  )
    return list
  const rank = (entry: T): number => (sameDay === 'inbound-first' ? inboundRank(entry) : 0)
  list.sort((a, b) => (a.date < b.date ? -1 : a.date > b.date ? 1 : rank(a) - rank(b)))
  return timedInTurn(list)
}

/** Place among the entries of one day, `inbound-first`: what comes in is 0, transfers 1, what leaves 2. A time of day says more, and is 0. */
export function inboundRank({ kind, time }: Pick<LedgerTransaction, 'kind' | 'time'>): number {
  return time ? 0 : (ranks[kind] ?? 0)
}

function timedInTurn<T extends Pick<LedgerTransaction, 'time' | 'date'>>(byDay: T[]): T[] {
  for (let start = 0; start < byDay.length; ) {
    let end = start
    const places: number[] = []
    for (; end < byDay.length && byDay[end]?.date === byDay[start]?.date; end++) if (byDay[end]?.time) places.push(end)
    if (places.length > 1) {
      const timed = places.map((place) => byDay[place]).filter((entry) => entry !== undefined)
      timed.sort((a, b) => ((a.time ?? '') < (b.time ?? '') ? -1 : (a.time ?? '') > (b.time ?? '') ? 1 : 0))
      for (const [turn, place] of places.entries()) {
        const entry = timed[turn]
        if (entry) byDay[place] = entry
      }
    }
    start = end
  }
  return byDay
}
