import type { Decimal } from '../money/decimal.ts'

/** Brokers credit fractions of savings plans to at most this many places. */
const unitPlaces = 8

export interface PlannedPurchase {
  /** What is paid for the units: the planned amount without the fee in it. */
  readonly gross: Decimal
  readonly quantity: Decimal
}

/**
 * Units that a planned amount buys at a price per unit in the same currency. The fee is part of the amount; units are cut, never rounded
 * up, so that they cost no more than is there. Null where the fee eats the amount, or where nothing has a price.
 */
export function plannedPurchase(amount: Decimal, fee: Decimal, price: Decimal): PlannedPurchase | null {
  const gross = amount.minus(fee)
  if (!gross.isPositive() || !price.isPositive()) return null
  const quantity = gross.dividedBy(price, { scale: unitPlaces, rounding: 'down' })
  return quantity.isPositive() ? { gross, quantity } : null
}
