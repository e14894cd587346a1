import { dateIn, type Instant, instantOf } from '@pe/finance/time/instant.ts'
import type { PlainDate } from '@pe/finance/time/plain-date.ts'

/** The only source of "now". Passed in everywhere, so that tests stand at a day of their choice. */
export interface Clock {
  now(): Instant
  /** The same in milliseconds since 1970, for who asks ten thousand times; a clock without it is read by `now`. */
  readonly milliseconds?: () => number
  /** The day it is in an IANA zone. */
  today(timeZone: string): PlainDate
}

export const systemClock: Clock = {
  now: () => instantOf(Date.now()),
  milliseconds: Date.now,
  today: (timeZone) => dateIn(timeZone, instantOf(Date.now())),
}

/** A clock that stands still until it is moved. */
export class FixedClock implements Clock {
  #moment: Instant

  constructor(moment: Instant) {
    this.#moment = moment
  }

  now(): Instant {
    return this.#moment
  }

  today(timeZone: string): PlainDate {
    return dateIn(timeZone, this.#moment)
  }

  moveTo(moment: Instant): void {
    this.#moment = moment
  }
}
