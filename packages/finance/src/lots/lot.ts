import type { LedgerTransaction } from '../ledger/transaction.ts'
import { type Currency, digitsOf } from '../money/currency.ts'
import type { Decimal } from '../money/decimal.ts'
import { Money } from '../money/money.ts'
import type { RoundingRule } from '../prices/converter.ts'
import { bothKnown, type Known, knownAs } from '../prices/known.ts'
import type { PlainDate } from '../time/plain-date.ts'

/**
 * Units acquired together, as far as they are still held. A short lot has negative units and a negative cost (what its sale brought in),
 * so that gain = value − cost for both.
 */
export interface Lot {
  readonly accountId: string
  readonly instrumentId: string
  /** The purchase or delivery; of an average pool the one that opened it; 'opening' for a holding taken over at its market value. */
  readonly transactionId: string
  readonly acquiredOn: PlainDate
  readonly units: Decimal
  /** The purchase or delivery that it comes from, whole, its units as splits left them; null in a pool and for what was taken over. */
  readonly purchase: Pick<LedgerTransaction, 'quantity' | 'amount' | 'currency'> | null
  /** In which the fee and the cost as paid are told; null where a pool mixes several, or nothing was paid. */
  readonly currency: Currency | null
  /** Its share of the purchase fee. */
  readonly fee: Decimal | null
  readonly cost: LotCost
  /** The lot as it stood when this part was taken from it: cost = its cost × units / its units, rounded by the rule. */
  readonly takenFrom?: Lot | undefined
}

/** The same cost in three currencies; by option with the fee, never with taxes unless asked for. */
export interface LotCost {
  /** As paid, in the lot's own currency; null where there is none. */
  readonly transaction: Decimal | null
  /** In the currency of the instrument, at the rate of purchase. */
  readonly instrument: Known<Decimal>
  /** In the reporting currency, at the rate of purchase (the one recorded on the transaction first). */
  readonly reporting: Known<Decimal>
}

/** Currencies of the two converted costs, and how a relieved part is rounded. */
export interface CostUnits {
  readonly instrument: Currency
  readonly reporting: Currency
  readonly rounding: RoundingRule
}

/** Gross price paid per unit, in the currency of the transaction; null in a pool of several purchases. */
export function priceOf({ purchase }: Lot): Money | null {
  return purchase?.quantity ? new Money(purchase.amount.ratio(purchase.quantity), purchase.currency) : null
}

/** Oldest first; lots of one day stay as they came. */
export function byAcquisition(lots: readonly Lot[]): Lot[] {
  return lots.toSorted((a, b) => (a.acquiredOn < b.acquiredOn ? -1 : a.acquiredOn > b.acquiredOn ? 1 : 0))
}

/** What `part` units of a lot cost: rounded by the rule; the rest keeps what is left, so that the last unit leaves exactly nothing. */
export function splitLot(lot: Lot, part: Decimal, units: CostUnits): { taken: Lot; rest: Lot } {
  const share = (amount: Decimal, currency: Currency): Decimal => {
    if (amount.isZero()) return amount
    const product = amount.times(part)
    return units.rounding === 'minorUnit'
      ? product.dividedBy(lot.units, { scale: digitsOf(currency), rounding: 'half-away-from-zero' })
      : product.ratio(lot.units)
  }
  const { currency } = lot
  const { transaction, instrument, reporting } = lot.cost
  const paid = transaction && currency && share(transaction, currency)
  // The same amount in the same currency is one figure, and most often all three are.
  const ofKnown = (cost: Known<Decimal>, to: Currency): Known<Decimal> => {
    if (!cost.known) return cost
    return knownAs(paid && to === currency && cost.value === transaction ? paid : share(cost.value, to), cost.date, cost.stale)
  }
  const inInstrument = ofKnown(instrument, units.instrument)
  const cost: LotCost = {
    transaction: paid,
    instrument: inInstrument,
    reporting: reporting === instrument ? inInstrument : ofKnown(reporting, units.reporting),
  }
  const fee = lot.fee && currency && share(lot.fee, currency)
  const taken: Lot = { ...lot, units: part, fee, cost, takenFrom: lot }
  const rest: Lot = { ...lot, units: lot.units.minus(part), fee: less(lot.fee, fee), cost: costLess(lot.cost, cost), takenFrom: undefined }
  return { taken, rest }
}

/** Two lots of one pool as one; the dates and the id of the first stay. */
export function mergeLots(pool: Lot, added: Lot): Lot {
  const sameCurrency = pool.currency === added.currency
  const { cost } = pool
  const instrument = bothKnown(cost.instrument, added.cost.instrument, (a, b) => a.plus(b))
  const oneCost = cost.reporting === cost.instrument && added.cost.reporting === added.cost.instrument
  return {
    ...pool,
    units: pool.units.plus(added.units),
    purchase: null,
    currency: sameCurrency ? pool.currency : null,
    fee: sameCurrency ? plus(pool.fee, added.fee) : null,
    cost: {
      transaction: sameCurrency ? plus(cost.transaction, added.cost.transaction) : null,
      instrument,
      reporting: oneCost ? instrument : bothKnown(cost.reporting, added.cost.reporting, (a, b) => a.plus(b)),
    },
  }
}

function costLess(whole: LotCost, part: LotCost): LotCost {
  const instrument = bothKnown(whole.instrument, part.instrument, (a, b) => a.minus(b))
  return {
    transaction: less(whole.transaction, part.transaction),
    instrument,
    reporting: whole.reporting === whole.instrument ? instrument : bothKnown(whole.reporting, part.reporting, (a, b) => a.minus(b)),
  }
}

function less(whole: Decimal | null, part: Decimal | null): Decimal | null {
  return whole && part && whole.minus(part)
}

function plus(a: Decimal | null, b: Decimal | null): Decimal | null {
  return a && b && a.plus(b)
}
