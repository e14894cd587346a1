import type { Schema } from '@pe/sdk/client.ts'

/** The money-weighted return as a report shows it: of the period below one year, a year from there on. */
export function irrOf({ xirr, days }: Schema<'Performance'>): { figure: Schema<'RatioFigure'>; yearly: boolean } {
  const yearly = days >= 365
  return { figure: { value: yearly ? xirr.value : xirr.ofPeriod, ...(xirr.reason ? { reason: xirr.reason } : {}) }, yearly }
}
