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
  /** The whole purchase that it comes from: units and gross amount; null in a pool of several purchases. */
  readonly purchase: { readonly units: Decimal; readonly amount: Money } | null
  /** Its share of the purchase fee; null in a pool that mixes currencies. */
  readonly fee: Money | null
  readonly cost: LotCost
  /** The lot as it stood when this part was taken from it: cost = its cost × units / its units, rounded by the rule. */
  readonly takenFrom?: Lot | undefined
}

/** The same cost in three currencies; by option with the fee, never with taxes unless asked for. */
export interface LotCost {
  /** As paid; null in a pool that mixes currencies. */
  readonly transaction: Money | null
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
export function priceOf(lot: Lot): Money | null {
  return lot.purchase && new Money(lot.purchase.amount.amount.ratio(lot.purchase.units), lot.purchase.amount.currency)
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
  const ofMoney = (money: Money | null): Money | null => money && new Money(share(money.amount, money.currency), money.currency)
  const ofKnown = (cost: Known<Decimal>, currency: Currency): Known<Decimal> =>
    cost.known ? knownAs(share(cost.value, currency), cost.date, cost.stale) : cost
  const { transaction, instrument, reporting } = lot.cost
  const ownCost = ofMoney(transaction)
  const again = (known: Known<Decimal>, currency: Currency): Known<Decimal> =>
    ownCost && known.known && currency === ownCost.currency && known.value === transaction?.amount
      ? knownAs(ownCost.amount, known.date, known.stale)
      : ofKnown(known, currency)
  const inInstrument = again(instrument, units.instrument)
  const cost: LotCost = {
    transaction: ownCost,
    instrument: inInstrument,
    reporting: reporting === instrument ? inInstrument : again(reporting, units.reporting),
  }
  const taken: Lot = { ...lot, units: part, fee: ofMoney(lot.fee), cost, takenFrom: lot }
  const rest: Lot = {
    ...lot,
    units: lot.units.minus(part),
    fee: less(lot.fee, taken.fee),
    cost: costLess(lot.cost, cost),
    takenFrom: undefined,
  }
  return { taken, rest }
}

/** Two lots of one pool as one; the dates and the id of the first stay. */
export function mergeLots(pool: Lot, added: Lot): Lot {
  return {
    ...pool,
    units: pool.units.plus(added.units),
    purchase: null,
    fee: plus(pool.fee, added.fee),
    cost: {
      transaction: plus(pool.cost.transaction, added.cost.transaction),
      instrument: bothKnown(pool.cost.instrument, added.cost.instrument, (a, b) => a.plus(b)),
      reporting: bothKnown(pool.cost.reporting, added.cost.reporting, (a, b) => a.plus(b)),
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

function less(whole: Money | null, part: Money | null): Money | null {
  return whole && part && whole.minus(part)
}

function plus(a: Money | null, b: Money | null): Money | null {
  return a && b && a.currency === b.currency ? a.plus(b) : null
}
