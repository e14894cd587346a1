import { CsvError, type Options, parse } from 'csv-parse'
import { parse as parseNow } from 'csv-parse/sync'
import type { Source } from '../importer.ts'
import { brokenFile } from '../source/broken-file.ts'
import { decodedText, newlines } from '../source/decode-text.ts'
import { PlainLines, type TableRow } from './plain-lines.ts'

interface Parsed {
  readonly record: string[]
  readonly info: { readonly lines: number }
}

const options = (delimiter: string): Options => ({
  delimiter,
  bom: true,
  info: true,
  relax_column_count: true,
  relax_quotes: true,
  skip_empty_lines: true,
  max_record_size: 1_000_000,
})

/** The first rows of a text that is there at once. */
export function firstRows(text: string, delimiter: string, most: number): TableRow[] {
  const plain = new PlainLines(delimiter)
  const cut = plain.cut(text)
  const last = cut && plain.end()
  if (cut && last) return [...cut, ...last].slice(0, most)
  try {
    const records: unknown = parseNow(text, { ...options(delimiter), to: most })
    return (records as Parsed[]).map((parsed) => tableRow(parsed))
  } catch (trouble) {
    if (!(trouble instanceof CsvError)) throw trouble
    // a quote that is never closed: the shape shows without quotes too, and reading the rows names the line
    const records: unknown = parseNow(text, { ...options(delimiter), to: most, quote: false })
    return (records as Parsed[]).map((parsed) => tableRow(parsed))
  }
}

/** The rows of a table from a line on, as a stream; as many at once as a piece of the file holds. */
export async function* readRows(
  source: Source,
  encoding: string,
  delimiter: string,
  firstLine: number,
): AsyncGenerator<readonly TableRow[]> {
  const plain = new PlainLines(delimiter)
  const pieces = decodedText(await source.open(), encoding)
  try {
    for (let piece = await pieces.next(); !piece.done; piece = await pieces.next()) {
      const rows = plain.cut(piece.value)
      if (!rows) return yield* parsedRows(plain, pieces, delimiter, firstLine)
      const below = plain.lines - rows.length < firstLine ? rows.filter(({ line }) => line >= firstLine) : rows
      if (below.length > 0) yield below
    }
    const last = plain.end()
    if (!last) return yield* parsedRows(plain, pieces, delimiter, firstLine)
    if (last.some(({ line }) => line >= firstLine)) yield last
  } finally {
    await pieces.return(undefined)
  }
}

/** What plain cutting cannot read: from the first piece with a quote to the end. */
async function* parsedRows(
  before: PlainLines,
  pieces: AsyncGenerator<string>,
  delimiter: string,
  firstLine: number,
): AsyncGenerator<readonly TableRow[]> {
  // what is written is read at once, so nothing ever waits inside the parser
  const settings: Options & { readableHighWaterMark: number } = {
    ...options(delimiter),
    ...(before.lineEnd ? { record_delimiter: before.lineEnd } : {}),
    readableHighWaterMark: Number.MAX_SAFE_INTEGER,
  }
  const parser = parse(settings)
  let trouble: Error | null = null
  let line = before.lines
  parser.on('error', (error) => {
    trouble ??= error instanceof CsvError ? csvTrouble(error, line + 1) : error
  })
  for (let text: string | null = before.rest; text !== null; ) {
    parser.write(text)
    const rows: TableRow[] = []
    for (let parsed: Parsed | null = parser.read(); parsed; parsed = parser.read()) {
      const row = tableRow(parsed, before.lines)
      line = before.lines + parsed.info.lines
      if (row.line >= firstLine) rows.push(row)
    }
    if (trouble) throw trouble
    if (rows.length > 0) yield rows
    const next = await pieces.next()
    text = next.done ? null : next.value
  }
  parser.end()
  const rest: TableRow[] = []
  try {
    for await (const parsed of parser as AsyncIterable<Parsed>) {
      const row = tableRow(parsed, before.lines)
      if (row.line >= firstLine) rest.push(row)
    }
  } catch (error) {
    throw trouble ?? error
  }
  if (rest.length > 0) yield rest
}

/** `before` counts the lines that the parser has not seen. */
function tableRow({ record, info }: Parsed, before = 0): TableRow {
  let within = 0
  for (const cell of record) within += newlines(cell)
  return { line: before + info.lines - within, cells: record }
}

function csvTrouble(trouble: CsvError, line: number): Error {
  if (trouble.code === 'CSV_QUOTE_NOT_CLOSED') return brokenFile(line, 'a quoted cell is never closed, so the rest of the file is one cell')
  if (trouble.code === 'CSV_MAX_RECORD_SIZE') return brokenFile(line, 'a row of more than 1 MB: is a quote never closed?')
  return brokenFile(line, trouble.message)
}
