import { LRUCache } from 'lru-cache'
import type { RateLimits } from './rate-limits.ts'

interface Bucket {
  tokens: number
  filledAt: number
}

export interface LocalRateLimitsOptions {
  /** Buckets kept; the one that was asked least lately is forgotten first, and is then full again. */
  readonly mostKeys?: number
  /** Milliseconds of a clock that never goes back. */
  readonly now?: () => number
}

/** Token buckets in this process. */
export function localRateLimits({ mostKeys = 100_000, now = () => performance.now() }: LocalRateLimitsOptions = {}): RateLimits {
  const buckets = new LRUCache<string, Bucket>({ max: mostKeys })
  return {
    take(key, { burst, perSecond }) {
      const moment = now()
      const bucket = buckets.get(key) ?? { tokens: burst, filledAt: moment }
      bucket.tokens = Math.min(burst, bucket.tokens + ((moment - bucket.filledAt) / 1000) * perSecond)
      bucket.filledAt = moment
      buckets.set(key, bucket)
      const allowed = bucket.tokens >= 1
      if (allowed) bucket.tokens -= 1
      return { allowed, left: Math.floor(bucket.tokens), wait: bucket.tokens >= 1 ? 0 : (1 - bucket.tokens) / perSecond }
    },
  }
}
