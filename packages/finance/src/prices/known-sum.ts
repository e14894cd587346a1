import { Decimal } from '../money/decimal.ts'
import type { PlainDate } from '../time/plain-date.ts'
import { bothKnown, type Known, knownAs, olderOf, type UnknownValue } from './known.ts'

/** A sum in the making: known until an unknown is added, as old as the oldest close or rate, stale when one is. */
export class KnownSum {
  #total = Decimal.zero
  #date: PlainDate | null = null
  #stale = false
  #unknown: UnknownValue | null = null

  add(term: Known<Decimal>): void {
    if (!term.known) this.#unknown ??= term
    else this.#take(this.#total.plus(term.value), term)
  }

  subtract(term: Known<Decimal>): void {
    if (!term.known) this.#unknown ??= term
    else this.#take(this.#total.minus(term.value), term)
  }

  get value(): Known<Decimal> {
    return this.#unknown ?? knownAs(this.#total, this.#date, this.#stale)
  }

  #take(total: Decimal, { date, stale }: { readonly date: PlainDate | null; readonly stale: boolean }): void {
    this.#total = total
    if (date !== null) this.#date = olderOf(this.#date, date)
    if (stale) this.#stale = true
  }
}

/** The sum of what is known; unknown as soon as one term is, for the reason of the first. */
export function sumKnown(terms: Iterable<Known<Decimal>>): Known<Decimal> {
  const sum = new KnownSum()
  for (const term of terms) sum.add(term)
  return sum.value
}

export function minusKnown(a: Known<Decimal>, b: Known<Decimal>): Known<Decimal> {
  return bothKnown(a, b, (left, right) => left.minus(right))
}
