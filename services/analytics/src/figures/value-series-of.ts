import type { Call } from '@pe/contracts/actor.ts'
import type { DailyValuation } from '@pe/finance/kernel/daily-valuation.ts'
import type { FlowTiming } from '@pe/finance/returns/flow-timing.ts'
import { addDays, dayNumber } from '@pe/finance/time/plain-date.ts'
import type { LoadedBook } from '../books/loaded-book.ts'
import type { Deps } from '../deps.ts'
import { type FigurePeriod, firstDayOf } from '../scopes/figure-period.ts'
import type { FigureScope } from '../scopes/figure-scope.ts'

export interface Conventions {
  readonly rounding: 'minorUnit' | 'none'
  readonly flowTiming: FlowTiming
}

/**
 * Values of a scope over all its days up to today, so that every period of it is a part of one valuation: from the day before its first
 * transaction, whatever period is asked for.
 */
export function valueSeriesOf(
  deps: Deps,
  call: Call,
  book: LoadedBook,
  scope: FigureScope,
  period: FigurePeriod,
  rounding: Conventions['rounding'],
): DailyValuation {
  const first = firstDayOf(book, scope)
  const today = dayNumber(deps.clock.today(call.actor.timeZone))
  const firstDay = first === null ? period.series.from : Math.min(dayNumber(addDays(first, -1)), period.series.from)
  return deps.valuer.value(call.actor.organisationId, book, scope, rounding, firstDay, Math.max(today, period.series.to)).valuation
}

/** The instruments that are worth something, or nobody knows what, at the end of a day. */
export function heldAt({ instruments }: DailyValuation, day: number): string[] {
  return Array.from(instruments.values())
    .filter(({ firstDay, values }) => (values[day - firstDay] ?? 0) !== 0)
    .map(({ instrumentId }) => instrumentId)
}
