import { useState } from 'react'
import { DataTable } from '../common/DataTable.tsx'
import type { TableColumn, TableView } from '../common/table-column.ts'

interface PlainTableProps<Row> {
  readonly label: string
  readonly columns: readonly TableColumn<Row>[]
  readonly rows: readonly Row[]
  readonly rowId: (row: Row) => string
  readonly sortedBy: TableView['sort']
  readonly rowClass?: (row: Row) => string
}

/** A table that a settings page brings along: it sorts, long ones draw what is in view, and its order is nothing to bookmark. */
export function PlainTable<Row extends object>({ label, columns, rows, rowId, sortedBy, rowClass }: PlainTableProps<Row>) {
  const [sort, setSort] = useState(sortedBy)
  return (
    <DataTable
      touch
      className="people"
      label={label}
      columns={columns}
      rows={rows}
      rowId={rowId}
      view={{ sort, columns: null, group: null }}
      onSort={setSort}
      {...(rowClass ? { rowClass } : {})}
    />
  )
}
