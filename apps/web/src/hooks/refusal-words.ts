import type { TFunction } from 'i18next'
import type { FigureFormat } from './figure-format.ts'

/** The book's sentence of a sale beyond the position, where its facts stand. */
const uncovered =
  /^on (?<date>\d{4}-\d{2}-\d{2}) account (?<account>.+) holds (?<held>\S+) of instrument (?<name>.+), but (?<leaving>\S+) are /

/** The facts of such a sale as a person reads them; null for any other sentence. */
export function uncoveredFacts(detail: string, format: FigureFormat) {
  const facts = uncovered.exec(detail)?.groups
  if (!facts) return null
  const { date = '', account, name, held = '', leaving = '' } = facts
  return { account, name, date: format.day(date), held: format.units(held), leaving: format.units(leaving) }
}

/** Why the book refuses, in this person's language; its own sentence where the code is one of a newer server. */
export function refusalWords({ code, detail }: { code: string; detail: string }, t: TFunction, format: FigureFormat): string {
  const facts = code === 'not_enough_units' ? uncoveredFacts(detail, format) : null
  return facts ? t('import.refused.not_enough_units', facts) : t(`problem.${code}`, { detail, defaultValue: detail })
}
