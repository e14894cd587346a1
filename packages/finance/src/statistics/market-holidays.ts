import { dateOfDay, dayNumber, plainDate } from '../time/plain-date.ts'

/** Days of the year on which Portfolio Performance's default calendar is closed, besides those that hang on Easter. */
const fixed = ['01-01', '05-01', '12-24', '12-25', '12-26']

/** New Year, Good Friday, Easter Monday, 1 May and 24 to 26 December of every year that a span touches. Day numbers, both included. */
export function marketHolidays(from: number, to: number): ReadonlySet<number> {
  const yearOf = (day: number): number => Number(dateOfDay(day).slice(0, 4))
  const holidays = new Set<number>()
  for (let year = yearOf(from); year <= yearOf(to); year++) {
    for (const day of fixed) holidays.add(dayNumber(plainDate(`${String(year).padStart(4, '0')}-${day}`)))
    const easter = easterSunday(year)
    holidays.add(easter - 2).add(easter + 1)
  }
  return holidays
}

/** Day number of Easter Sunday in the Gregorian calendar (Meeus/Jones/Butcher; Nature, 20 April 1876). */
export function easterSunday(year: number): number {
  const a = year % 19
  const [b, c] = [Math.floor(year / 100), year % 100]
  const [d, e] = [Math.floor(b / 4), b % 4]
  const g = Math.floor((b - Math.floor((b + 8) / 25) + 1) / 3)
  const h = (19 * a + b - d - g + 15) % 30
  const [i, k] = [Math.floor(c / 4), c % 4]
  const l = (32 + 2 * e + 2 * i - h - k) % 7
  const m = Math.floor((a + 11 * h + 22 * l) / 451)
  const month = Math.floor((h + l - 7 * m + 114) / 31)
  const dayOfMonth = ((h + l - 7 * m + 114) % 31) + 1
  return dayNumber(plainDate(`${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(dayOfMonth).padStart(2, '0')}`))
}
