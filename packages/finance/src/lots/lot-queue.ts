import type { LotChoice } from '../ledger/transaction.ts'
import { Decimal } from '../money/decimal.ts'
import type { CostMethod } from './cost-method.ts'
import { type CostUnits, type Lot, mergeLots, splitLot } from './lot.ts'
import { settledLots } from './settled-lots.ts'

/** Which lots a taking is about. */
export interface Taking {
  /** Lots that a person chose; the rest follows the method. An average knows no lots to choose. */
  readonly choices?: readonly LotChoice[] | undefined
  /** Only the lots of this account, of those that accounts share. */
  readonly accountId?: string | undefined
}

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
   * Takes units (of the sign of the lots): first those of chosen lots, as far as they are here, the rest as the method says. Asking for
   * more than there is is a bug of the caller.
   */
  take(units: Decimal, costUnits: CostUnits, { choices = [], accountId }: Taking = {}): Lot[] {
    const taken: Lot[] = []
    let wanted = units
    if (this.#method !== 'average-cost')
      for (const choice of choices) wanted = wanted.minus(this.#takeChosen(choice, wanted, costUnits, taken))
    while (!wanted.isZero()) {
      const at = accountId === undefined ? this.#next() : this.#nextOf(accountId)
      wanted = wanted.minus(this.#takeFrom(at, wanted, costUnits, taken))
    }
    this.#units = this.#units.minus(units)
    this.#dropTaken()
    return taken
  }

  /** Puts others in place of some lots: the same ones after a split or a return of capital. */
  replace(changed: ReadonlyMap<Lot, Lot>): void {
    this.#restore(this.open().map((lot) => changed.get(lot) ?? lot))
  }

  /** The open lots, each under an account that holds its units. */
  settled(held: ReadonlyMap<string, Decimal>, costUnits: CostUnits): readonly Lot[] {
    const lots = this.open()
    const order = lots.map((_, at) => (this.#takesFromEnd ? lots.length - 1 - at : at))
    return settledLots(lots, order, held, costUnits)
  }

  /** Keeps the open lots like that. */
  settle(held: ReadonlyMap<string, Decimal>, costUnits: CostUnits): void {
    this.#lots = [...this.settled(held, costUnits)]
    this.#head = 0
  }

  get #takesFromEnd(): boolean {
    return this.#method === 'lifo' || this.#method === 'hifo'
  }

  /** Where the lot is that leaves next. */
  #next(): number {
    return this.#takesFromEnd ? this.#lots.length - 1 : this.#head
  }

  #nextOf(accountId: string): number {
    const isOurs = (lot: Lot, at: number): boolean => at >= this.#head && lot.accountId === accountId
    return this.#takesFromEnd ? this.#lots.findLastIndex(isOurs) : this.#lots.findIndex(isOurs)
  }

  #restore(lots: readonly Lot[]): void {
    // What changed some lots only may have changed which one is the dearest.
    this.#lots = this.#method === 'hifo' ? lots.toSorted(byCostThenAge) : [...lots]
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
    return byCostThenAge(lot, added) < 0
  }

  #dropTaken(): void {
    if (this.#head < 64 || this.#head * 2 < this.#lots.length) return
    this.#lots = this.#lots.slice(this.#head)
    this.#head = 0
  }
}

/** Cheapest first; of lots that cost the same the youngest, so that the oldest of the dearest stands at the end and leaves first. */
function byCostThenAge(lot: Lot, other: Lot): number {
  const order = compareUnitCosts(lot, other)
  if (order !== 0) return order
  return lot.acquiredOn > other.acquiredOn ? -1 : lot.acquiredOn < other.acquiredOn ? 1 : 0
}

/** By cost per unit in the reporting currency, without a division; an unknown cost is the least. */
function compareUnitCosts(a: Lot, b: Lot): number {
  const [one, other] = [a.cost.reporting, b.cost.reporting]
  if (!one.known || !other.known) return Number(one.known) - Number(other.known)
  return one.value.times(b.units).compare(other.value.times(a.units))
}
