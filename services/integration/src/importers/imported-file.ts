import type { NewAccount } from '@pe/contracts/accounts.ts'
import type { BatchTransaction } from '@pe/contracts/batches.ts'
import type { FileNote, VariantNote } from '@pe/contracts/import-notes.ts'
import type { Import, Mapping } from '@pe/contracts/integration.ts'
import type { DailyRate, NewInstrument } from '@pe/contracts/market.ts'
import type { BatchTaxonomy } from '@pe/contracts/taxonomies.ts'
import type { CloseColumn } from './close-column.ts'
import type { RowLog } from './row-log.ts'
import type { RowReport } from './row-report.ts'

/** A transaction as a file states it: instruments by the file's own key, since nothing has been looked up yet. */
export interface ImportedTransaction extends Omit<BatchTransaction, 'instrumentId'> {
  instrumentKey?: string
}

export interface ImportedInstrument {
  readonly key: string
  /** A price file may not say the currency: then only an instrument that is known already can take its closes. */
  readonly instrument: Omit<NewInstrument, 'currency'> & { currency: string | null }
}

export interface ImportedAccount {
  readonly key: string
  readonly account: NewAccount
}

/** `row` stands for the whole series where the file counts series; `rows` has the row of each entry where it counts them. */
export interface SeriesRows {
  readonly row?: number
  readonly rows?: readonly number[]
}

export interface ImportedCloses extends SeriesRows {
  readonly key: string
  readonly closes: CloseColumn
}

export interface ImportedRates extends SeriesRows {
  readonly base: DailyRate['base']
  readonly quote: DailyRate['quote']
  readonly rates: CloseColumn
}

/** A tree of the file: instruments and accounts by the file's own keys. */
export interface ImportedTaxonomy extends Omit<BatchTaxonomy, 'assignments'> {
  readonly assignments: readonly { nodeKey: string; instrumentKey?: string; accountKey?: string; weight: string }[]
}

/** The transactions of a file with too many rows to hold, which is read piece by piece. */
export interface LongTransactions {
  /** Hands over every row, in the order of the file; waits for `see` before it reads on. */
  read(see: (piece: LongPiece) => Promise<void>): Promise<LongEnd>
}

export interface LongPiece {
  readonly reports: readonly RowReport[]
  /** Of those rows that become one: as the file states it, before anything is done about missing cash. */
  readonly transactions: readonly ImportedTransaction[]
}

/** What is known only at the end. */
export interface LongEnd {
  readonly rows: number
  readonly instruments: readonly ImportedInstrument[]
  readonly accounts: readonly ImportedAccount[]
  /** Of the transactions. */
  readonly currencies: readonly string[]
  /** Trades move no cash here, see trade-only.ts. */
  readonly asDeliveries: boolean
  /** The file lists the newest first: its days are to be read from its end. */
  readonly newestFirst: boolean
}

/** The pure result of reading a file: what it holds, and one entry per row of the source. Nothing has been looked up or recorded. */
export interface ImportedFile {
  readonly format: string
  /** For people: 'XML, file version 29, relative references'. */
  readonly variant: string
  readonly variantNote: VariantNote
  readonly content: Import['content']
  readonly mapping: Mapping | null
  /** Headers and first rows of a CSV. */
  readonly sample: Import['sample']
  /** True when nothing could be read before the columns are mapped. */
  readonly needsMapping: boolean
  readonly baseCurrency: string | null
  readonly instruments: readonly ImportedInstrument[]
  readonly accounts: readonly ImportedAccount[]
  /** In the order in which they are to be recorded. */
  readonly transactions: readonly ImportedTransaction[]
  readonly closes: readonly ImportedCloses[]
  readonly rates: readonly ImportedRates[]
  readonly taxonomies?: readonly ImportedTaxonomy[]
  readonly rows: RowLog
  /** In place of instruments, accounts, transactions and rows, where there are too many rows to hold. */
  readonly long?: LongTransactions
  readonly notes: readonly FileNote[]
}
