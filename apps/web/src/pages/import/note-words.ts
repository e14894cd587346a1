import type { Schema } from '@pe/sdk/client.ts'
import type { TFunction } from 'i18next'
import type { FigureFormat } from '../../hooks/figure-format.ts'
import { uncoveredFacts } from '../../hooks/refusal-words.ts'

type Note = Schema<'RowNote'> & { readonly detail: string }

/** What the server says of a file or a row, in this person's language; its own sentence where the code is one of a newer server. */
export function noteWords({ code, facts, detail }: Note, t: TFunction, format: FigureFormat): string {
  const { count, line, value, ...rest } = facts
  return t(`import.note.${code}`, {
    ...rest,
    ...(count === undefined ? {} : { count: Number(count) }),
    line: line && format.count(Number(line)),
    // a balance is an amount of money, which may be hidden; any other value is what stands in the file
    value: value && code === 'balance-brings' ? format.money(value) : value,
    defaultValue: detail,
  })
}

/** Why a row is as it is: by its note, else by the rule of the book that refuses it. */
export function reasonWords({ note, code, reason }: Schema<'ImportRow'>, t: TFunction, format: FigureFormat): string {
  const detail = reason ?? ''
  if (note) return noteWords({ ...note, detail }, t, format)
  if (!code) return detail
  const facts = code === 'not_enough_units' ? uncoveredFacts(detail, format) : {}
  return facts ? t([`import.refused.${code}`, `problem.${code}`], { ...facts, detail, defaultValue: detail }) : detail
}
