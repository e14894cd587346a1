import type { ColumnType } from 'kysely'

/** A batch whose rows wait beside the book. */
interface StagedBatchTable {
  import_id: string
  organisation_id: string
  account_ids: ColumnType<Readonly<Record<string, string>>, string, string>
  judged: string | null
  staged_at: ColumnType<string, string, string>
}

interface Place {
  /** What an entry of the chain says of it but its place (`statedOf`). */
  stated: string
  rank: number
  place: number
  row: number
}

interface StagedVerdictTable {
  import_id: string
  organisation_id: string
  row: number
  result: 'duplicate' | 'refused'
  code: string | null
  detail: string | null
  facts: ColumnType<Readonly<Record<string, string>> | null, string | null, string | null>
}

/** Rows on their way into the journal, whose table is `Journal`. */
export interface StagedTables<Journal> {
  staged_batch: StagedBatchTable
  staged_transaction: Omit<Journal, 'sequence' | 'version' | 'change'> & Place
  staged_verdict: StagedVerdictTable
}
