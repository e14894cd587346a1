import { dateIn, instant } from '@pe/finance/time/instant.ts'
import { isPlainDate, type PlainDate } from '@pe/finance/time/plain-date.ts'

/** A day, and the time of day where the cell states one other than midnight. */
export interface Moment {
  readonly date: PlainDate
  readonly time?: string
}

/** The patterns tried on a column, most particular first; `order` is what makes two of them differ on one cell. */
export const datePatterns = [
  'yyyy-MM-dd',
  'yyyy/MM/dd',
  'yyyy.MM.dd',
  'yyyyMMdd',
  'dd.MM.yyyy',
  'dd.MM.yy',
  'dd/MM/yyyy',
  'MM/dd/yyyy',
  'dd/MM/yy',
  'MM/dd/yy',
  'dd-MM-yyyy',
  'MM-dd-yyyy',
  'dd-MM-yy',
  'MM-dd-yy',
  'dd-MMM-yyyy',
  'dd MMM yyyy',
  'MMM dd, yyyy',
] as const

const months = ['jan', 'feb', 'mar|mär|mrz', 'apr', 'may|mai', 'jun', 'jul', 'aug', 'sep', 'oct|okt', 'nov', 'dec|dez'].map(
  (names) => new RegExp(`^(?:${names})`, 'i'),
)
const clock = '(?:[T ;,]+(\\d{1,2}):?(\\d{2})(?::?(\\d{2})(?:[.,]\\d+)?)? ?([AaPp][Mm])?)?(Z| ?UTC|[+-]\\d{2}:?\\d{2})?$'
const tokens: Record<string, string> = {
  yyyy: '(\\d{4})',
  yy: '(\\d{2})',
  MMM: '([A-Za-zäÄ]{3,9})\\.?',
  MM: '(\\d{1,2})',
  dd: '(\\d{1,2})',
}

interface Compiled {
  readonly shape: RegExp
  readonly order: readonly string[]
}
const compiled = new Map<string, Compiled>()

function compile(pattern: string): Compiled {
  const known = compiled.get(pattern)
  if (known) return known
  const order: string[] = []
  const date = pattern.replace(/['T]*[HhmsSaXZ:.' ]*$/, (rest) => (/[HhmsS]/.test(rest) ? '' : rest))
  const source = date.replace(/yyyy|yy|MMM|MM|dd|M|d|[.*+?^${}()|[\]\\]/g, (token) => {
    const full = token === 'M' ? 'MM' : token === 'd' ? 'dd' : token
    const group = tokens[full]
    if (!group) return `\\${token}`
    order.push(full)
    // without separators every part has its full width
    return pattern === 'yyyyMMdd' && full !== 'yyyy' ? '(\\d{2})' : group
  })
  const made = { shape: new RegExp(`^${source}${clock}`), order }
  compiled.set(pattern, made)
  return made
}

/** True when a pattern names year, month and day, so that it can be used. */
export function isDatePattern(pattern: string): boolean {
  const { order } = compile(pattern)
  return order.some((part) => part.startsWith('y')) && order.some((part) => part.startsWith('M')) && order.includes('dd')
}

/**
 * A cell by one pattern ('dd.MM.yyyy'; a time and a zone may follow); null when it does not fit or is no real day. The day of a moment with
 * a zone is its day in `timeZone`. Two-digit years are those nearest to our time: 70 and later belong to the last century.
 */
export function readDate(cell: string, pattern: string, timeZone: string): Moment | null {
  if (pattern === 'yyyy-MM-dd' && isPlainDate(cell)) return { date: cell }
  const { shape, order } = compile(pattern)
  const parts = shape.exec(cell.trim())
  if (!parts) return null
  let [year, month, day] = [0, 0, 0]
  for (const [at, part] of order.entries()) {
    const text = parts[at + 1] ?? ''
    if (part === 'yyyy') year = Number(text)
    else if (part === 'yy') year = Number(text) + (Number(text) >= 70 ? 1900 : 2000)
    else if (part === 'MMM') month = months.findIndex((name) => name.test(text)) + 1
    else if (part === 'MM') month = Number(text)
    else day = Number(text)
  }
  const date = `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`
  if (!isPlainDate(date)) return null
  const [hour, minute, second = '00', half, zone] = parts.slice(order.length + 1)
  if (hour === undefined || minute === undefined) return { date }
  const hours = half ? (Number(hour) % 12) + (/p/i.test(half) ? 12 : 0) : Number(hour)
  if (hours > 23 || Number(minute) > 59 || Number(second) > 59) return null
  const time = `${String(hours).padStart(2, '0')}:${minute}:${second}`
  if (zone) return momentIn(`${date}T${time}${zone.trim() === 'UTC' ? 'Z' : zone.trim()}`, timeZone)
  return time === '00:00:00' ? { date } : { date, time }
}

/** Day and time in a zone of a moment that names its offset; null when it is none. */
export function momentIn(text: string, timeZone: string): Moment | null {
  // Date.parse makes 1 March of 30 February
  if (!isPlainDate(text.slice(0, 10))) return null
  try {
    const moment = instant(text)
    if (timeZone === 'UTC') {
      const [date = '', time = ''] = moment.slice(0, 19).split('T')
      if (!isPlainDate(date)) return null
      return time === '00:00:00' ? { date } : { date, time }
    }
    const date = dateIn(timeZone, moment)
    const time = new Date(moment).toLocaleTimeString('en-GB', { timeZone, hour12: false })
    return time === '00:00:00' ? { date } : { date, time }
  } catch {
    return null
  }
}
