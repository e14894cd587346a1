import { type Gap, mergedGaps } from './gaps.ts'
import type { HeldPosition } from './held-positions.ts'
import type { MarketValues, ValueColumns } from './market-values.ts'

/** The value of one instrument from the first to the last day it was held; NaN where unknown. */
export interface InstrumentSeries extends ValueColumns {
  readonly instrumentId: string
  readonly anyStale: boolean
  readonly gaps: readonly Gap[]
}

/** Values one position on the days it is held, up to `lastDay`; null when that is no day at all. */
export function instrumentSeries(
  instrumentId: string,
  position: HeldPosition,
  market: MarketValues,
  lastDay: number,
): InstrumentSeries | null {
  const spans = heldSpans(position, lastDay)
  const [first, last] = [spans[0], spans.at(-1)]
  if (!first || !last) return null
  const firstDay = first.from
  const length = last.to - firstDay + 1
  const columns = { firstDay, values: new Float64Array(length), stale: new Uint8Array(length), observed: new Uint8Array(length) }
  const gaps: Gap[] = []
  for (const { from, to, quantity } of spans) {
    for (let day = from; day <= to; day++) {
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

/** Stretches of days with one quantity other than 0. */
function heldSpans({ days, quantities }: HeldPosition, lastDay: number): { from: number; to: number; quantity: number }[] {
  const spans: { from: number; to: number; quantity: number }[] = []
  for (let i = 0; i < days.length; i++) {
    const from = days[i] as number
    const to = Math.min(lastDay, (days[i + 1] ?? lastDay + 1) - 1)
    const quantity = quantities[i] as number
    if (quantity !== 0 && to >= from) spans.push({ from, to, quantity })
  }
  return spans
}
