import type { FileNote } from '@pe/contracts/import-notes.ts'
import type { Import, ImportRow, Mapping } from '@pe/contracts/integration.ts'
import type { ColumnType } from 'kysely'

type Moment = ColumnType<Date, string, string>
type Json<T> = ColumnType<T, string, string>

export interface ImportTable {
  id: string
  organisation_id: string
  file_key: string
  file_name: string
  size: number
  state: Import['state']
  format: string
  variant: string
  content: Import['content']
  mapping: ColumnType<Mapping | null, string | null, string | null>
  sample: ColumnType<Import['sample'], string | null, string | null>
  portfolio: string | null
  asked_currency: string | null
  portfolio_id: string | null
  base_currency: string | null
  counts: Json<Import['counts']>
  adds: Json<Import['adds']>
  notes: Json<FileNote[]>
  instrument_ids: ColumnType<string[], string | undefined, string>
  created_at: Moment
  committing_at: ColumnType<Date | null, string | null | undefined, string | null>
  committed_at: ColumnType<Date | null, string | null | undefined, string | null>
  undone_at: ColumnType<Date | null, string | null | undefined, string | null>
}

export interface ImportRowTable extends ImportRow {
  import_id: string
  organisation_id: string
}

export interface IntegrationTables {
  import: ImportTable
  import_row: ImportRowTable
}
