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

/** First index at which two series of the same first day differ; the length of the shorter one when none does. */
export function firstDifference(a: ValueSeries, b: ValueSeries): number {
  const length = Math.min(a.value.length, b.value.length)
  for (let i = 0; i < length; i++) {
    const same =
      Object.is(a.value[i], b.value[i]) &&
      Object.is(a.inflow[i], b.inflow[i]) &&
      Object.is(a.outflow[i], b.outflow[i]) &&
      a.stale[i] === b.stale[i]
    if (!same) return i
  }
  return length
}
