import type { Schema } from '@pe/sdk/client.ts'
import { counted } from '../terminal/figures.ts'
import { table } from '../terminal/table.ts'

/** Rows shown one by one; more would hide the sentence at the end. */
const mostRows = 200

/** What an import adds, and one of it. */
const added = [
  ['accounts', 'account'],
  ['instruments', 'instrument'],
  ['transactions', 'transaction'],
  ['closes', 'close'],
  ['rates', 'rate'],
] as const

/** What a file is, what its rows come to and what they add. */
export function importReport(one: Schema<'Import'>): string {
  const { counts, adds } = one
  const states: readonly [string, number][] = [
    ['ok', counts.ok],
    ['duplicate', counts.duplicate],
    ['ignored', counts.ignored],
    ['needs decision', counts.needsDecision],
    ['error', counts.error],
  ]
  const rows = states.filter(([state, count]) => count > 0 || state === 'ok').map(([state, count]) => `${count} ${state}`)
  const parts = added.filter(([what]) => adds[what] > 0).map(([what, one]) => counted(adds[what], one))
  const drafts = counts.drafts === 1 ? '1 as a draft, which does not count yet' : `${counts.drafts} as drafts, which do not count yet`
  return [
    `${one.fileName}: ${one.variant || one.format}${one.portfolio ? `, into ${one.portfolio}` : ''}`,
    `${counted(counts.rows, 'row')}: ${rows.join(', ')}${counts.drafts > 0 ? ` (${drafts})` : ''}`,
    `${one.state === 'committed' ? 'Added' : 'Would add'}: ${parts.length > 0 ? parts.join(', ') : 'nothing'}`,
    ...one.warnings,
  ].join('\n')
}

/** The rows that are not simply taken, and those that become drafts, each with its line and reason. */
export function rowLines(rows: readonly Schema<'ImportRow'>[]): string[] {
  const notable = rows.filter((row) => (row.state !== 'ok' || row.draft) && row.state !== 'duplicate')
  if (notable.length === 0) return []
  const cells = notable.slice(0, mostRows).map((row) => {
    const draft = row.draft && row.state === 'ok'
    // a draft without a reason is one by its day, or because the file itself calls it so
    const why = row.reason ?? (draft ? `dated ${row.date}` : '')
    return [String(row.line), draft ? 'draft' : row.state, row.field ?? '', why]
  })
  const more = notable.length - mostRows
  return [
    '',
    table([{ title: 'Line', right: true }, { title: 'State' }, { title: 'Field' }, { title: 'Reason' }], cells),
    ...(more > 0 ? [`… and ${more} more`] : []),
    '',
  ]
}
