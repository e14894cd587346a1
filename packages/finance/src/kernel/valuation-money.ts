import { digitsOf } from '../money/currency.ts'
import { Decimal } from '../money/decimal.ts'
import { moneySize } from '../money/limits.ts'
import { Money } from '../money/money.ts'
import type { DailyValuation } from './daily-valuation.ts'

/**
 * The one door from the columns of a valuation back to money; null where the figure is unknown.
 * @param minorUnits an entry of `value`, `cash`, `inflow` or `outflow`
 */
export function moneyOf(minorUnits: number, { currency }: Pick<DailyValuation, 'currency'>): Money | null {
  if (Number.isNaN(minorUnits)) return null
  const digits = digitsOf(currency)
  if (Number.isInteger(minorUnits)) return new Money(Decimal.fromScaled(minorUnits, digits), currency)
  // Amounts that the ledger holds with more digits than the currency has: back to the places that it stores.
  const places = moneySize.decimalPlaces
  const exact = Decimal.parse(minorUnits.toFixed(places)).times(Decimal.fromScaled(1, digits))
  return new Money(exact.round(places - digits, 'half-away-from-zero'), currency)
}
