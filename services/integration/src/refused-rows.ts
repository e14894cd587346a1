import type { ImportRow } from '@pe/contracts/integration.ts'
import { Refused } from '@pe/platform/http/refused.ts'
import { refusalNote } from './importers/because.ts'

/** Rows named in a refusal; the rest is in the list of rows. */
export const namedRows = 20

export type RefusedRow = Pick<ImportRow, 'line' | 'field' | 'code' | 'reason' | 'note'>

/** The refusal of a whole file for some of its rows, the first of which are named by their lines. */
export function refusedFor(state: 'error' | 'needs-decision', count: number, rows: readonly RefusedRow[]): Refused {
  const [first] = rows
  const what = state === 'error' ? 'in error' : 'waiting for a decision'
  const errors = rows.slice(0, namedRows).map(({ line, code, field, reason, note }) => ({
    path: `line ${line}`,
    ...(code ? { code } : {}),
    ...(note ? { facts: note.facts } : {}),
    detail: field ? `${field}: ${reason}` : (reason ?? ''),
  }))
  const example = first ? `; line ${first.line}: ${first.reason}` : ''
  return new Refused(
    state === 'error' ? 'rows_in_error' : 'decision_needed',
    `${count} ${count === 1 ? 'row is' : 'rows are'} ${what}${example}`,
    errors,
    undefined,
    { case: 'count', refused: String(count) },
  )
}

/** What the book refuses for rows that it knows by their numbers, told by the lines of the file; all other trouble stays as it is. */
export async function asLines(trouble: unknown, linesOf: (rows: number[]) => Promise<ReadonlyMap<number, number>>): Promise<unknown> {
  if (!(trouble instanceof Refused) || trouble.code !== 'rows_in_error') return trouble
  const named = trouble.errors.slice(0, namedRows).map((error) => ({ ...error, row: Number(error.path.replace(/^row /, '')) }))
  const lines = await linesOf(named.map(({ row }) => row))
  const rows = named.map(
    ({ row, code, detail, facts }): RefusedRow => ({
      ...{ line: lines.get(row) ?? row, field: null, code: code ?? null, reason: detail },
      note: refusalNote(code, facts),
    }),
  )
  return refusedFor('error', Number(trouble.facts['refused'] ?? rows.length), rows)
}
