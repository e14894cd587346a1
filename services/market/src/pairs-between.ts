export interface Pair {
  readonly base: string
  readonly quote: string
}

/**
 * The pairs that may lie on a way from one wanted currency to another: dead ends (a currency nobody asked for, with a single neighbour) are
 * cut off until none is left. Which of the ways is taken depends on the day and is finance's business.
 */
export function pairsBetween(pairs: readonly Pair[], wanted: ReadonlySet<string>): Pair[] {
  let left = [...pairs]
  for (;;) {
    const neighbours = new Map<string, Set<string>>()
    for (const { base, quote } of left) {
      neighbours.set(base, (neighbours.get(base) ?? new Set()).add(quote))
      neighbours.set(quote, (neighbours.get(quote) ?? new Set()).add(base))
    }
    const leads = (currency: string): boolean => wanted.has(currency) || (neighbours.get(currency)?.size ?? 0) > 1
    const kept = left.filter(({ base, quote }) => leads(base) && leads(quote))
    if (kept.length === left.length) return kept
    left = kept
  }
}
