import type { coreRoutes } from '@pe/contracts/core.ts'
import type { Input } from '@pe/contracts/route.ts'
import type { PlainDate } from '@pe/finance/time/plain-date.ts'
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
  /** Of the portfolio; null while it stands open, and for one that is still to be opened. */
  readonly archivedOn: PlainDate | null
}
