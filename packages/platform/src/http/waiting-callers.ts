import { setTimeout as pause } from 'node:timers/promises'

const [mostMilliseconds, graceMilliseconds, lookEvery] = [60_000, 200, 20]

/** How time passes: milliseconds of a clock that never goes back, and waiting some of them. */
export interface Passing {
  readonly now: () => number
  readonly pause: (milliseconds: number) => Promise<unknown>
}

/** Who waits for an answer at the door just now: long work that can wait lets them go first. */
export class WaitingCallers {
  readonly #time: Passing
  #waiting = 0
  #lastAnswer = Number.NEGATIVE_INFINITY

  constructor(time: Passing = { now: () => performance.now(), pause }) {
    this.#time = time
  }

  came(): void {
    this.#waiting += 1
  }

  answered(): void {
    this.#waiting -= 1
    this.#lastAnswer = this.#time.now()
  }

  /** Once nobody has waited for a moment (who was answered often asks on), at the latest after a minute. */
  async gone(): Promise<void> {
    const { now, pause } = this.#time
    const latest = now() + mostMilliseconds
    const busy = () => this.#waiting > 0 || now() - this.#lastAnswer < graceMilliseconds
    while (busy() && now() < latest) await pause(lookEvery)
  }
}
