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
  readonly gaps: readonly Gap[]
}

/** Values the positions of one instrument on the days it is held, up to `lastDay`; null when that is no day at all. */
export function instrumentSeries(
  instrumentId: string,
  positions: readonly HeldPosition[],
  pricing: () => MarketValues,
  lastDay: number,
): InstrumentSeries | null {
  const spans = positions.flatMap((position) => heldSpans(position, lastDay))
  if (spans.length === 0) return null
  const firstDay = spans.reduce((first, span) => Math.min(first, span.from), Number.POSITIVE_INFINITY)
  const end = spans.reduce((last, span) => Math.max(last, span.to), Number.NEGATIVE_INFINITY)
  const values = new Float64Array(end - firstDay + 1)
  const stale = new Uint8Array(values.length)
  const gaps: Gap[] = []
  for (const position of positions) {
    const market = pricing()
    for (const { from, to, quantity } of heldSpans(position, lastDay)) {
      for (let day = from; day <= to; day++) {
        day = market.fill(day, to, quantity, values, stale, firstDay)
        if (day > to) break
        const { value, stale: old, missing, pair } = market.on(day, quantity)
        const at = day - firstDay
        values[at] = (values[at] as number) + value
        if (old) stale[at] = 1
        if (missing === null) continue
        const of = missing === 'missing-close' ? instrumentId : pair
        const open = gaps.at(-1)
        if (open && open.reason === missing && open.of === of && open.to === day - 1) gaps[gaps.length - 1] = { ...open, to: day }
        else gaps.push({ reason: missing, of, from: day, to: day })
      }
    }
  }
  return { instrumentId, firstDay, values, stale, gaps: mergedGaps(gaps) }
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
