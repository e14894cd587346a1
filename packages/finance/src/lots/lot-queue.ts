import type { LotChoice } from '../ledger/transaction.ts'
import { Decimal } from '../money/decimal.ts'
import type { CostMethod } from './cost-method.ts'
import { type CostUnits, type Lot, mergeLots, splitLot } from './lot.ts'

/** Lots of one sign in the order in which a cost method takes them; or one merged lot where the average counts. */
export class LotQueue {
  readonly #method: CostMethod
  /** FIFO: oldest first, taken from the head. LIFO: oldest first, HIFO: cheapest first, both taken from the end. */
  #lots: Lot[] = []
  #head = 0
  #units: Decimal = Decimal.zero

  constructor(method: CostMethod) {
    this.#method = method
  }

  get units(): Decimal {
    return this.#units
  }

  open(): Lot[] {
    return this.#lots.slice(this.#head)
  }

  add(lot: Lot): void {
    this.#units = this.#units.plus(lot.units)
    const pool = this.#method === 'average-cost' ? this.#lots[this.#head] : undefined
    if (pool) {
      this.#lots[this.#head] = mergeLots(pool, lot)
      return
    }
    // A transfer may bring a lot that is older than those here; by date it nearly always goes to the end.
    const last = this.#lots.length > this.#head ? this.#lots.at(-1) : undefined
    if (!last || this.#staysBefore(last, lot)) this.#lots.push(lot)
    else this.#lots.splice(this.#placeOf(lot), 0, lot)
  }

  /**
   * Takes units (of the sign of the lots): first those of chosen lots, as far as they are here, the rest as the method says. An average
   * knows no lots to choose. Asking for more than there is is a bug of the caller.
   */
  take(units: Decimal, costUnits: CostUnits, choices: readonly LotChoice[] = []): Lot[] {
    const taken: Lot[] = []
    let wanted = units
    if (this.#method !== 'average-cost')
      for (const choice of choices) wanted = wanted.minus(this.#takeChosen(choice, wanted, costUnits, taken))
    while (!wanted.isZero()) {
      const at = this.#method === 'lifo' || this.#method === 'hifo' ? this.#lots.length - 1 : this.#head
      wanted = wanted.minus(this.#takeFrom(at, wanted, costUnits, taken))
    }
    this.#units = this.#units.minus(units)
    this.#dropTaken()
    return taken
  }

  /** Puts other lots in place of all: the same ones after a split or a return of capital, in the same order. */
  replace(lots: readonly Lot[]): void {
    this.#lots = [...lots]
    this.#head = 0
    this.#units = Decimal.sum(lots.map((lot) => lot.units))
  }

  /** Takes from one lot what is wanted and there; tells how much that was. */
  #takeFrom(at: number, wanted: Decimal, costUnits: CostUnits, taken: Lot[]): Decimal {
    const lot = at < this.#head ? undefined : this.#lots[at]
    if (!lot) throw new RangeError(`${wanted} units more than the lots hold`)
    if (wanted.abs().isLessThan(lot.units.abs())) {
      const parts = splitLot(lot, wanted, costUnits)
      taken.push(parts.taken)
      this.#lots[at] = parts.rest
      return wanted
    }
    taken.push(lot)
    if (at === this.#head) this.#head += 1
    else this.#lots.splice(at, 1)
    return lot.units
  }

  #takeChosen({ transactionId, quantity }: LotChoice, wanted: Decimal, costUnits: CostUnits, taken: Lot[]): Decimal {
    let left = quantity.isLessThan(wanted.abs()) ? quantity : wanted.abs()
    if (wanted.isNegative()) left = left.negated()
    let sum = Decimal.zero
    for (let at = this.#head; at < this.#lots.length && !left.isZero(); ) {
      const count = this.#lots.length - this.#head
      if (this.#lots[at]?.transactionId !== transactionId) {
        at += 1
        continue
      }
      const part = this.#takeFrom(at, left, costUnits, taken)
      left = left.minus(part)
      sum = sum.plus(part)
      if (this.#lots.length - this.#head === count) break
      if (at < this.#head) at = this.#head
    }
    return sum
  }

  /** Index of the first lot that comes after another. */
  #placeOf(lot: Lot): number {
    let [low, high] = [this.#head, this.#lots.length]
    while (low < high) {
      const middle = (low + high) >>> 1
      if (this.#staysBefore(this.#lots[middle] ?? lot, lot)) low = middle + 1
      else high = middle
    }
    return low
  }

  #staysBefore(lot: Lot, added: Lot): boolean {
    if (this.#method !== 'hifo') return lot.acquiredOn <= added.acquiredOn
    const order = compareUnitCosts(lot, added)
    return order < 0 || (order === 0 && lot.acquiredOn > added.acquiredOn)
  }

  #dropTaken(): void {
    if (this.#head < 64 || this.#head * 2 < this.#lots.length) return
    this.#lots = this.#lots.slice(this.#head)
    this.#head = 0
  }
}

/** By cost per unit in the reporting currency, without a division; an unknown cost is the least. */
function compareUnitCosts(a: Lot, b: Lot): number {
  const [one, other] = [a.cost.reporting, b.cost.reporting]
  if (!one.known || !other.known) return Number(one.known) - Number(other.known)
  return one.value.times(b.units).compare(other.value.times(a.units))
}
