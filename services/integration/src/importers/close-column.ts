import { dateOfDay, dayNumber, type PlainDate } from '@pe/finance/time/plain-date.ts'

const chunkSize = 4096

/**
 * A series of decimals by day in 12 bytes per entry, so that a 100 MB file of prices stays small in memory. A decimal is kept as a float64
 * when its shortest text is the decimal's own text, else as text: what goes in comes out, digit by digit.
 */
export class CloseColumn {
  readonly #days: Int32Array[] = []
  readonly #values: Float64Array[] = []
  readonly #exact = new Map<number, string>()
  #length = 0

  get length(): number {
    return this.#length
  }

  /** Adds a canonical decimal text ('49.66', no trailing zeros); answers its index. */
  add(day: number, value: string): number {
    const at = this.#length++
    const [chunk, slot] = [Math.floor(at / chunkSize), at % chunkSize]
    if (slot === 0) {
      this.#days.push(new Int32Array(chunkSize))
      this.#values.push(new Float64Array(chunkSize))
    }
    const number = Number(value)
    const days = this.#days[chunk]
    const values = this.#values[chunk]
    if (days) days[slot] = day
    if (values) values[slot] = number
    if (String(number) !== value) this.#exact.set(at, value)
    return at
  }

  addOn(date: PlainDate, value: string): number {
    return this.add(dayNumber(date), value)
  }

  dayAt(at: number): number {
    return this.#days[Math.floor(at / chunkSize)]?.[at % chunkSize] ?? 0
  }

  valueAt(at: number): string {
    return this.#exact.get(at) ?? String(this.#values[Math.floor(at / chunkSize)]?.[at % chunkSize])
  }

  /** Indices by ascending day, the last entry of a day winning; `replaced` hears of those that a later one replaces. */
  inOrder(replaced?: (at: number, by: number) => void): Int32Array {
    const order = Int32Array.from({ length: this.#length }, (_, at) => at)
    let sorted = true
    for (let at = 1; at < this.#length && sorted; at++) sorted = this.dayAt(at) > this.dayAt(at - 1)
    if (sorted) return order
    order.sort((a, b) => this.dayAt(a) - this.dayAt(b) || a - b)
    let kept = 0
    for (let place = 0; place < order.length; place++) {
      const at = order[place] ?? 0
      const next = order[place + 1]
      if (next !== undefined && this.dayAt(next) === this.dayAt(at)) replaced?.(at, next)
      else order[kept++] = at
    }
    return order.subarray(0, kept)
  }

  /** Day and value, one entry per day, ascending. */
  *entries(): Generator<[PlainDate, string]> {
    for (const at of this.inOrder()) yield [dateOfDay(this.dayAt(at)), this.valueAt(at)]
  }
}
