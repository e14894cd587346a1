import type { Mapping } from '@pe/contracts/integration.ts'
import { CsvError, type Options, parse } from 'csv-parse'
import { parse as parseNow } from 'csv-parse/sync'
import type { Source } from '../importer.ts'
import { brokenFile } from '../source/broken-file.ts'
import { decodedText, headText, isEncoding, newlines, sniffEncoding } from '../source/decode-text.ts'

export interface TableRow {
  /** First line of the row, from 1; a quoted cell may go on over several. */
  readonly line: number
  readonly cells: readonly string[]
}

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

interface Parsed {
  readonly record: string[]
  readonly info: { readonly lines: number }
}

const delimiters = [',', ';', '\t', '|']
/** Rows that settle delimiter and header. */
const looked = 200
const options = (delimiter: string): Options => ({
  delimiter,
  bom: true,
  info: true,
  relax_column_count: true,
  relax_quotes: true,
  skip_empty_lines: true,
  max_record_size: 1_000_000,
})

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
    rows: () => rowsFrom(source, encoding, best.delimiter, firstLine),
  }
}

function shapeOf(head: string, delimiter: string): { rows: TableRow[]; columns: number; consistency: number } {
  const rows = parsedNow(head, delimiter)
  const counts = new Map<number, number>()
  for (const { cells } of rows) counts.set(cells.length, (counts.get(cells.length) ?? 0) + 1)
  let [columns, most] = [0, 0]
  for (const [count, times] of counts)
    if (count > 1 && (times > most || (times === most && count > columns))) [columns, most] = [count, times]
  return { rows, columns, consistency: rows.length === 0 ? 0 : most / rows.length }
}

function parsedNow(text: string, delimiter: string): TableRow[] {
  try {
    const records: unknown = parseNow(text, { ...options(delimiter), to: looked })
    return (records as Parsed[]).map(tableRow)
  } catch (trouble) {
    if (!(trouble instanceof CsvError)) throw trouble
    // a quote that is never closed: the shape shows without quotes too, and reading the rows names the line
    const records: unknown = parseNow(text, { ...options(delimiter), to: looked, quote: false })
    return (records as Parsed[]).map(tableRow)
  }
}

async function* rowsFrom(source: Source, encoding: string, delimiter: string, firstLine: number): AsyncGenerator<readonly TableRow[]> {
  // what is written is read at once, so nothing ever waits inside the parser
  const settings: Options & { readableHighWaterMark: number } = { ...options(delimiter), readableHighWaterMark: Number.MAX_SAFE_INTEGER }
  const parser = parse(settings)
  let trouble: Error | null = null
  let line = 0
  parser.on('error', (error) => {
    trouble ??= error instanceof CsvError ? csvTrouble(error, line + 1) : error
  })
  for await (const text of decodedText(await source.open(), encoding)) {
    parser.write(text)
    const rows: TableRow[] = []
    for (let parsed: Parsed | null = parser.read(); parsed; parsed = parser.read()) {
      const row = tableRow(parsed)
      line = parsed.info.lines
      if (row.line >= firstLine) rows.push(row)
    }
    if (trouble) throw trouble
    if (rows.length > 0) yield rows
  }
  parser.end()
  const rest: TableRow[] = []
  try {
    for await (const parsed of parser as AsyncIterable<Parsed>) if (tableRow(parsed).line >= firstLine) rest.push(tableRow(parsed))
  } catch (error) {
    throw trouble ?? error
  }
  if (rest.length > 0) yield rest
}

function tableRow({ record, info }: Parsed): TableRow {
  let within = 0
  for (const cell of record) within += newlines(cell)
  return { line: info.lines - within, cells: record }
}

function csvTrouble(trouble: CsvError, line: number): Error {
  if (trouble.code === 'CSV_QUOTE_NOT_CLOSED') return brokenFile(line, 'a quoted cell is never closed, so the rest of the file is one cell')
  if (trouble.code === 'CSV_MAX_RECORD_SIZE') return brokenFile(line, 'a row of more than 1 MB: is a quote never closed?')
  return brokenFile(line, trouble.message)
}

/** The head without the line that its end cuts. */
function wholeLines(text: string, isWhole: boolean): string {
  const end = text.lastIndexOf('\n')
  return isWhole || end === -1 ? text : text.slice(0, end + 1)
}
