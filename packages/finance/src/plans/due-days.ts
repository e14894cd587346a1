import { addDays, addMonths, dayNumber, daysInMonth, isWeekend, type PlainDate, plainDate, weekday } from '../time/plain-date.ts'

export const rhythms = ['weekly', 'monthly', 'quarterly', 'yearly'] as const
export type Rhythm = (typeof rhythms)[number]

export const dayRules = ['as-scheduled', 'next-business-day'] as const
export type DayRule = (typeof dayRules)[number]

/** When something recurs. Quarters and years count from the month of `from`. */
export interface Schedule {
  readonly rhythm: Rhythm
  /** Weekly: 1 Monday to 7 Sunday. Else a day of the month, 1 to 31, cut to the end of a shorter month. */
  readonly day: number
  readonly rule: DayRule
  readonly from: PlainDate
  /** The last day that may be scheduled; null without an end. */
  readonly until: PlainDate | null
  /** What was due up to this day while it was paused brings nothing; null when nothing was left out. */
  readonly skippedThrough?: PlainDate | null | undefined
}

export interface DueDay {
  /** What the rhythm gives: it names the occurrence, whatever day it moves to. */
  readonly scheduled: PlainDate
  /** The day on which it happens: the scheduled one, or the next Monday where the rule says so. Bank holidays are not known here. */
  readonly due: PlainDate
}

const monthsBetween: Record<Exclude<Rhythm, 'weekly'>, number> = { monthly: 1, quarterly: 3, yearly: 12 }

/** Occurrences scheduled after a day (from the beginning with null) that are due up to and with another, oldest first. */
export function dueDays(schedule: Schedule, after: PlainDate | null, upTo: PlainDate): DueDay[] {
  const found: DueDay[] = []
  for (const scheduled of scheduledDays(schedule)) {
    if (scheduled > upTo) break
    const due = dueDay(schedule, scheduled)
    if (due <= upTo && counts(schedule, after, { scheduled, due })) found.push({ scheduled, due })
  }
  return found
}

/** The next occurrence after a day; null when the schedule has ended by then. */
export function nextDueDay(schedule: Schedule, after: PlainDate | null): DueDay | null {
  for (const scheduled of scheduledDays(schedule)) {
    const day = { scheduled, due: dueDay(schedule, scheduled) }
    if (counts(schedule, after, day)) return day
  }
  return null
}

function counts({ skippedThrough }: Schedule, after: PlainDate | null, { scheduled, due }: DueDay): boolean {
  return (after === null || scheduled > after) && (skippedThrough == null || due > skippedThrough)
}

function* scheduledDays({ rhythm, day, from, until }: Schedule): Generator<PlainDate> {
  const last = until ?? lastDay
  if (rhythm === 'weekly') {
    const wanted = day % 7
    const wait = (wanted - weekday(dayNumber(from)) + 7) % 7
    for (let scheduled = addDays(from, wait); scheduled <= last; scheduled = addDays(scheduled, 7)) yield scheduled
    return
  }
  const first = plainDate(`${from.slice(0, 7)}-01`)
  for (let month = first; month <= last; month = addMonths(month, monthsBetween[rhythm])) {
    const scheduled = dayOfMonth(month, day)
    if (scheduled > last) return
    if (scheduled >= from) yield scheduled
  }
}

const lastDay = plainDate('9998-12-31')

function dayOfMonth(month: PlainDate, day: number): PlainDate {
  const days = daysInMonth(Number(month.slice(0, 4)), Number(month.slice(5, 7)))
  return plainDate(`${month.slice(0, 8)}${String(Math.min(day, days)).padStart(2, '0')}`)
}

function dueDay({ rule }: Schedule, scheduled: PlainDate): PlainDate {
  if (rule === 'as-scheduled') return scheduled
  let due = scheduled
  while (isWeekend(dayNumber(due))) due = addDays(due, 1)
  return due
}
