import { epochMilliseconds, type Instant, instantOf } from '@pe/finance/time/instant.ts'

const minute = 60_000
const day = 24 * 60 * minute

/** A session that nobody was seen with ends after these days. */
export const idleMilliseconds = 14 * day
/** And after these whatever happens. */
export const absoluteMilliseconds = 90 * day
/** The second factor must be given by then. */
export const pendingMilliseconds = 10 * minute
/** How long a sensitive act may follow upon a sign-in or a step-up. */
export const stepUpMilliseconds = 10 * minute

export function after(moment: Instant, milliseconds: number): Instant {
  return instantOf(epochMilliseconds(moment) + milliseconds)
}

/** Whoever was seen last before this moment has been away for too long. */
export function idleSince(now: Instant): Instant {
  return after(now, -idleMilliseconds)
}
