import type { DatedAmount } from '@pe/finance/returns/chained-return.ts'
import { dayNumber, plainDate } from '@pe/finance/time/plain-date.ts'

/** `[{date, amount}]` or `[{date, value}]` of the own-shape files, as day numbers. */
export function fromRecords(records: readonly { date: string; amount?: number; value?: number }[]): DatedAmount[] {
  return records.map(({ date, amount, value }) => ({ day: dayNumber(plainDate(date)), amount: amount ?? value ?? Number.NaN }))
}

/** `[[date, amount]…]` of the peer files, as day numbers. */
export function fromPairs(pairs: readonly (readonly [string, string])[]): DatedAmount[] {
  return pairs.map(([date, amount]) => ({ day: dayNumber(plainDate(date)), amount: Number(amount) }))
}
