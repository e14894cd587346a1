import {
  columnOrderingFeature,
  columnVisibilityFeature,
  createSortedRowModel,
  rowSortingFeature,
  sortFn_basic,
  sortFn_text,
  tableFeatures,
  useTable,
} from '@tanstack/react-table'
import { useWindowVirtualizer } from '@tanstack/react-virtual'
import { type CSSProperties, Fragment, type ReactNode, useLayoutEffect, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Density } from '../../store/preferences.ts'
import { useStoreState } from '../../store/store.ts'
import type { TableColumn, TableView } from './table-column.ts'

const features = tableFeatures({
  rowSortingFeature,
  columnVisibilityFeature,
  columnOrderingFeature,
  sortedRowModel: createSortedRowModel(),
  sortFns: { basic: sortFn_basic, text: sortFn_text },
})

/** As tokens.css and web.css have them, in pixels. */
const rowHeights: Record<Density, number> = { compact: 28, regular: 36, touch: 44 }

/** Tables longer than this draw only the rows in view. */
const virtualFrom = 120

interface DataTableProps<Row> {
  readonly label: string
  readonly columns: readonly TableColumn<Row>[]
  readonly rows: readonly Row[]
  readonly rowId: (row: Row) => string
  readonly view: TableView
  readonly onSort: (sort: TableView['sort']) => void
  /** Key and name of a row's group; groups stand in the order in which their rows come. */
  readonly groupOf?: ((row: Row) => { key: string; name: ReactNode }) | undefined
  readonly touch?: boolean
  readonly totals?: boolean
  readonly className?: string
  readonly rowClass?: (row: Row) => string
}

type Line<Row> =
  | { readonly kind: 'group'; readonly key: string; readonly name: ReactNode; readonly rows: readonly Row[] }
  | { readonly kind: 'row'; readonly key: string; readonly row: Row }

/** Columns in the order in which they are shown. */
export function shownColumns<Row>(columns: readonly TableColumn<Row>[], view: TableView): TableColumn<Row>[] {
  const pinned = columns.filter((column) => column.pinned)
  const rest = view.columns
    ? view.columns.flatMap((id) => columns.find((column) => column.id === id && !column.pinned) ?? [])
    : columns.filter((column) => !column.pinned && !column.startsHidden)
  return [...pinned, ...rest]
}

/** Sorted rows, shown columns: what is exported is what is seen. */
export function DataTable<Row extends object>({
  label,
  columns,
  rows,
  rowId,
  view,
  onSort,
  groupOf,
  touch = false,
  totals = false,
  className = '',
  rowClass,
}: DataTableProps<Row>) {
  const { t } = useTranslation()
  const shown = useMemo(() => shownColumns(columns, view), [columns, view])
  const sorted = useSortedRows(columns, rows, rowId, view)
  const lines = useMemo(() => linesOf(sorted, rowId, groupOf), [sorted, rowId, groupOf])
  const { box, from, to, before, after } = useWindow(lines.length, touch)
  const sum = shown.some((column) => column.width) ? undefined : 'auto'
  const style: CSSProperties = sum ? { tableLayout: 'auto' } : {}
  return (
    <table
      ref={box}
      className={`t cards virtual ${touch ? 'touch' : ''} ${className}`}
      aria-label={label}
      aria-rowcount={lines.length + 1}
      style={style}
    >
      <thead className="stuck">
        <tr aria-rowindex={1}>
          {shown.map((column) => (
            <Head key={column.id} column={column} sort={view.sort} onSort={onSort} words={t('table.sortBy', { name: column.head })} />
          ))}
        </tr>
      </thead>
      <tbody>
        {before > 0 ? <Space height={before} columns={shown.length} /> : null}
        {lines.slice(from, to).map((line, index) => (
          <Fragment key={line.key}>
            {line.kind === 'group' ? (
              <tr className="grp" aria-rowindex={from + index + 2}>
                {shown.map((column, at) => (
                  <td key={column.id} className={`${at === 0 ? 'a' : (column.card ?? '')} ${column.numeric ? 'n' : ''}`}>
                    {at === 0 ? (
                      <span className="name">
                        {line.name} <small>{line.rows.length}</small>
                      </span>
                    ) : line.rows.length > 1 ? (
                      column.groupTotal?.(line.rows)
                    ) : null}
                  </td>
                ))}
              </tr>
            ) : (
              <tr className={rowClass?.(line.row) ?? ''} aria-rowindex={from + index + 2}>
                {shown.map((column) => (
                  <td key={column.id} className={`${column.card ?? ''} ${column.numeric ? 'n' : ''} ${column.className ?? ''}`}>
                    {column.cell(line.row)}
                  </td>
                ))}
              </tr>
            )}
          </Fragment>
        ))}
        {after > 0 ? <Space height={after} columns={shown.length} /> : null}
      </tbody>
      {totals ? (
        <tfoot>
          <tr>
            {shown.map((column) => (
              <td
                key={column.id}
                className={`${column.card === 'a' || column.card === 'b' ? column.card : ''} ${column.numeric ? 'n' : ''}`}
              >
                {column.total}
              </td>
            ))}
          </tr>
        </tfoot>
      ) : null}
    </table>
  )
}

function Head<Row>({
  column,
  sort,
  onSort,
  words,
}: {
  column: TableColumn<Row>
  sort: TableView['sort']
  onSort: DataTableProps<Row>['onSort']
  words: string
}) {
  const sorted = sort?.id === column.id
  const turned = sorted ? !sort.desc : column.numeric === true
  return (
    <th
      className={`${column.numeric ? 'n' : ''} ${sorted ? 'sorted' : ''}`}
      style={column.width ? { width: column.width } : {}}
      aria-sort={sorted ? (sort.desc ? 'descending' : 'ascending') : column.sortBy ? 'none' : undefined}
    >
      {column.sortBy ? (
        <button type="button" className="by" title={words} onClick={() => onSort({ id: column.id, desc: turned })}>
          {column.head}
          {sorted ? <span className={sort.desc ? 'sort' : 'sort asc'} /> : null}
        </button>
      ) : column.quietHead ? (
        <span className="sr">{column.head}</span>
      ) : (
        column.head
      )}
    </th>
  )
}

function Space({ height, columns }: { height: number; columns: number }) {
  return (
    <tr className="space" style={{ height }}>
      <td colSpan={columns} />
    </tr>
  )
}

/** Sorted by TanStack Table; an unknown stands last, whichever the way. */
export function useSortedRows<Row extends object>(
  columns: readonly TableColumn<Row>[],
  rows: readonly Row[],
  rowId: (row: Row) => string,
  view: TableView,
): Row[] {
  const definitions = useMemo(
    () =>
      columns.map((column) => ({
        id: column.id,
        accessorFn: (row: Row) => column.sortBy?.(row) ?? undefined,
        sortUndefined: 'last' as const,
        sortFn: column.numeric ? ('basic' as const) : ('text' as const),
      })),
    [columns],
  )
  const data = useMemo(() => [...rows], [rows])
  const sorting = useMemo(() => (view.sort ? [{ ...view.sort }] : []), [view.sort])
  const table = useTable({ features, columns: definitions, data, getRowId: rowId, state: { sorting } })
  return table.getRowModel().rows.map((row) => row.original)
}

function linesOf<Row>(rows: readonly Row[], rowId: (row: Row) => string, groupOf: DataTableProps<Row>['groupOf']): Line<Row>[] {
  const line = (row: Row): Line<Row> => ({ kind: 'row', key: rowId(row), row })
  if (!groupOf) return rows.map(line)
  const groups = new Map<string, { name: ReactNode; rows: Row[] }>()
  for (const row of rows) {
    const { key, name } = groupOf(row)
    const group = groups.get(key) ?? { name, rows: [] }
    group.rows.push(row)
    groups.set(key, group)
  }
  return [...groups].flatMap(([key, group]) => [{ kind: 'group' as const, key: `group ${key}`, ...group }, ...group.rows.map(line)])
}

/** Which lines are in view, and how much room the others take. */
function useWindow(count: number, touch: boolean) {
  const box = useRef<HTMLTableElement>(null)
  const [top, setTop] = useState(0)
  const density = useStoreState((state) => state.preferences.density)
  useLayoutEffect(() => {
    if (box.current) setTop(box.current.getBoundingClientRect().top + window.scrollY)
  }, [])
  const phone = typeof window.matchMedia === 'function' && window.matchMedia('(max-width: 760px)').matches
  const height = phone ? 61 : touch ? rowHeights.touch : rowHeights[density]
  const virtual = useWindowVirtualizer({ count, estimateSize: () => height, overscan: 15, scrollMargin: top, enabled: count > virtualFrom })
  if (count <= virtualFrom) return { box, from: 0, to: count, before: 0, after: 0 }
  const items = virtual.getVirtualItems()
  const first = items[0]
  const last = items.at(-1)
  if (!first || !last) return { box, from: 0, to: Math.min(count, 40), before: 0, after: Math.max(0, count - 40) * height }
  return { box, from: first.index, to: last.index + 1, before: first.start - top, after: virtual.getTotalSize() - (last.end - top) }
}
