/** Money of one currency and unit; flows positive. */
export interface PeriodTotals {
  readonly opening: number
  readonly inflow: number
  readonly outflow: number
  readonly closing: number
}

/**
 * Profit over what was put to work: (closing − opening − in + out) / (opening + in), a fraction.
 * Without flows it equals the time-weighted return. Null when nothing was put to work.
 */
export function simpleReturn({ opening, inflow, outflow, closing }: PeriodTotals): number | null {
  const base = opening + inflow
  return base > 0 ? (closing - opening - inflow + outflow) / base : null
}
