import { type Gap, mergedGaps } from './gaps.ts'
import type { HeldPosition } from './held-positions.ts'
import type { MarketValues, ValueColumns } from './market-values.ts'

/** The value of one instrument from the first to the last day it was held; NaN where unknown. */
export interface InstrumentSeries extends ValueColumns {
  readonly instrumentId: string
  readonly anyStale: boolean
  readonly gaps: readonly Gap[]
}

/** Values one position from the first to the last day it is held, up to `lastDay`; null when that is no day at all. */
export function instrumentSeries(
  instrumentId: string,
  position: HeldPosition,
  market: MarketValues,
  lastDay: number,
): InstrumentSeries | null {
  const { days, quantities } = position
  const endOf = (i: number): number => (i + 1 < days.length ? Math.min(lastDay, (days[i + 1] as number) - 1) : lastDay)
  const heldIn = (i: number): boolean => quantities[i] !== 0 && (days[i] as number) <= endOf(i)
  let [first, last] = [0, days.length - 1]
  while (first <= last && !heldIn(first)) first++
  while (last >= first && !heldIn(last)) last--
  if (first > last) return null
  const firstDay = days[first] as number
  const length = endOf(last) - firstDay + 1
  const columns = { firstDay, values: new Float64Array(length), stale: new Uint8Array(length), observed: new Uint8Array(length) }
  const gaps: Gap[] = []
  for (let i = first; i <= last; i++) {
    const quantity = quantities[i] as number
    const to = endOf(i)
    for (let day = days[i] as number; quantity !== 0 && day <= to; day++) {
      day = market.fill(day, to, quantity, columns)
      if (day > to) break
      const { value, stale, observed, missing, pair } = market.on(day, quantity)
      columns.values[day - firstDay] = value
      if (stale) columns.stale[day - firstDay] = 1
      if (observed) columns.observed[day - firstDay] = 1
      if (missing !== null) gaps.push({ reason: missing, of: missing === 'missing-close' ? instrumentId : pair, from: day, to: day })
    }
  }
  return { instrumentId, ...columns, anyStale: columns.stale.includes(1), gaps: mergedGaps(gaps) }
}
