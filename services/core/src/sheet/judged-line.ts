import type { LedgerTransaction } from '@pe/finance/ledger/transaction.ts'
import type { Facts } from '@pe/finance/outcome.ts'
import type { Statement } from '../statement.ts'
import { ledgerEntryOf, type TransactionRow } from '../store/transactions.ts'

/** What a line of a sheet would do: put something in place of nothing, of what stands, or nothing in its place. */
export interface JudgedLine {
  readonly line: number
  readonly old: TransactionRow | null
  readonly statement: Statement | null
  readonly refusal: { readonly code: string; readonly detail: string; readonly facts?: Facts } | null
}

/** What it adds to the book, and what it takes away. */
export function addedBy({ statement, refusal }: JudgedLine): LedgerTransaction[] {
  return statement?.state === 'posted' && !refusal ? [statement.entry] : []
}

export function removedBy({ old, refusal }: JudgedLine): LedgerTransaction[] {
  return old?.state === 'posted' && !refusal ? [ledgerEntryOf(old)] : []
}
