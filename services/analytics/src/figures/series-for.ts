import type { Call } from '@pe/contracts/actor.ts'
import { addDays, dateOfDay, dayNumber, type PlainDate } from '@pe/finance/time/plain-date.ts'
import type { Deps } from '../deps.ts'
import { type FigurePeriod, figurePeriod, firstDayOf } from '../scopes/figure-period.ts'
import type { FigureScope } from '../scopes/figure-scope.ts'
import { askForDays } from '../valuations/ask-for-days.ts'
import { upToDateDays } from '../valuations/up-to-date-days.ts'
import type { ValueSeries } from '../valuations/value-series.ts'
import { bookOf } from './book-of.ts'
import type { NameOf } from './gap-words.ts'
import { valueSeriesOf } from './value-series-of.ts'

export interface AskedPeriod {
  readonly from?: PlainDate | undefined
  readonly to?: PlainDate | undefined
}

export interface SeriesOfPeriod {
  /** Covers the period; may reach further. */
  readonly series: ValueSeries
  readonly period: FigurePeriod
  readonly nameOf: NameOf
}

/** The values of a scope over a period: as stored while that is up to date, else computed. Both are the same figures. */
export async function seriesFor(deps: Deps, call: Call, scope: FigureScope, asked: AskedPeriod): Promise<SeriesOfPeriod> {
  const today = deps.clock.today(call.actor.timeZone)
  const stored = await upToDateDays(deps, call, scope)
  if (stored && stored.lastDay >= dayNumber(asked.to !== undefined && asked.to < today ? asked.to : today)) {
    const period = figurePeriod(addDays(dateOfDay(stored.firstDay), 1), asked, today)
    if (stored.gaps.length === 0 && period.series.from >= stored.firstDay) return { series: stored, period, nameOf: (id) => id }
  }
  const book = await bookOf(deps, call, scope)
  const period = figurePeriod(firstDayOf(book, scope), asked, today)
  const series = valueSeriesOf(deps, call, book, scope, period, 'minorUnit')
  askForDays(deps, call, scope)
  return { series, period, nameOf: (id) => book.parts.instruments.get(id)?.name ?? id }
}
