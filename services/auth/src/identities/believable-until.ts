import type { Instant } from '@pe/finance/time/instant.ts'
import { after } from '../sign-in/session-times.ts'

/** So long the door may believe an answer: what is changed here holds there within this time. */
const believedMilliseconds = 30_000

/** That a credential was used is written at most this often. */
export const noteEveryMilliseconds = 60_000

/** Until when an identity may be believed without asking again; never longer than its credential lasts. */
export function believableUntil(now: Instant, end: Instant | null): Instant {
  return earliest(after(now, believedMilliseconds), ...(end ? [end] : []))
}

/** Instants are text that sorts as time does. */
export function earliest(first: Instant, ...others: readonly Instant[]): Instant {
  return others.reduce((least, one) => (one < least ? one : least), first)
}
