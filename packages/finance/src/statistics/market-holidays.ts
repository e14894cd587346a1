import { dateOfDay, dayNumber, plainDate } from '../time/plain-date.ts'

/** Days of the year on which Portfolio Performance's default calendar is closed, besides those that hang on Easter. */
const fixed = new Set(['01-01', '05-01', '12-24', '12-25', '12-26'])

/** New Year, Good Friday, Easter Monday, 1 May and 24 to 26 December. Takes a day number. */
export function isMarketHoliday(day: number): boolean {
  const date = dateOfDay(day)
  if (fixed.has(date.slice(5))) return true
  const sinceEaster = day - easterSunday(Number(date.slice(0, 4)))
  return sinceEaster === -2 || sinceEaster === 1
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
