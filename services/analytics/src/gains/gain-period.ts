import { addDays, earlier, type PlainDate } from '@pe/finance/time/plain-date.ts'
import { taxYear } from '@pe/finance/time/tax-year.ts'
import { Refused } from '@pe/platform/http/refused.ts'

export interface GainPeriodQuery {
  readonly basis?: 'purchase' | 'period' | undefined
  readonly year?: number | undefined
  readonly firstMonth?: number | undefined
  readonly from?: PlainDate | undefined
  readonly to?: PlainDate | undefined
  readonly asOf?: PlainDate | undefined
}

export interface AskedGains {
  readonly basis: 'purchase' | 'period'
  readonly from: PlainDate
  readonly to: PlainDate
  /** What was recorded for later days does not count. */
  readonly asOf: PlainDate
}

/** The year or the period that is asked for; everything since the first transaction without either. It ends on `asOf` at the latest. */
export function askedGains(query: GainPeriodQuery, firstDay: PlainDate | null, today: PlainDate): AskedGains {
  const { basis = 'purchase', year, firstMonth } = query
  if (year !== undefined && (query.from !== undefined || query.to !== undefined))
    throw new Refused('bad_request', 'A year has its own first and last day: ask for it, or for from and to.')
  const asOf = earlier(query.asOf ?? today, today)
  const asked = year === undefined ? { from: query.from, to: query.to } : yearOf(year, firstMonth)
  const from = asked.from ?? addDays(firstDay ?? asOf, -1)
  const to = earlier(asked.to ?? asOf, asOf)
  // A year that is still to come has nothing in it.
  if (from > to && year === undefined) throw new Refused('bad_request', `The period would end on ${to}, before it begins on ${from}.`)
  return { basis, from: earlier(from, to), to, asOf }
}

function yearOf(year: number, firstMonth: number | undefined) {
  const { from, lastDay } = taxYear(year, firstMonth)
  return { from, to: lastDay }
}
