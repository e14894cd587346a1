import { refusalCodes } from '@pe/finance/refusal-codes.ts'
import { type Static, Type } from 'typebox'
import { accountId } from './accounts.ts'
import { routes } from './route.ts'
import { DecimalText, Id, Money, Note } from './scalars.ts'
import { EventKind, statement, Transaction, transactionId } from './transactions.ts'

const closed = { additionalProperties: false } as const
const {
  kind: _kind,
  instrumentId: _instrument,
  quantity: _quantity,
  toAccountId: _to,
  received: _received,
  lots: _lots,
  ...shared
} = statement

/**
 * What a person states as one and the book keeps as several legs: income, and a purchase for its gross amount. `fee`, `tax` and `charges`
 * are of the income.
 */
export const NewEvent = Type.Object(
  {
    ...shared,
    kind: EventKind,
    /** The instrument that paid. */
    instrumentId: Id,
    /** Units received. */
    quantity: DecimalText,
    /** The instrument received, when not the one that paid. */
    receivedInstrumentId: Type.Optional(Id),
    state: Type.Optional(Type.Union([Type.Literal('posted'), Type.Literal('draft')])),
  },
  { title: 'NewEvent', ...closed },
)
export type NewEvent = Static<typeof NewEvent>

/** The legs as recorded, and what the account holds of the instrument received and of cash after them. */
export const EventBooking = Type.Object(
  {
    eventId: Id,
    kind: EventKind,
    legs: Type.Array(Transaction),
    unitsAfter: Type.Union([DecimalText, Type.Null()]),
    cashAfter: Type.Array(Money),
  },
  { title: 'EventBooking', ...closed },
)
export type EventBooking = Static<typeof EventBooking>

export const eventRoutes = routes({
  recordEvent: {
    method: 'POST',
    path: '/accounts/{accountId}/events',
    permission: 'book.write',
    summary: 'Record an event of several legs: a reinvested dividend, a dividend or interest in kind',
    params: accountId,
    body: NewEvent,
    reply: EventBooking,
    status: 201,
    refusals: ['not_found', ...refusalCodes, 'key_reused', 'key_in_use'],
  },
  replaceByEvent: {
    method: 'POST',
    path: '/transactions/{transactionId}/replace-by-event',
    permission: 'book.write',
    summary: 'Correct a transaction, or the event it is a leg of, by recording an event in its place',
    params: transactionId,
    body: Type.Object({ reason: Type.Optional(Note), event: NewEvent }, closed),
    reply: EventBooking,
    version: 'if-match',
    refusals: ['not_found', 'changed_meanwhile', 'precondition_required', 'already_void', ...refusalCodes],
  },
})
