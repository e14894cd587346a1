import { Decimal } from '../money/decimal.ts'
import type { PlainDate } from '../time/plain-date.ts'
import { type CostUnits, type Lot, mergeLots, splitLot } from './lot.ts'

/** Lots of one sign in order of acquisition, taken from the front; or one merged lot where the average counts. */
export class LotQueue {
  readonly #merges: boolean
  #lots: Lot[] = []
  #head = 0
  #units: Decimal = Decimal.zero

  constructor(merges: boolean) {
    this.#merges = merges
  }

  get units(): Decimal {
    return this.#units
  }

  open(): Lot[] {
    return this.#lots.slice(this.#head)
  }

  add(lot: Lot): void {
    this.#units = this.#units.plus(lot.units)
    const pool = this.#merges ? this.#lots[this.#head] : undefined
    if (pool) {
      this.#lots[this.#head] = mergeLots(pool, lot)
      return
    }
    // A transfer may bring a lot that is older than those here; nearly always it goes to the end.
    if ((this.#lots.at(-1)?.acquiredOn ?? lot.acquiredOn) <= lot.acquiredOn || this.#head === this.#lots.length) this.#lots.push(lot)
    else this.#lots.splice(this.#firstAfter(lot.acquiredOn), 0, lot)
  }

  /** Index of the first lot that is younger than a day. */
  #firstAfter(day: PlainDate): number {
    let [low, high] = [this.#head, this.#lots.length]
    while (low < high) {
      const middle = (low + high) >>> 1
      if ((this.#lots[middle]?.acquiredOn ?? day) <= day) low = middle + 1
      else high = middle
    }
    return low
  }

  /** Takes units (of the sign of the lots) from the front. Asking for more than there is is a bug of the caller. */
  take(units: Decimal, costUnits: CostUnits): Lot[] {
    const taken: Lot[] = []
    let wanted = units
    while (!wanted.isZero()) {
      const lot = this.#lots[this.#head]
      if (!lot) throw new RangeError(`${wanted} units more than the lots hold`)
      if (wanted.abs().isLessThan(lot.units.abs())) {
        const parts = splitLot(lot, wanted, costUnits)
        taken.push(parts.taken)
        this.#lots[this.#head] = parts.rest
        wanted = Decimal.zero
      } else {
        taken.push(lot)
        this.#head += 1
        wanted = wanted.minus(lot.units)
      }
    }
    this.#units = this.#units.minus(units)
    this.#dropTaken()
    return taken
  }

  #dropTaken(): void {
    if (this.#head < 64 || this.#head * 2 < this.#lots.length) return
    this.#lots = this.#lots.slice(this.#head)
    this.#head = 0
  }
}
