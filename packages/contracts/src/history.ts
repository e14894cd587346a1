import { type Static, Type } from 'typebox'
import { routes } from './route.ts'
import { Id, Instant } from './scalars.ts'
import { EventKind, Transaction, transactionId } from './transactions.ts'

const closed = { additionalProperties: false } as const

/** What an act changed of the version before: a field of the statement as text, null where there was none. */
export const FieldChange = Type.Object(
  { field: Type.String(), before: Type.Union([Type.String(), Type.Null()]), after: Type.Union([Type.String(), Type.Null()]) },
  { title: 'FieldChange', ...closed },
)
export type FieldChange = Static<typeof FieldChange>

/** Somebody recorded, corrected, voided or reinstated a transaction, or an event with all its legs. */
export const HistoryAct = Type.Object(
  {
    act: Type.Union([Type.Literal('recorded'), Type.Literal('corrected'), Type.Literal('voided'), Type.Literal('reinstated')]),
    at: Instant,
    by: Id,
    reason: Type.Union([Type.String(), Type.Null()]),
    /** Set where it is an event of several legs. */
    eventKind: Type.Union([EventKind, Type.Null()]),
    /** The version that this made or, of `voided`, ended; several for an event. */
    transactions: Type.Array(Transaction),
    changes: Type.Array(FieldChange),
  },
  { title: 'HistoryAct', ...closed },
)
export type HistoryAct = Static<typeof HistoryAct>

export const TransactionHistory = Type.Object(
  {
    /** In the order in which it was done. */
    acts: Type.Array(HistoryAct),
  },
  { title: 'TransactionHistory', ...closed },
)
export type TransactionHistory = Static<typeof TransactionHistory>

export const historyRoutes = routes({
  transactionHistory: {
    method: 'GET',
    path: '/transactions/{transactionId}/history',
    permission: 'book.read',
    summary: 'Every version of a transaction: who stated what, when and why',
    params: transactionId,
    reply: TransactionHistory,
    refusals: ['not_found'],
  },
})
