/** A rate per year and whether the span was too short to print it in a report (GIPS: never under a year). */
export interface Annualised {
  /** (1 + total)^(365 / days) − 1; −1 after a total loss. Null when the total is below −100 % or the span is empty. */
  readonly rate: number | null
  /** True below 365 days: show the return of the period instead. */
  readonly underOneYear: boolean
}

/**
 * Geometric, act/365 (docs/specs/returns.md): for returns of an account with dates.
 * @param total return of the whole span as a fraction (0.05 = 5 %)
 * @param days calendar days of the chosen span
 */
export function annualise(total: number, days: number): Annualised {
  const rate = days > 0 && total >= -1 ? Math.expm1((365 / days) * Math.log1p(total)) : null
  return { rate, underOneYear: days < 365 }
}
