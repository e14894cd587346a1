import type { FileNote, VariantNote } from '@pe/contracts/import-notes.ts'
import type { Import, ImportRow, Mapping } from '@pe/contracts/integration.ts'
import type { ColumnType } from 'kysely'
import type { LongEnd } from '../importers/imported-file.ts'

/** What is known of a staged file: the end of its reading, and the instruments that its rows were handed to the book with. */
export interface StagedAbout extends LongEnd {
  readonly ids: Readonly<Record<string, string>>
  /** True once a commit has judged the rows again: what the preview told of them holds no more, whether or not that commit went through. */
  readonly judgedAgain?: boolean
}

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
  variant_note: ColumnType<VariantNote | null, string | null | undefined, string | null>
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

/** A row that waits between the parser and the book. */
export interface StagedRowTable extends Omit<ImportRowTable, 'note'> {
  note: ColumnType<ImportRow['note'], string | null, string | null>
}

/** What a row states, as JSON. */
export interface StagedTextTable {
  import_id: string
  organisation_id: string
  row: number
  date: string
  transaction: string
}

export interface StagedVerdictTable
  extends Pick<ImportRowTable, 'import_id' | 'organisation_id' | 'row' | 'state' | 'draft' | 'code' | 'reason'> {
  note: ColumnType<ImportRow['note'], string | null, string | null>
}

export interface StagedFileTable {
  import_id: string
  organisation_id: string
  about: Json<StagedAbout>
  staged_at: Moment
}

export interface IntegrationTables {
  staged_row: StagedRowTable
  staged_text: StagedTextTable
  staged_verdict: StagedVerdictTable
  staged_file: StagedFileTable
  import: ImportTable
  import_row: ImportRowTable
}
