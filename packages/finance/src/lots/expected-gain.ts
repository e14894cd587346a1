import type { LotChoice } from '../ledger/transaction.ts'
import type { Currency } from '../money/currency.ts'
import { Decimal } from '../money/decimal.ts'
import type { CostMethod } from './cost-method.ts'
import type { Lot } from './lot.ts'
import { LotQueue } from './lot-queue.ts'

/** A sale that is being written: nothing of it is recorded. */
export interface PlannedSale {
  readonly units: Decimal
  /** Gross; null while it is not known. */
  readonly amount: Decimal | null
  readonly fee: Decimal
  readonly currency: Currency
  readonly choices: readonly LotChoice[]
}

export interface ExpectedGain {
  /** The parts of lots that would leave, chosen ones first. */
  readonly taken: readonly Lot[]
  /** What they cost, in the currency of the sale; null where a lot was paid in another. */
  readonly cost: Decimal | null
  /** Amount less fee less cost; null where one of them is not known. */
  readonly gain: Decimal | null
}

/**
 * What a sale would take of open long lots and what it would gain, in its own currency, fees included, taxes not. Null when it sells more
 * than the lots hold. The same queue of lots that the ledger is folded with.
 * @param lots of one account and instrument, oldest first
 */
export function expectedGain(lots: readonly Lot[], method: CostMethod, sale: PlannedSale): ExpectedGain | null {
  const queue = new LotQueue(method)
  for (const lot of lots) queue.add(lot)
  if (queue.units.isLessThan(sale.units)) return null
  const costUnits = { instrument: sale.currency, reporting: sale.currency, rounding: 'minorUnit' } as const
  const taken = queue.take(sale.units, costUnits, { choices: sale.choices })
  const costs = taken.map((lot) => (lot.currency === sale.currency ? lot.cost.transaction : null))
  const cost = costs.every((paid) => paid !== null) ? Decimal.sum(costs) : null
  return { taken, cost, gain: cost && sale.amount ? sale.amount.minus(sale.fee).minus(cost) : null }
}
