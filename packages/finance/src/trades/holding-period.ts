import { Decimal } from '../money/decimal.ts'
import { daysBetween } from '../time/plain-date.ts'
import type { Trade } from './trade.ts'

/**
 * Calendar days that the units of a trade were held on average: each lot's days from its acquisition to the end of the trade, weighted
 * with its units. An exact ratio, not rounded to whole days; 0 for what was bought and sold on one day.
 */
export function holdingPeriodOf({ lots, units, endsOn }: Trade): Decimal {
  const unitDays = lots.map((lot) => lot.units.abs().times(Decimal.fromScaled(daysBetween(lot.acquiredOn, endsOn), 0)))
  return Decimal.sum(unitDays).ratio(units)
}
