import type { coreRoutes } from '@pe/contracts/core.ts'
import type { Input } from '@pe/contracts/route.ts'
import type { CheckedRow } from './checked-row.ts'

/** Where the rows of a batch go, as it says. */
export type Destination = Pick<Input<typeof coreRoutes.recordBatch>['body'], 'accounts' | 'portfolio'>

/** What a dry run found: rows in ledger order that would all be recorded, into accounts that are still to be opened. */
export interface JudgedBatch {
  readonly organisationId: string
  readonly importId: string
  readonly destination: Destination
  /** The ids that the rows give their accounts, by key. */
  readonly accountIds: ReadonlyMap<string, string>
  readonly rows: readonly CheckedRow[]
}

/** Rows that are remembered, all together: about 1.5 KB each. */
const mostRows = 20_000

/**
 * Verdicts of dry runs, so that recording need not judge the same rows again. What is not here (a restart, another process, a larger batch)
 * is handed over and judged once more.
 */
export class JudgedBatches {
  readonly #byVerdict = new Map<string, JudgedBatch>()
  #rows = 0

  keep(verdict: string, batch: JudgedBatch): void {
    this.#byVerdict.set(verdict, batch)
    this.#rows += batch.rows.length
    for (const oldest of this.#byVerdict.keys()) {
      if (this.#rows <= mostRows) return
      this.take(oldest)
    }
  }

  take(verdict: string): JudgedBatch | undefined {
    const batch = this.#byVerdict.get(verdict)
    if (batch) this.#rows -= batch.rows.length
    this.#byVerdict.delete(verdict)
    return batch
  }
}
