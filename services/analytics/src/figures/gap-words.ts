import type { Gap } from '@pe/finance/kernel/gaps.ts'
import { dateOfDay } from '@pe/finance/time/plain-date.ts'
import type { FigureWarning } from './stale-warnings.ts'

/** What the figures of a book call an instrument. */
export type NameOf = (instrumentId: string) => string

/** What is missing, for a person ('no close of Apple on or before 2014-03-01') and with its facts for a program. */
export function gapWords(gap: Gap, day: number, nameOf: NameOf): { detail: string; facts: { name: string; date: string } } {
  const date = dateOfDay(day)
  if (gap.reason === 'missing-rate') return { detail: `no rate for ${gap.of} on or before ${date}`, facts: { name: gap.of, date } }
  const name = nameOf(gap.of)
  return { detail: `no close of ${name} on or before ${date}`, facts: { name, date } }
}

/** The same as a warning, with the days whose values are unknown. */
export function gapWarning(gap: Gap, nameOf: NameOf): FigureWarning {
  const { detail, facts } = gapWords(gap, gap.to, nameOf)
  const [firstDay, lastDay] = [dateOfDay(gap.from), dateOfDay(gap.to)]
  const sentence = `There is ${detail}: the values of ${firstDay} to ${lastDay} are unknown.`
  return { code: gap.reason, facts: { ...facts, firstDay, lastDay }, detail: sentence }
}

/** The parts of gaps that lie within days (both included). */
export function gapsWithin(gaps: readonly Gap[], first: number, last: number): Gap[] {
  return gaps
    .filter(({ from, to }) => from <= last && to >= first)
    .map((gap) => ({ ...gap, from: Math.max(gap.from, first), to: Math.min(gap.to, last) }))
}
