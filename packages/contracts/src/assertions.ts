import { type Static, Type } from 'typebox'
import { page } from './page.ts'
import { routes } from './route.ts'
import { CurrencyCode, Cursor, DecimalText, Id, Instant, Limit, Money, Note, PlainDate } from './scalars.ts'

const closed = { additionalProperties: false } as const

/** What a statement says: so much cash in one currency, or so many units of one instrument. */
export const NewBalanceAssertion = Type.Object(
  {
    accountId: Id,
    /** At the end of this day. */
    date: PlainDate,
    cash: Type.Optional(Money),
    units: Type.Optional(Type.Object({ instrumentId: Id, quantity: DecimalText }, closed)),
    note: Type.Optional(Note),
  },
  { title: 'NewBalanceAssertion', ...closed },
)
export type NewBalanceAssertion = Static<typeof NewBalanceAssertion>

/** Never a posting: every reading holds it against the book as it stands then. */
export const BalanceAssertion = Type.Object(
  {
    id: Id,
    accountId: Id,
    date: PlainDate,
    /** One of these two is null. */
    instrumentId: Type.Union([Id, Type.Null()]),
    currency: Type.Union([CurrencyCode, Type.Null()]),
    stated: DecimalText,
    /** What the book says; null where a rate is missing. */
    figured: Type.Union([DecimalText, Type.Null()]),
    /** Figured less stated: positive where the book has more than the statement. */
    difference: Type.Union([DecimalText, Type.Null()]),
    result: Type.Union([Type.Literal('holds'), Type.Literal('differs'), Type.Literal('unknown')]),
    note: Note,
    recordedAt: Instant,
  },
  { title: 'BalanceAssertion', ...closed },
)
export type BalanceAssertion = Static<typeof BalanceAssertion>

export const assertionRoutes = routes({
  listBalanceAssertions: {
    method: 'GET',
    path: '/balance-assertions',
    permission: 'book.read',
    summary: 'What statements say that accounts held, newest day first, each with what the book says',
    query: Type.Object(
      { accountId: Type.Optional(Id), portfolioId: Type.Optional(Id), cursor: Type.Optional(Cursor), limit: Type.Optional(Limit) },
      closed,
    ),
    reply: page(BalanceAssertion, 'BalanceAssertionPage'),
    refusals: ['not_found'],
  },
  assertBalance: {
    method: 'POST',
    path: '/balance-assertions',
    permission: 'book.write',
    summary: 'Keep what a statement says an account held at the end of a day',
    body: NewBalanceAssertion,
    reply: BalanceAssertion,
    status: 201,
    refusals: [
      'not_found',
      'date_in_future',
      'field_missing',
      'field_not_allowed',
      'unknown_currency',
      'instrument_missing',
      'too_precise',
      'too_large',
      'key_reused',
      'key_in_use',
    ],
  },
  withdrawAssertion: {
    method: 'DELETE',
    path: '/balance-assertions/{assertionId}',
    permission: 'book.write',
    summary: 'Take back what a statement was said to say',
    params: Type.Object({ assertionId: Id }, closed),
    reply: Type.Object({ id: Id }, { title: 'AssertionWithdrawn', ...closed }),
    refusals: ['not_found'],
  },
})
