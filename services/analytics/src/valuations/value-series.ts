import type { Gap } from '@pe/finance/kernel/gaps.ts'
import type { Currency } from '@pe/finance/money/currency.ts'

/** Value and flows of a scope on every calendar day, in minor units of `currency`; NaN where unknown. A `DailyValuation` is one. */
export interface ValueSeries {
  readonly currency: Currency
  /** Day numbers, both included. */
  readonly firstDay: number
  readonly lastDay: number
  readonly value: Float64Array
  readonly inflow: Float64Array
  readonly outflow: Float64Array
  readonly known: Uint8Array
  readonly stale: Uint8Array
  readonly gaps: readonly Gap[]
}
