import { LRUCache } from 'lru-cache'
import type { Cache } from './cache.ts'

const mebibyte = 1_048_576

export interface LocalCacheOptions {
  /** Of keys and values as UTF-16; 32 MiB when absent. */
  readonly maxBytes?: number
  /** Milliseconds of a clock that never goes back. */
  readonly now?: () => number
}

/** A cache in this process, by JSON text so that nobody can change what another has stored. */
export function localCache(options: LocalCacheOptions = {}): Cache {
  const kept = new LRUCache<string, string>({
    maxSize: options.maxBytes ?? 32 * mebibyte,
    sizeCalculation: (text, key) => (text.length + key.length) * 2 || 1,
    perf: { now: options.now ?? (() => performance.now()) },
    ttlResolution: 0,
  })
  return {
    async get<V>(key: string) {
      const text = kept.get(key)
      return text === undefined ? undefined : (JSON.parse(text) as V)
    },
    async set(key, value, secondsToLive) {
      kept.set(key, JSON.stringify(value), { ttl: secondsToLive * 1000 })
    },
    async delete(key) {
      kept.delete(key)
    },
  }
}
