import { type Static, Type } from 'typebox'
import { routes } from './route.ts'
import { Id, Note } from './scalars.ts'
import { Booking, Transaction, transactionId } from './transactions.ts'

const closed = { additionalProperties: false } as const

/** What waits for a person. */
export const OpenTransactions = Type.Object(
  { drafts: Type.Integer(), needsReview: Type.Integer() },
  { title: 'OpenTransactions', ...closed },
)
export type OpenTransactions = Static<typeof OpenTransactions>

export const draftRoutes = routes({
  openTransactions: {
    method: 'GET',
    path: '/transaction-counts',
    permission: 'book.read',
    summary: 'How many drafts there are, and how many transactions need a review',
    query: Type.Object({ portfolioId: Type.Optional(Id), accountId: Type.Optional(Id) }, closed),
    reply: OpenTransactions,
    refusals: ['not_found'],
  },
  postDraft: {
    method: 'POST',
    path: '/transactions/{transactionId}/post',
    permission: 'book.write',
    summary: 'Post a draft: it is judged like any record, and then counts',
    params: transactionId,
    body: Type.Object({}, closed),
    reply: Booking,
    version: 'if-match',
    refusals: [
      'not_found',
      'not_a_draft',
      'already_void',
      'changed_meanwhile',
      'precondition_required',
      'period_closed',
      'date_in_future',
      'field_missing',
      'not_enough_units',
      'lots_do_not_match',
    ],
  },
  postDrafts: {
    method: 'POST',
    path: '/transactions/post-drafts',
    permission: 'book.write',
    summary: 'Post several drafts, oldest first, or none of them',
    body: Type.Object({ transactionIds: Type.Array(Id, { minItems: 1, maxItems: 1000 }) }, { title: 'DraftsToPost', ...closed }),
    reply: Type.Object({ posted: Type.Array(Id) }, { title: 'DraftsPosted', ...closed }),
    refusals: ['not_found', 'rows_in_error', 'period_closed', 'key_reused', 'key_in_use'],
  },
  askForReview: {
    method: 'POST',
    path: '/transactions/{transactionId}/needs-review',
    permission: 'book.write',
    summary: 'Ask for another look at a transaction, and say why; it counts as before',
    params: transactionId,
    body: Type.Object({ reason: Note }, { title: 'ReviewAsked', ...closed }),
    reply: Transaction,
    refusals: ['not_found', 'already_void'],
  },
  markReviewed: {
    method: 'POST',
    path: '/transactions/{transactionId}/reviewed',
    permission: 'book.write',
    summary: 'Say that somebody has looked at it',
    params: transactionId,
    body: Type.Object({}, closed),
    reply: Transaction,
    refusals: ['not_found'],
  },
})
