// biome-ignore-all lint/a11y/useSemanticElements: only the lines in view are drawn, each at its place, which a table cannot do
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid is one tab stop and names its active cell (aria-activedescendant)
import { useVirtualizer } from '@tanstack/react-virtual'
import { type ClipboardEvent, type KeyboardEvent, type PointerEvent, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../../hooks/useFormat.ts'
import { columnWidths, numericColumns, type SheetColumn, sheetColumns } from './sheet-columns.ts'
import { isChanged, isFixed, type Place, readClipboard, type SheetRow, writeClipboard } from './sheet-rows.ts'
import { shownCell } from './shown-cell.ts'
import type { RowVerdict } from './useVerdicts.ts'

interface GridProps {
  readonly rows: readonly SheetRow[]
  readonly verdictOf: (row: SheetRow) => RowVerdict | undefined
  readonly suggestions: Readonly<Partial<Record<SheetColumn, string>>>
  readonly onType: (place: Place, column: SheetColumn, text: string) => void
  readonly onPaste: (place: Place, table: string[][]) => void
  readonly onFill: (from: Place, to: Place, textOf: (column: SheetColumn) => string) => void
  readonly onRemove: (from: number, to: number) => void
  readonly onUndo: () => void
  readonly onRedo: () => void
}

const rowHeight = 32
const moves: Readonly<Record<string, readonly [number, number]>> = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
  PageUp: [-20, 0],
  PageDown: [20, 0],
}

/**
 * A grid as spreadsheets have it: arrows move, typing overwrites, Enter and F2 edit, Shift chooses an area, the clipboard takes and gives
 * tables, Ctrl+D fills down, Delete empties, Ctrl+Z takes back. One tab stop (WAI-ARIA grid pattern); only the lines in view are drawn.
 */
export function SheetGrid({ rows, verdictOf, suggestions, onType, onPaste, onFill, onRemove, onUndo, onRedo }: GridProps) {
  const { t } = useTranslation()
  const scroller = useRef<HTMLDivElement>(null)
  const [at, setAt] = useState<Place>({ row: 0, column: 0 })
  const [anchor, setAnchor] = useState<Place>(at)
  const format = useFormat()
  const [typed, setTyped] = useState<string | null>(null)
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 12,
  })
  const clamp = (place: Place): Place => ({
    row: Math.max(0, Math.min(rows.length - 1, place.row)),
    column: Math.max(0, Math.min(sheetColumns.length - 1, place.column)),
  })
  const go = (place: Place, extend = false) => {
    const next = clamp(place)
    setAt(next)
    if (!extend) setAnchor(next)
    virtual.scrollToIndex(next.row)
  }
  const column = sheetColumns[at.column] ?? 'date'
  const row = rows[at.row]
  const commit = () => {
    if (typed !== null) onType(at, column, typed)
    setTyped(null)
    scroller.current?.focus()
  }
  // Rows may go away under the place.
  useEffect(() => {
    if (at.row >= rows.length && rows.length > 0) setAt({ row: rows.length - 1, column: at.column })
  }, [at, rows.length])

  const onKey = (event: KeyboardEvent) => {
    const { key, shiftKey } = event
    const chord = event.ctrlKey || event.metaKey
    // What is meant for a cell is no shortcut of the app.
    const handled = () => {
      event.preventDefault()
      event.stopPropagation()
    }
    if (typed !== null) {
      if (key === 'Enter' || key === 'Tab') {
        handled()
        commit()
        go(key === 'Enter' ? { row: at.row + 1, column: at.column } : { row: at.row, column: at.column + (shiftKey ? -1 : 1) })
      } else if (key === 'Escape') {
        handled()
        setTyped(null)
        scroller.current?.focus()
      }
      return
    }
    const move = moves[key]
    if (move) {
      handled()
      go(
        { row: at.row + (chord ? move[0] * rows.length : move[0]), column: at.column + (chord ? move[1] * sheetColumns.length : move[1]) },
        shiftKey,
      )
    } else if (key === 'Home' || key === 'End') {
      handled()
      go({ row: chord ? (key === 'Home' ? 0 : rows.length - 1) : at.row, column: key === 'Home' ? 0 : sheetColumns.length - 1 }, shiftKey)
    } else if (key === 'Enter' || key === 'F2') {
      handled()
      if (row && !row.removed && !isFixed(row, column)) setTyped(row.cells[column])
    } else if ((key === 'Delete' || key === 'Backspace') && !chord) {
      handled()
      onFill(anchor, at, () => '')
    } else if (chord && key === 'Backspace') {
      handled()
      onRemove(anchor.row, at.row)
    } else if (chord && key.toLowerCase() === 'd') {
      handled()
      const first = rows[Math.min(anchor.row, at.row)]
      if (first) onFill(anchor, at, (name) => first.cells[name])
    } else if (chord && key.toLowerCase() === 'z') {
      handled()
      shiftKey ? onRedo() : onUndo()
    } else if (chord && key.toLowerCase() === 'y') {
      handled()
      onRedo()
    } else if (key.length === 1 && !chord && !event.altKey && row && !row.removed && !isFixed(row, column)) {
      handled()
      setTyped(key)
    }
  }
  const area = areaOf(anchor, at)
  const onCopy = (event: ClipboardEvent) => {
    if (typed !== null) return
    event.preventDefault()
    const chosen = rows
      .slice(area.top, area.bottom + 1)
      .map(({ cells }) => sheetColumns.slice(area.left, area.right + 1).map((name) => cells[name]))
    event.clipboardData.setData('text/plain', writeClipboard(chosen))
  }
  const onClip = (event: ClipboardEvent) => {
    if (typed !== null) return
    event.preventDefault()
    onPaste({ row: area.top, column: area.left }, readClipboard(event.clipboardData.getData('text/plain')))
  }
  const point = (place: Place, event: PointerEvent) => {
    if (typed !== null) commit()
    go(place, event.shiftKey)
  }
  const drag = (place: Place, event: PointerEvent) => {
    if (event.buttons === 1 && typed === null) setAt(clamp(place))
  }
  const width = sheetColumns.reduce((sum, name) => sum + columnWidths[name], 44)
  return (
    <div
      ref={scroller}
      className="cell-sheet"
      role="grid"
      aria-label={t('sheet.title')}
      aria-rowcount={rows.length + 1}
      aria-colcount={sheetColumns.length}
      aria-multiselectable
      aria-activedescendant={row ? cellId(row.key, column) : undefined}
      tabIndex={0}
      onKeyDown={onKey}
      onCopy={onCopy}
      onPaste={onClip}
    >
      <div className="head" role="row" aria-rowindex={1} style={{ width }}>
        <span className="no" role="columnheader" aria-label={t('sheet.line')} />
        {sheetColumns.map((name) => (
          <span key={name} role="columnheader" className={numericColumns.has(name) ? 'n' : ''} style={{ width: columnWidths[name] }}>
            {t(`sheet.column.${name}`)}
          </span>
        ))}
      </div>
      <div className="lines" role="presentation" style={{ height: virtual.getTotalSize(), width }}>
        {virtual.getVirtualItems().map((item) => {
          const line = rows[item.index]
          if (!line) return null
          const verdict = verdictOf(line)
          return (
            <div
              key={line.key}
              role="row"
              aria-rowindex={item.index + 2}
              className={`line ${line.removed ? 'removed' : ''} ${isChanged(line) ? 'changed' : ''} ${verdict?.problem ? 'bad' : ''}`}
              style={{ transform: `translateY(${item.start}px)`, height: rowHeight }}
            >
              <span className="no" role="rowheader" title={verdict?.problem ?? undefined}>
                {verdict?.problem ? '!' : item.index + 1}
              </span>
              {sheetColumns.map((name, index) => {
                const active = item.index === at.row && index === at.column
                const fault = verdict?.faults[name]
                const shown = shownCell(name, line.cells[name], format)
                const inArea = item.index >= area.top && item.index <= area.bottom && index >= area.left && index <= area.right
                const marks = [
                  'cell',
                  numericColumns.has(name) ? 'n' : '',
                  active ? 'active' : inArea ? 'chosen' : '',
                  fault ? 'fault' : '',
                  isFixed(line, name) ? 'fixed' : '',
                ]
                return (
                  <span
                    key={name}
                    id={cellId(line.key, name)}
                    role="gridcell"
                    aria-colindex={index + 1}
                    aria-selected={inArea}
                    aria-invalid={fault !== undefined}
                    className={marks.filter(Boolean).join(' ')}
                    style={{ width: columnWidths[name] }}
                    title={fault ? t(`sheet.fault.${fault}`) : shown}
                    onPointerDown={(event) => point({ row: item.index, column: index }, event)}
                    onPointerEnter={(event) => drag({ row: item.index, column: index }, event)}
                    onDoubleClick={() => !line.removed && !isFixed(line, name) && setTyped(line.cells[name])}
                  >
                    {active && typed !== null ? (
                      <input
                        // biome-ignore lint/a11y/noAutofocus: the person has just begun to type here
                        autoFocus
                        aria-label={t(`sheet.column.${name}`)}
                        value={typed}
                        list={suggestions[name]}
                        inputMode={numericColumns.has(name) ? 'decimal' : 'text'}
                        onChange={(event) => setTyped(event.target.value)}
                        onBlur={commit}
                        onPointerDown={(event) => event.stopPropagation()}
                      />
                    ) : (
                      shown || (fault === 'missing' ? '…' : '')
                    )}
                  </span>
                )
              })}
            </div>
          )
        })}
      </div>
    </div>
  )
}

function cellId(key: number, column: SheetColumn): string {
  return `sheet-${key}-${column}`
}

function areaOf(a: Place, b: Place) {
  return {
    top: Math.min(a.row, b.row),
    bottom: Math.max(a.row, b.row),
    left: Math.min(a.column, b.column),
    right: Math.max(a.column, b.column),
  }
}
