import type { Schema } from '@pe/sdk/client.ts'
import type { TFunction } from 'i18next'
import { factWords } from './fact-words.ts'
import type { FigureFormat } from './figure-format.ts'

/** Why something needs a review, in this person's language; what a person wrote stays as it is. */
export function reviewWords({ code, facts, detail }: Schema<'Review'>, t: TFunction, format: FigureFormat): string {
  return code === 'asked' ? detail : t(`waiting.reason.${code}`, { ...factWords(facts, format), defaultValue: detail })
}
