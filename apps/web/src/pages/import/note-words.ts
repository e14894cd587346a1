import type { Schema } from '@pe/sdk/client.ts'
import type { TFunction } from 'i18next'
import { factWords } from '../../hooks/fact-words.ts'
import type { FigureFormat } from '../../hooks/figure-format.ts'

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

/** Why a row is as it is: by its note, which may tell what rule of the book refuses it. */
export function reasonWords({ note, code, reason }: Schema<'ImportRow'>, t: TFunction, format: FigureFormat): string {
  const detail = reason ?? ''
  if (!code) return note ? noteWords({ ...note, detail }, t, format) : detail
  const { case: which, ...facts } = note?.facts ?? {}
  const told = note ? [...(which ? [`problem.told.${code}_${which}`] : []), `problem.told.${code}`] : []
  return t([`import.refused.${code}`, ...told, `problem.${code}`], { ...factWords(facts, format), detail, defaultValue: detail })
}
