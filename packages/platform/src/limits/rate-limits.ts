/** How much somebody may ask for: so much at once, and so much more each second. */
export interface Budget {
  readonly burst: number
  readonly perSecond: number
}

/** What asking once left of a budget. */
export interface Taken {
  readonly allowed: boolean
  /** Whole requests that are left now. */
  readonly left: number
  /** Seconds until one more is allowed; 0 while there are some left. */
  readonly wait: number
}

/** Counts requests by key, in this process (local-rate-limits.ts) or for many of them together. */
export interface RateLimits {
  take(key: string, budget: Budget): Taken | Promise<Taken>
}
