import { Decimal } from '../money/decimal.ts'
import { bothKnown, certain, type Known } from './known.ts'

/** The sum of what is known; unknown as soon as one term is, for the reason of the first. */
export function sumKnown(terms: Iterable<Known<Decimal>>): Known<Decimal> {
  let total: Known<Decimal> = certain(Decimal.zero)
  for (const term of terms) {
    if (term.known && term.date === null && term.value.isZero()) continue
    total = bothKnown(total, term, (a, b) => a.plus(b))
    if (!total.known) return total
  }
  return total
}

export function minusKnown(a: Known<Decimal>, b: Known<Decimal>): Known<Decimal> {
  return bothKnown(a, b, (left, right) => left.minus(right))
}
