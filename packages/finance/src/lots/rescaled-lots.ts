import type { Decimal } from '../money/decimal.ts'
import { quantitySize } from '../money/limits.ts'
import type { Lot } from './lot.ts'

/** Lots of a position after a split: units × after / before, multiplied before they are divided; the last lot gets what is left. */
export function rescaledLots(lots: readonly Lot[], before: Decimal, after: Decimal): Lot[] {
  const scale = { scale: quantitySize.decimalPlaces, rounding: 'half-away-from-zero' } as const
  const scaled = (units: Decimal): Decimal => units.times(after).dividedBy(before, scale)
  let rest = after
  return lots.map((lot, at) => {
    const units = at === lots.length - 1 ? rest : scaled(lot.units)
    rest = rest.minus(units)
    const { purchase } = lot
    return { ...lot, units, purchase: purchase?.quantity ? { ...purchase, quantity: scaled(purchase.quantity) } : null, takenFrom: undefined }
  })
}
