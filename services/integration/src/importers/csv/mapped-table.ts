import type { Mapping } from '@pe/contracts/integration.ts'
import { Refused } from '@pe/platform/http/refused.ts'
import { type Because, because } from '../because.ts'
import { maxSeriesRows, maxStagedRows, withinRowLimit } from '../limits.ts'
import { type Moment, readDate } from '../values/read-date.ts'
import { readNumber } from '../values/read-number.ts'
import { type CellFormats, FormatVote } from './cell-formats.ts'
import type { ColumnWords } from './column-words.ts'
import { fieldsOf } from './fields.ts'
import type { Table } from './open-table.ts'
import type { TableRow } from './plain-lines.ts'

const keptRows = 20_000
const dateFields = ['date']
const numberFields = ['close', 'rate', 'quantity', 'price', 'amount', 'net', 'fee', 'tax', 'receivedAmount']
const footer = /^(total|sum|summe|gesamt|transactions total|end of file)\b/i

/** A table whose columns and cell formats are known: cells are asked for by field. */
export interface MappedTable {
  readonly mapping: Mapping
  readonly formats: CellFormats
  /** Rows of data and others. */
  readonly count: number
  /** Shows every row, in order. */
  read(see: (row: MappedRow) => void): Promise<void>
  /** The same, as many at once as a piece of the file holds. */
  pieces(): AsyncGenerator<readonly MappedRow[]>
}

export interface MappedRow {
  readonly line: number
  /** Why the row is no row of data (a total, a footer); null otherwise. */
  readonly notData: Because | null
  /** Why its shape is wrong; null otherwise. */
  readonly misshapen: Because | null
  /** The trimmed cell; '' where the column is absent. */
  cell(field: string): string
  /** '' stays null without being wrong: see `isNumber`. */
  number(field: string): string | null
  date(field: string, timeZone: string): Moment | null
}

/** Reads the table once to learn how its dates and numbers are written; keeps the rows when they are few, else it is read again. */
export async function mapTable(table: Table, mapping: Mapping, words: ColumnWords): Promise<MappedTable> {
  const columns = columnsOf(table, mapping)
  const vote = new FormatVote()
  const limit = mapping.content === 'transactions' ? maxStagedRows : maxSeriesRows
  const dates = dateFields.map((field) => columns.get(field)).filter((at) => at !== undefined)
  const numbers = numberFields.map((field) => columns.get(field)).filter((at) => at !== undefined)
  let kept: (readonly TableRow[])[] | null = []
  let count = 0
  for await (const rows of table.rows()) {
    for (const row of rows) {
      withinRowLimit(++count, limit, row.line)
      if (row.cells.length <= 1 || isFooter(row.cells[0] ?? '')) continue
      words.see(row.cells)
      for (const at of dates) vote.seeDate((row.cells[at] ?? '').trim())
      for (const at of numbers) vote.seeNumber((row.cells[at] ?? '').trim())
    }
    if (count > keptRows) kept = null
    else kept?.push(rows)
  }
  const formats = vote.decide(mapping, table.delimiter)
  async function* mappedPieces(): AsyncGenerator<readonly MappedRow[]> {
    const pieces: AsyncIterable<readonly TableRow[]> | Iterable<readonly TableRow[]> = kept ?? table.rows()
    for await (const rows of pieces) yield rows.map((row) => new Row(row, columns, table.headers.length, formats))
  }
  return {
    mapping,
    formats,
    count,
    async read(see) {
      const pieces: AsyncIterable<readonly TableRow[]> | Iterable<readonly TableRow[]> = kept ?? table.rows()
      for await (const rows of pieces) for (const row of rows) see(new Row(row, columns, table.headers.length, formats))
    },
    pieces: mappedPieces,
  }
}

class Row implements MappedRow {
  readonly line: number
  readonly notData: Because | null
  readonly misshapen: Because | null
  readonly #cells: readonly string[]
  readonly #columns: ReadonlyMap<string, number>
  readonly #formats: CellFormats

  constructor({ line, cells }: TableRow, columns: ReadonlyMap<string, number>, width: number, formats: CellFormats) {
    this.line = line
    this.#cells = cells
    this.#columns = columns
    this.#formats = formats
    const footing = isFooter(cells[0] ?? '') && !/\d/.test(this.cell('date'))
    this.notData = footing || (width > 1 && !hasTwo(cells)) ? because('no-data') : null
    const extra = cells.length > width && cells.slice(width).some((text) => text.trim() !== '')
    this.misshapen = extra ? because('columns', { count: String(cells.length), header: String(width) }) : null
  }

  cell(field: string): string {
    const at = this.#columns.get(field)
    if (at === undefined) return ''
    const text = (this.#cells[at] ?? '').trim()
    // our export puts an apostrophe before what a spreadsheet would take for a formula
    return text.charCodeAt(0) === apostrophe && /^'+[=+\-@]/.test(text) ? text.slice(1) : text
  }

  number(field: string): string | null {
    return readNumber(this.cell(field), this.#formats.decimalSign)
  }

  date(field: string, timeZone: string): Moment | null {
    return readDate(this.cell(field), this.#formats.datePattern, timeZone)
  }
}

const apostrophe = 0x27

/** A row of a total or an end; nearly all rows begin with a digit and are none. */
function isFooter(text: string): boolean {
  const first = text.charCodeAt(0)
  return !(first >= 0x30 && first <= 0x39) && footer.test(text)
}

/** Whether more than one cell says something. */
function hasTwo(cells: readonly string[]): boolean {
  let filled = 0
  for (const text of cells) if (text.trim() !== '' && ++filled > 1) return true
  return false
}

/** Column of each field; a field or header that there is not is refused, since a typo would otherwise lose a column silently. */
function columnsOf(table: Table, mapping: Mapping): Map<string, number> {
  const columns = new Map<string, number>()
  const fields = fieldsOf(mapping.content)
  for (const [field, header] of Object.entries(mapping.columns)) {
    if (!fields.includes(field))
      throw new Refused('mapping_needed', `${field} is no field of ${mapping.content}; there are ${fields.join(', ')}`)
    const byName = table.headers.indexOf(header)
    const caseless = byName === -1 ? table.headers.findIndex((name) => name.toLowerCase() === header.trim().toLowerCase()) : byName
    const at = caseless === -1 && /^\d+$/.test(header) ? Number(header) - 1 : caseless
    if (at < 0 || at >= table.headers.length)
      throw new Refused('mapping_needed', `the file has no column "${header}" for ${field}; it has ${table.headers.join(', ')}`)
    columns.set(field, at)
  }
  return columns
}
