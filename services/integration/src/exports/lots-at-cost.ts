import type { Decimal } from '@pe/finance/money/decimal.ts'
import type { PlainDate } from '@pe/finance/time/plain-date.ts'

/** Units that share a cost, as beancount writes them: 10 ABC {12.5 EUR, 2026-01-05}. Negative while short. */
export interface LotAtCost {
  readonly units: Decimal
  readonly cost: Decimal
  readonly currency: string
  readonly date: PlainDate
}

/** Places of a cost per unit; what the division leaves over is a posting of its own. */
const places = 12

/** The lots of every account and instrument, first in, first out. */
export class LotsAtCost {
  readonly #lots = new Map<string, LotAtCost[]>()

  /** Units that come (positive) or leave (negative) for an amount: lots that they close, and one that they open with the rest. */
  move(key: string, units: Decimal, amount: Decimal, currency: string, date: PlainDate): readonly LotAtCost[] {
    const legs: LotAtCost[] = []
    const queue = this.#queue(key)
    let left = units
    for (let first = queue[0]; first && !left.isZero() && first.units.isNegative() !== left.isNegative(); first = queue[0]) {
      const closes = first.units.abs().isLessThan(left.abs()) ? first.units : left.negated()
      legs.push({ ...first, units: closes.negated() })
      const rest = first.units.minus(closes)
      if (rest.isZero()) queue.shift()
      else queue[0] = { ...first, units: rest }
      left = left.plus(closes)
    }
    if (left.isZero()) return legs
    const cost = amount.abs().dividedBy(units.abs(), { scale: places, rounding: 'half-even' })
    const opened = { units: left, cost, currency, date }
    queue.push(opened)
    return [...legs, opened]
  }

  /** All lots of a position, which is empty afterwards. */
  takeAll(key: string): LotAtCost[] {
    const queue = this.#queue(key)
    this.#lots.delete(key)
    return queue
  }

  add(key: string, lot: LotAtCost): void {
    if (!lot.units.isZero()) this.#queue(key).push(lot)
  }

  #queue(key: string): LotAtCost[] {
    const known = this.#lots.get(key)
    if (known) return known
    const queue: LotAtCost[] = []
    this.#lots.set(key, queue)
    return queue
  }
}
