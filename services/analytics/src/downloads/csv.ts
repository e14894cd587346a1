import { type Cell, withoutFormula } from './cell.ts'

/** A table as CSV of RFC 4180, line by line, the names of the columns first. */
export function* csvLines(columns: readonly string[], rows: Iterable<readonly Cell[]>): Generator<string> {
  yield `${columns.map(quoted).join(',')}\r\n`
  for (const row of rows) yield `${row.map(({ type, value }) => quoted(type === 'text' ? withoutFormula(value) : value)).join(',')}\r\n`
}

function quoted(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
