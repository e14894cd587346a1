import { type FlowTiming, growth } from './flow-timing.ts'
import type { ReturnStatus } from './time-weighted-return.ts'

export interface DatedAmount {
  /** Day number (time/plain-date.ts `dayNumber`). */
  readonly day: number
  readonly amount: number
}

export interface ChainedReturn {
  readonly status: ReturnStatus
  /** One per sub-period: a fraction, null where nothing was there, 'undefined' where the base was not positive. */
  readonly subPeriodReturns: readonly (number | null | 'undefined')[]
  readonly twr: number | null
  /** Calendar days from the first valuation to the last. */
  readonly days: number
  /** (1 + twr)^(365/days) − 1; null below 365 days. */
  readonly annualised: number | null
}

/**
 * Time-weighted return over a chain of valuations on chosen days (xirr-twr reference, type `twr`).
 * @param valuations ascending by day; closing values with the flows of that day in them
 * @param flows paid in positive; a flow counts in the sub-period (previous valuation, this valuation]
 */
export function chainedReturn(valuations: readonly DatedAmount[], flows: readonly DatedAmount[], timing: FlowTiming): ChainedReturn {
  const subPeriodReturns: (number | null | 'undefined')[] = []
  let product = 1
  for (let i = 1; i < valuations.length; i++) {
    const [before, after] = [valuations[i - 1] as DatedAmount, valuations[i] as DatedAmount]
    let inflow = 0
    let outflow = 0
    for (const { day, amount } of flows) {
      if (day <= before.day || day > after.day) continue
      if (amount > 0) inflow += amount
      else outflow -= amount
    }
    const { numerator, base } = growth(before.amount, after.amount, inflow, outflow, timing)
    if (base === 0 && numerator === 0) subPeriodReturns.push(null)
    else if (base <= 0) subPeriodReturns.push('undefined')
    else {
      subPeriodReturns.push(numerator / base - 1)
      product *= numerator / base
    }
  }
  const days = valuations.length > 0 ? (valuations.at(-1) as DatedAmount).day - (valuations[0] as DatedAmount).day : 0
  const status = verdict(valuations, subPeriodReturns, product)
  const twr = status === 'ok' || status === 'total_loss' ? product - 1 : null
  const annualised = twr === null || days < 365 ? null : (1 + twr) ** (365 / days) - 1
  return { status, subPeriodReturns, twr, days, annualised }
}

/** A base that is not positive goes before a negative value, and that before a total loss. */
function verdict(valuations: readonly DatedAmount[], returns: readonly (number | null | 'undefined')[], product: number): ReturnStatus {
  if (returns.includes('undefined')) return 'undefined_nonpositive_base'
  if (valuations.some(({ amount }) => amount < 0)) return 'undefined_negative_value'
  return product === 0 ? 'total_loss' : 'ok'
}
