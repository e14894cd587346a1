import type { TFunction } from 'i18next'
import type { FigureFormat } from './figure-format.ts'

const day = String.raw`\d{4}-\d{2}-\d{2}`

/** Where the server's sentence of each code has its facts. */
const factsIn: Readonly<Record<string, RegExp>> = {
  'stale-close': new RegExp(`close of (?<name>.+) is of (?<date>${day})`),
  'stale-rate': new RegExp(`rate from (?<name>.+) is of (?<date>${day})`),
  'missing-close': new RegExp(`no close of (?<name>.+) on or before (?<date>${day})(?:: the values of (?<from>${day}) to (?<to>${day}))?`),
  'missing-rate': new RegExp(
    `no rate (?:from|for) (?<name>.+) on or before (?<date>${day})(?:: the values of (?<from>${day}) to (?<to>${day}))?`,
  ),
  'undefined-days': /^(?<count>\d+) /,
  'several-rates': /^(?<count>\d+) /,
}

/** A warning or a reason in this person's language, with its days as they write them; the server's own sentence where it says something else. */
export function warningWords(warning: { code: string; detail: string }, t: TFunction, format: FigureFormat): string {
  const facts = factsIn[warning.code]?.exec(warning.detail)?.groups
  if (!facts) return warning.detail
  const { name, date, from, to, count } = facts
  const sentence = t(`warning.${warning.code}`, {
    name: name?.replace(' to ', '/'),
    date: date && format.day(date),
    count: Number(count),
    defaultValue: warning.detail,
  })
  return from && to ? `${sentence} ${t('warning.daysUnknown', { from: format.day(from), to: format.day(to) })}` : sentence
}
