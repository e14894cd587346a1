import { type Known, whenKnown } from '../prices/known.ts'
import { sumKnown } from '../prices/known-sum.ts'
import type { DatedAmount } from '../returns/chained-return.ts'
import { type InternalRateOfReturn, internalRateOfReturn } from '../returns/internal-rate-of-return.ts'
import { dayNumber } from '../time/plain-date.ts'
import type { Trade } from './trade.ts'

/**
 * The money-weighted return of a trade per year (act/365). Long: what each lot cost on its day, then the exit. Short: what each sale
 * brought in is locked on its day as collateral; covering releases it and leaves what was gained: collateral − exit. So a sale at 60,
 * covered at 15 a year later, earns 75 %. An open trade ends with its value on the day it is looked at.
 *
 * @returns the rate with its status (`undefined_zero_span` for a trade of one day), or why an amount is unknown
 */
export function rateOfTrade({ side, lots, endsOn, entry, exit }: Trade): Known<InternalRateOfReturn> {
  const sign = side === 'long' ? 1 : -1
  const paidIn: DatedAmount[] = []
  for (const { acquiredOn, cost } of lots) {
    if (!cost.reporting.known) return cost.reporting
    paidIn.push({ day: dayNumber(acquiredOn), amount: -sign * cost.reporting.value.toNumber() })
  }
  const atTheEnd = side === 'long' ? exit : sumKnown([entry, entry, whenKnown(exit, (paid) => paid.negated())])
  return whenKnown(atTheEnd, (amount) => internalRateOfReturn([...paidIn, { day: dayNumber(endsOn), amount: amount.toNumber() }]))
}
