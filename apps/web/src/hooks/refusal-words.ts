import type { TFunction } from 'i18next'
import { type Facts, factWords, hasFacts } from './fact-words.ts'
import type { FigureFormat } from './figure-format.ts'

export interface ToldRefusal {
  readonly code: string
  readonly detail: string
  readonly facts?: Facts | undefined
}

/** Why the book refuses, in this person's language: by its code and its facts; its own sentence where the code is one of a newer server. */
export function refusalWords({ code, detail, facts }: ToldRefusal, t: TFunction, format: FigureFormat): string {
  const keys = hasFacts(facts) ? [...(facts.case ? [`problem.told.${code}_${facts.case}`] : []), `problem.told.${code}`] : []
  return t([...keys, `problem.${code}`], { ...factWords(facts ?? {}, format), ...named(facts, t), detail, defaultValue: detail })
}

/** Kinds and fields go by the names that the forms give them. */
function named({ kind, field }: Facts = {}, t: TFunction): Record<string, string> {
  return {
    ...(kind ? { kind: t(`kind.${kind}`, { defaultValue: kind }) } : {}),
    ...(field ? { field: t(`problem.field.${field}`, { defaultValue: field }) } : {}),
  }
}
