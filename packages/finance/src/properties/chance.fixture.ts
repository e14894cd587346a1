import { Decimal } from '../money/decimal.ts'

/** Small numbers from one seed (mulberry32): the same seed gives the same event, wherever it stands in a book. */
export class Chance {
  #state: number

  constructor(seed: number) {
    this.#state = seed >>> 0
  }

  /** 0 to n − 1. */
  below(n: number): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * n)
  }

  /** True in so many of a hundred. */
  percent(share: number): boolean {
    return this.below(100) < share
  }

  of<T>(list: readonly T[]): T {
    return list[this.below(list.length)] as T
  }

  /** Digits of an integer between two bounds, with so many decimals. */
  decimal(from: number, to: number, places: number): Decimal {
    return Decimal.fromScaled(from + this.below(to - from + 1), places)
  }

  digits(count: number): string {
    let text = ''
    for (let at = 0; at < count; at++) text += this.below(10)
    return text
  }
}
