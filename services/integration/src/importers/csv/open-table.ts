import type { Mapping } from '@pe/contracts/integration.ts'
import type { Source } from '../importer.ts'
import { brokenFile } from '../source/broken-file.ts'
import { headText, isEncoding, sniffEncoding } from '../source/decode-text.ts'
import type { TableRow } from './plain-lines.ts'
import { firstRows, readRows } from './read-rows.ts'

/** A CSV whose encoding, delimiter and header row are settled. */
export interface Table {
  readonly encoding: string
  readonly delimiter: string
  readonly headers: readonly string[]
  /** Line of the header row; 0 when the file has none. */
  readonly headerLine: number
  /** Rows before the header. */
  readonly preamble: number
  /** The first rows below the header. */
  readonly first: readonly TableRow[]
  /** Every row below the header, as a stream; as many at once as a piece of the file holds, since a turn of the event loop per row is dear. */
  rows(): AsyncGenerator<readonly TableRow[]>
}

const delimiters = [',', ';', '\t', '|']
/** Rows that settle delimiter and header. */
const looked = 200

/** Detection and reading ask for the same table. */
const opened = new WeakMap<Source, { mapping: Mapping | undefined; table: Table | null }>()

/** The table that a text is, or null when no delimiter gives it two columns. */
export function openTable(source: Source, mapping?: Mapping): Table | null {
  const known = opened.get(source)
  if (known && known.mapping === mapping) return known.table
  const table = tableOf(source, mapping)
  opened.set(source, { mapping, table })
  return table
}

function tableOf(source: Source, mapping: Mapping | undefined): Table | null {
  const encoding = mapping?.encoding ?? sniffEncoding(source.head)
  if (!isEncoding(encoding)) throw brokenFile(1, `the encoding "${encoding}" is not known`)
  const head = wholeLines(headText(source.head, encoding), source.head.length < 64 * 1024)
  const candidates = (mapping?.delimiter ? [mapping.delimiter] : delimiters).map((delimiter) => ({
    delimiter,
    ...shapeOf(head, delimiter),
  }))
  const best = candidates.reduce((a, b) =>
    b.consistency > a.consistency || (b.consistency === a.consistency && b.columns > a.columns) ? b : a,
  )
  const enough = mapping?.delimiter ? best.columns >= 1 : best.columns >= 2
  if (!enough || best.consistency < 0.5) return null
  const at = best.rows.findIndex(
    ({ cells }) => cells.length === best.columns && cells.filter((cell) => cell !== '').length >= Math.min(2, best.columns),
  )
  const header = best.rows[at]
  if (!header) return null
  const hasHeader = !header.cells.some((cell) => /\d/.test(cell) && /^[\s\d.,:/+-]+$/.test(cell))
  const firstLine = hasHeader ? header.line + 1 : header.line
  return {
    encoding,
    delimiter: best.delimiter,
    headers: hasHeader ? header.cells.map((cell) => cell.trim()) : header.cells.map((_, column) => String(column + 1)),
    headerLine: hasHeader ? header.line : 0,
    preamble: at,
    first: best.rows.slice(hasHeader ? at + 1 : at),
    rows: () => readRows(source, encoding, best.delimiter, firstLine),
  }
}

function shapeOf(head: string, delimiter: string): { rows: TableRow[]; columns: number; consistency: number } {
  const rows = firstRows(head, delimiter, looked)
  const counts = new Map<number, number>()
  for (const { cells } of rows) counts.set(cells.length, (counts.get(cells.length) ?? 0) + 1)
  let [columns, most] = [0, 0]
  for (const [count, times] of counts)
    if (count > 1 && (times > most || (times === most && count > columns))) [columns, most] = [count, times]
  return { rows, columns, consistency: rows.length === 0 ? 0 : most / rows.length }
}

/** The head without the line that its end cuts. */
function wholeLines(text: string, isWhole: boolean): string {
  const end = text.lastIndexOf('\n')
  return isWhole || end === -1 ? text : text.slice(0, end + 1)
}
