import { addDays, addMonths, dateOfDay, dayNumber, type PlainDate, plainDate, weekday } from '../time/plain-date.ts'

export type CalendarUnit = 'day' | 'week' | 'month' | 'quarter' | 'year'

export interface PeriodReturn {
  /** First and last calendar day that the return covers: whole units, cut at the ends of the series. */
  readonly first: PlainDate
  readonly last: PlainDate
  /** Fraction; null when a day of it is unknown. */
  readonly return: number | null
}

/**
 * Returns by calendar unit, chained from days. Weeks run Monday to Sunday.
 * @param returns one fraction per calendar day, NaN = unknown (`dayReturns`); its entry 0, the opening day, is left out
 * @param firstDay day number of entry 0
 */
export function periodReturns(returns: Float64Array, firstDay: number, unit: CalendarUnit): PeriodReturn[] {
  const periods: PeriodReturn[] = []
  const end = firstDay + returns.length - 1
  for (let day = firstDay + 1; day <= end; ) {
    const last = Math.min(lastDayOfUnit(day, unit), end)
    let growth = 1
    for (let d = day; d <= last; d++) growth *= 1 + (returns[d - firstDay] as number)
    periods.push({ first: dateOfDay(day), last: dateOfDay(last), return: Number.isNaN(growth) ? null : growth - 1 })
    day = last + 1
  }
  return periods
}

export interface YearOfReturns {
  readonly year: number
  /** January to December; null where the series has no day of the month or a day is unknown. */
  readonly months: readonly (number | null)[]
  readonly total: number | null
}

/** The table of months by years that performance pages show. Same arguments as `periodReturns`. */
export function monthlyTable(returns: Float64Array, firstDay: number): YearOfReturns[] {
  const months = periodReturns(returns, firstDay, 'month')
  return periodReturns(returns, firstDay, 'year').map(({ first, return: total }) => {
    const year = Number(first.slice(0, 4))
    const row = new Array<number | null>(12).fill(null)
    for (const month of months) if (month.first.slice(0, 4) === first.slice(0, 4)) row[Number(month.first.slice(5, 7)) - 1] = month.return
    return { year, months: row, total }
  })
}

function lastDayOfUnit(day: number, unit: CalendarUnit): number {
  if (unit === 'day') return day
  if (unit === 'week') return day + ((7 - weekday(day)) % 7)
  const date = dateOfDay(day)
  const [year, month] = [date.slice(0, 4), Number(date.slice(5, 7))]
  const length = { month: 1, quarter: 3, year: 12 }[unit]
  const firstMonth = month - ((month - 1) % length)
  const start = plainDate(`${year}-${String(firstMonth).padStart(2, '0')}-01`)
  return dayNumber(addDays(addMonths(start, length), -1))
}
