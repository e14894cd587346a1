import { Decimal } from '../money/decimal.ts'
import { type CostUnits, type Lot, splitLot } from './lot.ts'

/**
 * Lots that accounts share, each under the name of an account that holds its units: a sale may have taken a lot of another account, whose
 * place one of the seller's own lots then takes. Those that leave first change hands first; the order of the lots stays.
 * @param order indices of the lots, in the order in which a sale takes them
 * @param held units of each account, none negative
 */
export function settledLots(
  lots: readonly Lot[],
  order: readonly number[],
  held: ReadonlyMap<string, Decimal>,
  costUnits: CostUnits,
): readonly Lot[] {
  const missing = new Map(held)
  for (const { accountId, units } of lots) missing.set(accountId, (missing.get(accountId) ?? Decimal.zero).minus(units))
  const short = [...missing].filter(([, units]) => units.isPositive())
  if (short.length === 0) return lots

  const pieces = lots.map((lot) => [lot])
  for (const at of order) {
    let lot = lots[at]
    if (!lot) continue
    const { accountId } = lot
    const into: Lot[] = []
    for (let next = short[0]; lot && next; next = short[0]) {
      const surplus = (missing.get(accountId) ?? Decimal.zero).negated()
      if (!surplus.isPositive()) break
      const units = least(lot.units, surplus, next[1])
      missing.set(accountId, surplus.minus(units).negated())
      const parts: { taken: Lot; rest: Lot | undefined } = units.equals(lot.units)
        ? { taken: lot, rest: undefined }
        : splitLot(lot, units, costUnits)
      into.push({ ...parts.taken, accountId: next[0], takenFrom: undefined })
      lot = parts.rest
      if (units.equals(next[1])) short.shift()
      else short[0] = [next[0], next[1].minus(units)]
    }
    if (lot) into.push(lot)
    pieces[at] = into
  }
  return pieces.flat()
}

function least(first: Decimal, ...others: readonly Decimal[]): Decimal {
  return others.reduce((min, each) => (each.isLessThan(min) ? each : min), first)
}
