import type { ImportedAccount, ImportedInstrument, ImportedTransaction } from './imported-file.ts'
import type { RowReport } from './row-report.ts'

/** Rows that stand in memory together, with their reports; files of more are read in pieces. */
export const mostRowsInMemory = 10_000

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
