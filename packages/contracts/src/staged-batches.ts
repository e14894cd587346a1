import { Type } from 'typebox'
import { NewAccount } from './accounts.ts'
import { BatchOutcome, BatchRow, BatchTransaction, StandIns } from './batches.ts'
import { routes } from './route.ts'
import { CurrencyCode, Id, Name } from './scalars.ts'

const closed = { additionalProperties: false } as const
const importId = Type.Object({ importId: Id }, closed)

/** Where the rows of a staged batch go: the same with every call about it. */
const destination = {
  accounts: Type.Array(Type.Object({ key: Type.String({ maxLength: 200 }), accountId: Type.Optional(Id), account: NewAccount }, closed)),
  portfolio: Type.Optional(Type.Object({ name: Name, baseCurrency: CurrencyCode }, closed)),
}

/**
 * Batches of more rows than one call should carry, for other services only: pieces are staged beside the book, judged together, and recorded
 * in one database transaction.
 */
export const stagedBatchRoutes = routes({
  stageRows: {
    method: 'POST',
    path: '/internal/staged-batches/{importId}/rows',
    permission: 'service',
    summary: 'Put a piece of a batch beside the book; the piece from 0 on begins anew',
    params: importId,
    body: Type.Object({ ...destination, from: Type.Integer({ minimum: 0 }), transactions: Type.Array(BatchTransaction) }, closed),
    reply: Type.Object({ staged: Type.Integer() }, closed),
    refusals: ['not_found', 'unknown_currency'],
  },
  judgeStaged: {
    method: 'POST',
    path: '/internal/staged-batches/{importId}/judge',
    permission: 'service',
    summary: 'Find what is known already and what the accounts do not hold',
    params: importId,
    body: Type.Object(destination, closed),
    reply: BatchOutcome,
    refusals: ['not_found', 'unknown_currency'],
  },
  stagedVerdicts: {
    method: 'POST',
    path: '/internal/staged-batches/{importId}/verdicts',
    permission: 'service',
    summary: 'The rows that would not be recorded, in their order',
    params: importId,
    body: Type.Object({ after: Type.Integer(), limit: Type.Integer({ minimum: 1, maximum: 50_000 }) }, closed),
    reply: Type.Object({ rows: Type.Array(BatchRow) }, closed),
  },
  recordStaged: {
    method: 'POST',
    path: '/internal/staged-batches/{importId}/record',
    permission: 'service',
    summary: 'Record what was staged and judged in one database transaction, or nothing',
    params: importId,
    body: Type.Object(
      {
        ...destination,
        skipRefused: Type.Boolean(),
        instruments: StandIns,
      },
      closed,
    ),
    reply: BatchOutcome,
    refusals: ['rows_in_error', 'unknown_currency', 'period_closed'],
  },
  dropStaged: {
    method: 'POST',
    path: '/internal/staged-batches/{importId}/drop',
    permission: 'service',
    summary: 'Forget what was staged',
    params: importId,
    body: Type.Object({}, closed),
    reply: Type.Object({}, closed),
  },
})
