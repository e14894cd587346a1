import type { Conversion, LedgerTransaction } from '../ledger/transaction.ts'
import { type Currency, digitsOf } from '../money/currency.ts'
import { Decimal } from '../money/decimal.ts'
import { quantitySize } from '../money/limits.ts'
import type { Converter } from '../prices/converter.ts'
import { bothKnown, certain, type Known, knownAs } from '../prices/known.ts'
import { sumKnown } from '../prices/known-sum.ts'
import type { CostUnits, Lot, LotCost } from './lot.ts'

/** What a conversion carried over. */
export interface Carried {
  readonly transaction: LedgerTransaction
  /** In the reporting currency: the sum of the parts. */
  readonly cost: Known<Decimal>
  /** Lot by lot: the lot as it stood, and what of its cost went along. */
  readonly parts: readonly CarriedPart[]
}

export interface CarriedPart {
  readonly lot: Lot
  readonly cost: Known<Decimal>
}

interface Sides {
  readonly from: CostUnits
  readonly to: CostUnits
  readonly converter: Converter
}

/**
 * Lots of one instrument as lots of another: each keeps its date and purchase, gets its share of the new units (by units, the last one
 * what is left) and takes along its part of the cost, rounded by the rule. `left` are the same lots with the rest of their cost.
 */
export function carriedLots(
  lots: readonly Lot[],
  units: Decimal,
  into: Conversion,
  entry: LedgerTransaction,
  sides: Sides,
): { arriving: Lot[]; left: Lot[]; cost: Known<Decimal>; parts: CarriedPart[] } {
  const scale = { scale: quantitySize.decimalPlaces, rounding: 'half-away-from-zero' } as const
  let rest = into.quantity
  const [arriving, left]: [Lot[], Lot[]] = [[], []]
  for (const [at, lot] of lots.entries()) {
    const share = at === lots.length - 1 ? rest : into.quantity.times(lot.units).dividedBy(units, scale)
    rest = rest.minus(share)
    const moved = partOf(lot, into.costShare, sides.from)
    left.push({ ...lot, cost: costWithout(lot.cost, moved), takenFrom: undefined })
    arriving.push({
      ...lot,
      instrumentId: into.instrumentId,
      units: share,
      purchase: null,
      fee: null,
      cost: { ...moved, instrument: inOtherCurrency(moved.instrument, entry, sides) },
      takenFrom: undefined,
    })
  }
  const parts = lots.map((lot, at) => ({ lot, cost: arriving[at]?.cost.reporting ?? lot.cost.reporting }))
  return { arriving, left, cost: sumKnown(parts.map((part) => part.cost)), parts }
}

/** All of a cost is the cost itself, however many places it has; a part of it is rounded by the rule. */
function partOf({ cost, currency }: Lot, share: Decimal, { instrument, reporting, rounding }: CostUnits): LotCost {
  if (share.equals(Decimal.one)) return cost
  const part = (amount: Decimal, of: Currency): Decimal => {
    const exact = amount.times(share)
    return rounding === 'minorUnit' ? exact.round(digitsOf(of), 'half-away-from-zero') : exact
  }
  const known = (amount: Known<Decimal>, of: Currency): Known<Decimal> =>
    amount.known ? knownAs(part(amount.value, of), amount.date, amount.stale) : amount
  return {
    transaction: cost.transaction && currency && part(cost.transaction, currency),
    instrument: known(cost.instrument, instrument),
    reporting: known(cost.reporting, reporting),
  }
}

function costWithout(cost: LotCost, moved: LotCost): LotCost {
  const less = (whole: Known<Decimal>, part: Known<Decimal>): Known<Decimal> => bothKnown(whole, part, (a, b) => a.minus(b))
  return {
    transaction: cost.transaction && moved.transaction && cost.transaction.minus(moved.transaction),
    instrument: less(cost.instrument, moved.instrument),
    reporting: less(cost.reporting, moved.reporting),
  }
}

/** The cost in the currency of the new instrument: at the rate of the day where that is another one. */
function inOtherCurrency(cost: Known<Decimal>, { date, rate }: LedgerTransaction, { from, to, converter }: Sides): Known<Decimal> {
  if (!cost.known || from.instrument === to.instrument) return cost
  return cost.value.isZero() ? certain(cost.value) : converter.convert(cost.value, from.instrument, to.instrument, date, rate)
}
