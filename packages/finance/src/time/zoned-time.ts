import { type Instant, instantOf } from './instant.ts'
import { dayNumber, type PlainDate } from './plain-date.ts'

const formats = new Map<string, Intl.DateTimeFormat>()

/** The day and time of day that clocks in a zone (IANA) show at a moment: '2026-03-31' and '23:59:59'. */
export function localTimeIn(timeZone: string, moment: Instant): { date: PlainDate; time: string } {
  const text = formatOf(timeZone).format(Date.parse(moment))
  const [date = '', time = ''] = text.split(', ')
  return { date: date as PlainDate, time }
}

/**
 * The moment at which clocks in a zone show a day and a time 'hh:mm:ss'. Of two (the hour that daylight saving repeats) the earlier;
 * a time that the clocks skip is read as if they had not been moved yet.
 */
export function momentIn(timeZone: string, date: PlainDate, time: string): Instant {
  const [hours = 0, minutes = 0, seconds = 0] = time.split(':').map(Number)
  const wall = (dayNumber(date) * 86_400 + hours * 3600 + minutes * 60 + seconds) * 1000
  const candidates = [wall - 86_400_000, wall + 86_400_000].map((near) => wall - offsetAt(timeZone, near))
  const fitting = candidates.filter((moment) => moment + offsetAt(timeZone, moment) === wall)
  return instantOf(Math.min(...(fitting.length > 0 ? fitting : candidates.slice(0, 1))))
}

/** What clocks in the zone are ahead of UTC, in milliseconds. */
function offsetAt(timeZone: string, moment: number): number {
  const { date, time } = localTimeIn(timeZone, instantOf(moment))
  const [hours = 0, minutes = 0, seconds = 0] = time.split(':').map(Number)
  return (dayNumber(date) * 86_400 + hours * 3600 + minutes * 60 + seconds) * 1000 - Math.floor(moment / 1000) * 1000
}

function formatOf(timeZone: string): Intl.DateTimeFormat {
  let format = formats.get(timeZone)
  if (!format) {
    const parts = { year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', second: '2-digit' } as const
    format = new Intl.DateTimeFormat('en-CA', { timeZone, hourCycle: 'h23', ...parts })
    formats.set(timeZone, format)
  }
  return format
}
