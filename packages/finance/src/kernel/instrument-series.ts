import { type Gap, mergedGaps } from './gaps.ts'
import type { HeldPosition } from './held-positions.ts'
import type { MarketValues } from './market-values.ts'

/** The value of one instrument from the first to the last day it was held; NaN where unknown. */
export interface InstrumentSeries {
  readonly instrumentId: string
  /** Day number of `values[0]`. */
  readonly firstDay: number
  /** Minor units of the valuation's currency. */
  readonly values: Float64Array
  /** 1 where the value rests on a close or rate carried too long. */
  readonly stale: Uint8Array
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
  const values = new Float64Array(last.to - firstDay + 1)
  const stale = new Uint8Array(values.length)
  const gaps: Gap[] = []
  for (const { from, to, quantity } of spans) {
    for (let day = from; day <= to; day++) {
      day = market.fill(day, to, quantity, values, stale, firstDay)
      if (day > to) break
      const { value, stale: old, missing, pair } = market.on(day, quantity)
      values[day - firstDay] = value
      if (old) stale[day - firstDay] = 1
      if (missing !== null) gaps.push({ reason: missing, of: missing === 'missing-close' ? instrumentId : pair, from: day, to: day })
    }
  }
  return { instrumentId, firstDay, values, stale, anyStale: stale.includes(1), gaps: mergedGaps(gaps) }
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
