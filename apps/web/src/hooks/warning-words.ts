import type { TFunction } from 'i18next'
import { type Facts, factWords, hasFacts } from './fact-words.ts'
import type { FigureFormat } from './figure-format.ts'

export interface ToldWarning {
  readonly code: string
  readonly detail: string
  readonly facts?: Facts | undefined
}

/** A warning or a reason in this person's language, with its days as they write them; the server's own sentence where it names no facts. */
export function warningWords({ code, detail, facts }: ToldWarning, t: TFunction, format: FigureFormat): string {
  if (!hasFacts(facts)) return detail
  const { firstDay, lastDay, ...words } = factWords(facts, format)
  const sentence = t(`warning.${code}`, { ...words, defaultValue: detail })
  return firstDay && lastDay && sentence !== detail ? `${sentence} ${t('warning.daysUnknown', { firstDay, lastDay })}` : sentence
}
