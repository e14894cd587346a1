import type { Decimal } from '../money/decimal.ts'
import { quantitySize } from '../money/limits.ts'
import type { Lot } from './lot.ts'

/** Units after a split: × after / before, multiplied before they are divided. */
export function rescaledUnits(units: Decimal, before: Decimal, after: Decimal): Decimal {
  return units.times(after).dividedBy(before, { scale: quantitySize.decimalPlaces, rounding: 'half-away-from-zero' })
}

/** Lots of a position after a split; the last lot gets what is left. */
export function rescaledLots(lots: readonly Lot[], before: Decimal, after: Decimal): Lot[] {
  let rest = after
  return lots.map((lot, at) => {
    const units = at === lots.length - 1 ? rest : rescaledUnits(lot.units, before, after)
    rest = rest.minus(units)
    const { purchase } = lot
    return {
      ...lot,
      units,
      takenFrom: undefined,
      purchase: purchase?.quantity ? { ...purchase, quantity: rescaledUnits(purchase.quantity, before, after) } : null,
    }
  })
}
