import { type PlainDate, plainDate } from './plain-date.ts'

/** A moment in our machines: ISO 8601 in UTC with milliseconds, '2026-11-22T15:55:52.000Z'. */
export type Instant = string & { readonly instant: unique symbol }

/** Reads any ISO 8601 moment that names its offset; throws a RangeError on anything else. */
export function instant(text: string): Instant {
  const milliseconds = /(Z|[+-]\d{2}:?\d{2})$/.test(text) ? Date.parse(text) : Number.NaN
  if (Number.isNaN(milliseconds)) throw new RangeError(`not a moment: ${JSON.stringify(text)}`)
  return instantOf(milliseconds)
}

export function instantOf(epochMilliseconds: number): Instant {
  return new Date(epochMilliseconds).toISOString() as Instant
}

export function epochMilliseconds(moment: Instant): number {
  return Date.parse(moment)
}

const formats = new Map<string, Intl.DateTimeFormat>()

/** The calendar day of a moment, in the zone that is named (IANA). Throws a RangeError for an unknown zone. */
export function dateIn(timeZone: string, moment: Instant): PlainDate {
  // A formatter takes 13 ms to make, which the first request would pay.
  if (timeZone === 'UTC') return plainDate(new Date(Date.parse(moment)).toISOString().slice(0, 10))
  let format = formats.get(timeZone)
  if (!format) {
    format = new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' })
    formats.set(timeZone, format)
  }
  return plainDate(format.format(Date.parse(moment)))
}
