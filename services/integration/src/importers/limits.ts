import { Refused } from '@pe/platform/http/refused.ts'

/** A file larger than this is refused while it streams in. */
export const maxFileBytes = 200 * 1024 * 1024

/** Rows that stand in memory together, with their reports: about 2 KB each until they are committed. */
export const mostRowsInMemory = 100_000

/** Transactions of a CSV of more are staged in the database, row by row. */
export const maxStagedRows = 1_000_000

/** Other formats are never read in pieces. */
export const maxTransactionRows = mostRowsInMemory

/** Rows of a price or rate file take about 30 bytes each. */
export const maxSeriesRows = 1_000_000

/** Refuses at the first row past the limit, before anything else is read. */
export function withinRowLimit(rows: number, limit: number, line: number): void {
  if (rows > limit) throw tooManyRows(limit, line)
}

export function tooManyRows(limit: number, line: number): Refused {
  return new Refused('body_too_large', `line ${line}: the file has more than ${limit} rows; split it into several files`, [
    { path: `line ${line}`, detail: `more than ${limit} rows` },
  ])
}
