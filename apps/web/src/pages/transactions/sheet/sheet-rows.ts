import type { Schema } from '@pe/sdk/client.ts'
import { emptyCells, type SheetCells, type SheetColumn, sheetColumns } from './sheet-columns.ts'

type Transaction = Schema<'Transaction'>

/** One line of the sheet: a transaction that stands, or one that is being typed. */
export interface SheetRow {
  readonly key: number
  /** What stands in the journal; null for a new line. */
  readonly standing: Transaction | null
  /** How it stood when it was laid out; a new line was empty. */
  readonly before: SheetCells
  readonly cells: SheetCells
  /** To be voided. */
  readonly removed: boolean
}

export interface Place {
  readonly row: number
  readonly column: number
}

export function newRow(key: number, cells: SheetCells = emptyCells): SheetRow {
  return { key, standing: null, before: emptyCells, cells, removed: false }
}

export function standingRow(key: number, standing: Transaction, cells: SheetCells): SheetRow {
  return { key, standing, before: cells, cells, removed: false }
}

export function isBlank({ cells }: SheetRow): boolean {
  return sheetColumns.every((column) => cells[column].trim() === '')
}

/** Whether saving would do anything with the line. */
export function isChanged(row: SheetRow): boolean {
  if (row.standing === null) return !isBlank(row) && !row.removed
  return row.removed || sheetColumns.some((column) => row.cells[column] !== row.before[column])
}

/** A table as spreadsheets put it on the clipboard: tabs and lines, a cell with a tab, line or quote in quotes. */
export function readClipboard(text: string): string[][] {
  const rows: string[][] = [[]]
  let [cell, quoted] = ['', false]
  const endCell = () => {
    rows.at(-1)?.push(cell)
    cell = ''
  }
  const body = text.replace(/\r\n?/g, '\n').replace(/\n$/, '')
  for (let at = 0; at < body.length; at++) {
    const letter = body[at] ?? ''
    if (quoted) {
      if (letter === '"' && body[at + 1] === '"') {
        cell += '"'
        at += 1
      } else if (letter === '"') quoted = false
      else cell += letter
    } else if (letter === '"' && cell === '') quoted = true
    else if (letter === '\t') endCell()
    else if (letter === '\n') {
      endCell()
      rows.push([])
    } else cell += letter
  }
  endCell()
  return rows
}

export function writeClipboard(table: readonly (readonly string[])[]): string {
  const quoted = (cell: string) => (/["\t\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)
  return table.map((row) => row.map(quoted).join('\t')).join('\n')
}

/**
 * Puts a table into the rows from a place on; what goes past the end becomes new lines, what goes past the last column is left out. Where
 * its first line names columns, they say where each cell goes, and that line itself is no data.
 * @param columnOf the column that a heading names; null for any other text
 */
export function pasted(
  rows: readonly SheetRow[],
  place: Place,
  table: readonly (readonly string[])[],
  columnOf: (heading: string) => SheetColumn | null,
  nextKey: () => number,
): SheetRow[] {
  const headings = (table[0] ?? []).map(columnOf)
  const headed = headings.filter((column) => column !== null).length >= 2
  const targets = headed ? headings : (table[0] ?? []).map((_, at) => sheetColumns[place.column + at] ?? null)
  const widest = Math.max(...table.map((line) => line.length))
  while (!headed && targets.length < widest) targets.push(sheetColumns[place.column + targets.length] ?? null)
  const result = [...rows]
  for (const [at, line] of table.slice(headed ? 1 : 0).entries()) {
    if (line.every((cell) => cell.trim() === '')) continue
    const index = place.row + at
    while (result.length <= index) result.push(newRow(nextKey()))
    const row = result[index]
    if (!row || row.removed) continue
    const cells: Record<SheetColumn, string> = { ...row.cells }
    for (const [position, cell] of line.entries()) {
      const column = targets[position]
      if (column && !isFixed(row, column)) cells[column] = cell.trim()
    }
    result[index] = { ...row, cells }
  }
  return result
}

/** A transaction keeps its account: another account is another transaction. */
export function isFixed(row: SheetRow, column: SheetColumn): boolean {
  return row.standing !== null && column === 'account'
}

/** The same text in every cell of an area: filled down from its first row, or emptied. */
export function filled(rows: readonly SheetRow[], from: Place, to: Place, textOf: (column: SheetColumn) => string): SheetRow[] {
  const columns = sheetColumns.slice(Math.min(from.column, to.column), Math.max(from.column, to.column) + 1)
  const [first, last] = [Math.min(from.row, to.row), Math.max(from.row, to.row)]
  return rows.map((row, at) => {
    if (at < first || at > last || row.removed) return row
    const cells: Record<SheetColumn, string> = { ...row.cells }
    for (const column of columns) if (!isFixed(row, column)) cells[column] = textOf(column)
    return { ...row, cells }
  })
}
