import type { Schema } from '@pe/sdk/client.ts'
import { table } from '../terminal/table.ts'

/** Rows shown one by one; more would hide the sentence at the end. */
const mostRows = 200

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
  const parts = Object.entries(adds).filter(([, count]) => count > 0)
  const added = parts.length > 0 ? parts.map(([what, count]) => `${count} ${what}`).join(', ') : 'nothing'
  return [
    `${one.fileName}: ${one.variant || one.format}${one.portfolio ? `, into ${one.portfolio}` : ''}`,
    `${counts.rows} rows: ${rows.join(', ')}${counts.drafts > 0 ? ` (${counts.drafts} dated in the future, as drafts)` : ''}`,
    `${one.state === 'committed' ? 'Added' : 'Would add'}: ${added}`,
    ...one.warnings,
  ].join('\n')
}

/** The rows that are not simply taken, each with its line and reason. */
export function rowLines(rows: readonly Schema<'ImportRow'>[]): string[] {
  const notable = rows.filter(({ state }) => state !== 'ok' && state !== 'duplicate')
  if (notable.length === 0) return []
  const cells = notable.slice(0, mostRows).map((row) => [String(row.line), row.state, row.field ?? '', row.reason ?? ''])
  const more = notable.length - mostRows
  return [
    '',
    table([{ title: 'Line', right: true }, { title: 'State' }, { title: 'Field' }, { title: 'Reason' }], cells),
    ...(more > 0 ? [`… and ${more} more`] : []),
    '',
  ]
}
