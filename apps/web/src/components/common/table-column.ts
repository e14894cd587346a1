import type { ReactNode } from 'react'

/** One column of a DataTable. */
export interface TableColumn<Row> {
  readonly id: string
  /** Head, with its unit: "Value EUR". */
  readonly head: string
  /** Its cells are buttons that speak for themselves: the head is for those who hear the table. */
  readonly quietHead?: boolean
  readonly cell: (row: Row) => ReactNode
  /** As copied and exported: plain, without thousands signs; '' where unknown. */
  readonly text: (row: Row) => string
  /** What it sorts by; unknowns stand last. Not sortable without. */
  readonly sortBy?: (row: Row) => number | string | null
  /** Right-aligned figures. */
  readonly numeric?: boolean
  /** Pixels; the rest of the width goes to the columns without one. */
  readonly width?: number
  /** Where it stands in the list of a phone: a name, b value, c and d lesser. */
  readonly card?: 'a' | 'b' | 'c' | 'd'
  readonly className?: string
  /** Cannot be hidden, stands first. */
  readonly pinned?: boolean
  readonly startsHidden?: boolean
  /** In the totals row. */
  readonly total?: ReactNode
  /** In the row of a group. */
  readonly groupTotal?: (rows: readonly Row[]) => ReactNode
}

/** What of a table the address keeps. */
export interface TableView {
  readonly sort: { readonly id: string; readonly desc: boolean } | null
  /** Ids of shown columns in order; null for the table's own choice. */
  readonly columns: readonly string[] | null
  readonly group: string | null
}
