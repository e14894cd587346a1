import type { ColumnType } from 'kysely'
import type { TransactionTable } from './tables.ts'

/** A batch whose rows wait beside the book. */
interface StagedBatchTable {
  import_id: string
  organisation_id: string
  account_ids: ColumnType<Readonly<Record<string, string>>, string, string>
  judged: string | null
  staged_at: ColumnType<string, string, string>
}

interface StagedTransactionTable extends Omit<TransactionTable, 'sequence' | 'version' | 'change'> {
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
}

/** Rows on their way into the journal. */
export interface StagedTables {
  staged_batch: StagedBatchTable
  staged_transaction: StagedTransactionTable
  staged_verdict: StagedVerdictTable
}
