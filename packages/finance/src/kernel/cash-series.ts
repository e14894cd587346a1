import { type Currency, digitsOf } from '../money/currency.ts'
import type { CashBalance } from './cash-balances.ts'
import { convertedAt } from './conversion-columns.ts'
import type { Gap } from './gaps.ts'
import type { Pricing } from './market-values.ts'
import type { PackedLedger } from './packed-ledger.ts'

export interface CashSeries {
  /** Minor units of the valuation's currency; NaN where unknown. */
  readonly values: Float64Array
  readonly stale: Uint8Array
  readonly gaps: readonly Gap[]
}

/** The balances day by day in one currency: each of another currency is converted at the rate of the day and rounded, then they add up. */
export function cashSeries(
  balances: readonly CashBalance[],
  ledger: PackedLedger,
  pricing: Pricing,
  firstDay: number,
  lastDay: number,
): CashSeries {
  const values = new Float64Array(lastDay - firstDay + 1)
  const stale = new Uint8Array(values.length)
  const gaps: Gap[] = []
  for (const { currency: code, days, balances: amounts } of balances) {
    const currency = ledger.currencies[code] as Currency
    const scale = ledger.moneyScales[code] as number
    const conversion = currency === pricing.currency ? null : pricing.conversions.column(currency, pricing.currency)
    const unit = 10 ** (scale - digitsOf(currency))
    for (let i = 0; i < days.length; i++) {
      const amount = amounts[i] as number
      if (amount === 0) continue
      const to = Math.min(lastDay, (days[i + 1] ?? lastDay + 1) - 1)
      if (Number.isNaN(amount)) {
        // The gap stands with the transaction whose cash could not be converted.
        values.fill(Number.NaN, (days[i] as number) - firstDay, to - firstDay + 1)
        continue
      }
      for (let day = days[i] as number; day <= to; day++) {
        const at = day - firstDay
        if (conversion === null) {
          values[at] = (values[at] as number) + amount / unit
          continue
        }
        const value = convertedAt(amount, scale, pricing.digits, conversion, day, pricing.rounded)
        values[at] = (values[at] as number) + value
        const missing = Number.isNaN(conversion.ratios[day - conversion.firstDay] as number)
        if (missing) gaps.push({ reason: 'missing-rate', of: conversion.pair, from: day, to: day })
        else if (day - (conversion.ratedOn[day - conversion.firstDay] as number) > pricing.staleAfterDays) stale[at] = 1
      }
    }
  }
  return { values, stale, gaps }
}
