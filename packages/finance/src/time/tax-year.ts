import { addDays, addMonths, type PlainDate, plainDate } from './plain-date.ts'

/** A year of twelve months that begins on the first of any month. */
export interface TaxYear {
  /** The calendar year in which it begins. */
  readonly year: number
  readonly firstDay: PlainDate
  readonly lastDay: PlainDate
  /** The end of this day is where it opens: periods are (from, to]. */
  readonly from: PlainDate
}

/** @param firstMonth 1 to 12; 1 is the calendar year */
export function taxYear(year: number, firstMonth = 1): TaxYear {
  const firstDay = plainDate(`${String(year).padStart(4, '0')}-${String(firstMonth).padStart(2, '0')}-01`)
  return { year, firstDay, lastDay: addDays(addMonths(firstDay, 12), -1), from: addDays(firstDay, -1) }
}

/** The year that a day lies in. */
export function taxYearOf(date: PlainDate, firstMonth = 1): TaxYear {
  const year = Number(date.slice(0, 4))
  return taxYear(Number(date.slice(5, 7)) < firstMonth ? year - 1 : year, firstMonth)
}
