import type { ImportRow, RowState } from '@pe/contracts/integration.ts'

/** What happens to one row. `follows` names the row that decides (the other side of a cross entry): both share one fate. */
export interface RowReport extends ImportRow {
  follows?: number
}

/** A report with everything that is not said left empty. */
export function rowReport(row: number, line: number, report: Partial<RowReport> & { state: RowState }): RowReport {
  return {
    row,
    line,
    becomes: null,
    draft: false,
    date: null,
    account: null,
    instrument: null,
    quantity: null,
    amount: null,
    currency: null,
    field: null,
    code: null,
    reason: null,
    ...report,
  }
}
