import type { Facts } from '@pe/finance/outcome.ts'
import type { Statement } from '../statement.ts'

/** What is said of a row of a batch. */
export interface JudgedRow {
  readonly row: number
  readonly result: 'recorded' | 'duplicate' | 'refused'
  readonly code?: string
  readonly detail?: string
  readonly facts?: Facts
}

/** A row whose fields are right, as it would be saved. */
export interface CheckedRow {
  readonly row: number
  readonly sourceKey: string
  readonly statement: Statement
}
