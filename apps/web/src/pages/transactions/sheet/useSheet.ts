import { useCallback, useReducer } from 'react'
import type { SheetColumn } from './sheet-columns.ts'
import { filled, isFixed, newRow, type Place, pasted, type SheetRow } from './sheet-rows.ts'

interface Sheet {
  readonly rows: readonly SheetRow[]
  readonly past: readonly (readonly SheetRow[])[]
  readonly future: readonly (readonly SheetRow[])[]
  readonly nextKey: number
}

type Change =
  | { readonly kind: 'lay'; readonly rows: readonly Omit<SheetRow, 'key'>[] }
  | { readonly kind: 'type'; readonly place: Place; readonly column: SheetColumn; readonly text: string }
  | {
      readonly kind: 'paste'
      readonly place: Place
      readonly table: string[][]
      readonly columnOf: (heading: string) => SheetColumn | null
    }
  | { readonly kind: 'fill'; readonly from: Place; readonly to: Place; readonly textOf: (column: SheetColumn) => string }
  | { readonly kind: 'remove'; readonly from: number; readonly to: number }
  | { readonly kind: 'add' }
  | { readonly kind: 'undo' | 'redo' }

/** How many steps can be taken back. */
const memory = 100

/** The lines of the sheet and every change to them; each can be taken back. */
export function useSheet() {
  const [sheet, dispatch] = useReducer(changed, { rows: [], past: [], future: [], nextKey: 1 })
  const change = useCallback((one: Change) => dispatch(one), [])
  return { rows: sheet.rows, change, canUndo: sheet.past.length > 0, canRedo: sheet.future.length > 0 }
}

function changed(sheet: Sheet, change: Change): Sheet {
  const { rows, past, future } = sheet
  let { nextKey } = sheet
  const takeKey = () => nextKey++
  const then = (next: readonly SheetRow[]): Sheet => ({ rows: next, past: [...past.slice(-memory), rows], future: [], nextKey })
  switch (change.kind) {
    case 'lay': {
      const laid = change.rows.map((row) => ({ ...row, key: takeKey() }))
      return { rows: laid, past: [], future: [], nextKey }
    }
    case 'type': {
      const { place, column, text } = change
      const row = rows[place.row]
      if (!row || row.removed || isFixed(row, column) || row.cells[column] === text) return sheet
      return then(rows.with(place.row, { ...row, cells: { ...row.cells, [column]: text } }))
    }
    case 'paste': {
      const next = pasted(rows, change.place, change.table, change.columnOf, takeKey)
      return { ...then(next), nextKey }
    }
    case 'fill':
      return then(filled(rows, change.from, change.to, change.textOf))
    case 'remove': {
      const [first, last] = [Math.min(change.from, change.to), Math.max(change.from, change.to)]
      const chosen = rows.slice(first, last + 1)
      const back = chosen.every((row) => row.removed)
      // A new line simply goes; one that stands is marked, so that it can be seen what saving will void.
      return then(
        rows.flatMap((row, at) => {
          if (at < first || at > last) return [row]
          return row.standing === null ? [] : [{ ...row, removed: !back }]
        }),
      )
    }
    case 'add': {
      const next = [newRow(takeKey()), ...rows]
      return { ...then(next), nextKey }
    }
    case 'undo': {
      const last = past.at(-1)
      return last ? { rows: last, past: past.slice(0, -1), future: [rows, ...future], nextKey } : sheet
    }
    case 'redo': {
      const [first, ...rest] = future
      return first ? { rows: first, past: [...past, rows], future: rest, nextKey } : sheet
    }
  }
}
