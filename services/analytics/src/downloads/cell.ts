/** What a table for a spreadsheet is made of. Numbers are decimal texts, days are '2026-03-31'. */
export interface Cell {
  readonly type: 'text' | 'number' | 'day'
  readonly value: string
}

/** A text that a spreadsheet would run as a formula gets an apostrophe in front. */
export function withoutFormula(text: string): string {
  return /^'*[=+\-@\t\r]/.test(text) ? `'${text}` : text
}
