import { LRUCache } from 'lru-cache'

const minute = 60_000

export interface BriefMemoryOptions {
  /** Of all that is kept together; what is larger is not kept at all. */
  readonly mostRows: number
  /** Milliseconds of a clock that never goes back. */
  readonly now?: () => number
}

/** Rows that one request leaves for the next, for a quarter of an hour: a convenience, whoever misses them reads them again. */
export class BriefMemory<Kept extends object> {
  readonly #kept: LRUCache<string, Kept>

  constructor({ mostRows, now = () => performance.now() }: BriefMemoryOptions) {
    this.#kept = new LRUCache({ maxSize: mostRows, ttl: 15 * minute, ttlAutopurge: true, perf: { now }, ttlResolution: 0 })
  }

  keep(key: string, kept: Kept, rows: number): void {
    this.#kept.set(key, kept, { size: Math.max(rows, 1) })
  }

  /** What was kept, which is forgotten with it. */
  take(key: string): Kept | undefined {
    const kept = this.#kept.get(key)
    this.#kept.delete(key)
    return kept
  }
}
