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
    state: report.state,
    becomes: report.becomes ?? null,
    draft: report.draft ?? false,
    date: report.date ?? null,
    account: report.account ?? null,
    instrument: report.instrument ?? null,
    quantity: report.quantity ?? null,
    amount: report.amount ?? null,
    currency: report.currency ?? null,
    field: report.field ?? null,
    code: report.code ?? null,
    reason: report.reason ?? null,
    note: report.note ?? null,
    ...(report.follows === undefined ? null : { follows: report.follows }),
  }
}
