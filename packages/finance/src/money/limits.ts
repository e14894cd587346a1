import { accept, type Outcome, refuse } from '../outcome.ts'
import type { Decimal } from './decimal.ts'

/** How much the book can store: numeric(precision, scale). More is refused, never cut. */
export interface Size {
  readonly integerDigits: number
  readonly decimalPlaces: number
}

export const quantitySize: Size = { integerDigits: 20, decimalPlaces: 18 }
export const moneySize: Size = { integerDigits: 18, decimalPlaces: 10 }

/** The number, or `too_precise` / `too_large`, so that nothing is ever rounded on entry. */
export function fitting(value: Decimal, size: Size, what: string): Outcome<Decimal> {
  if (value.decimalPlaces() > size.decimalPlaces)
    return refuse('too_precise', `${what} ${value} has more than ${size.decimalPlaces} decimal places`, {
      field: what,
      value: value.toString(),
      places: String(size.decimalPlaces),
    })
  if (value.integerDigits() > size.integerDigits)
    return refuse('too_large', `${what} has more than ${size.integerDigits} digits before the point`, {
      field: what,
      digits: String(size.integerDigits),
    })
  return accept(value)
}
