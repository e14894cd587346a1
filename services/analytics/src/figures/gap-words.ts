import type { Gap } from '@pe/finance/kernel/gaps.ts'
import { dateOfDay } from '@pe/finance/time/plain-date.ts'

/** What the figures of a book call an instrument. */
export type NameOf = (instrumentId: string) => string

/** What is missing, for a person: 'no close of Apple on or before 2014-03-01'. */
export function gapDetail(gap: Gap, day: number, nameOf: NameOf): string {
  const date = dateOfDay(day)
  if (gap.reason === 'missing-close') return `no close of ${nameOf(gap.of)} on or before ${date}`
  return `no rate for ${gap.of} on or before ${date}`
}

/** The parts of gaps that lie within days (both included). */
export function gapsWithin(gaps: readonly Gap[], first: number, last: number): Gap[] {
  return gaps
    .filter(({ from, to }) => from <= last && to >= first)
    .map((gap) => ({ ...gap, from: Math.max(gap.from, first), to: Math.min(gap.to, last) }))
}
