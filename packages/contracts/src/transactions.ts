import { type ChargeKind, chargeKinds } from '@pe/finance/ledger/charges.ts'
import type { EventKind as LedgerEventKind, LegName } from '@pe/finance/ledger/event-legs.ts'
import { eventKinds, legNames } from '@pe/finance/ledger/event-legs.ts'
import type { RecordedKind } from '@pe/finance/ledger/transaction.ts'
import { recordedKinds } from '@pe/finance/ledger/transaction.ts'
import { refusalCodes } from '@pe/finance/refusal-codes.ts'
import { type Static, Type } from 'typebox'
import { accountId } from './accounts.ts'
import { page } from './page.ts'
import { routes } from './route.ts'
import { CurrencyCode, Cursor, DecimalText, Facts, Id, Instant, KnownAt, Limit, Money, Note, PlainDate, TimeOfDay } from './scalars.ts'

const closed = { additionalProperties: false } as const
export const transactionId = Type.Object({ transactionId: Id }, closed)

export const TransactionKind = Type.Unsafe<RecordedKind>(Type.String({ title: 'TransactionKind', enum: [...recordedKinds] }))

/** Only posted transactions count. */
export const TransactionState = Type.Union([Type.Literal('posted'), Type.Literal('draft'), Type.Literal('void')], {
  title: 'TransactionState',
})
export type TransactionState = Static<typeof TransactionState>

export const RecordedRate = Type.Object({ from: CurrencyCode, to: CurrencyCode, value: DecimalText }, { title: 'RecordedRate', ...closed })

export const LotChoice = Type.Object({ transactionId: Id, quantity: DecimalText }, { title: 'LotChoice', ...closed })

const charge = {
  kind: Type.Unsafe<ChargeKind>(Type.String({ enum: [...chargeKinds] })),
  amount: DecimalText,
  currency: CurrencyCode,
}

/** A fee or a tax in a currency of its own; 1 `currency` = `rate` of the transaction's. Without it the market's rate of the day is taken. */
export const NewCharge = Type.Object(
  { ...charge, rate: Type.Optional(DecimalText), note: Type.Optional(Note) },
  { title: 'NewCharge', ...closed },
)

/** As recorded: `booked` is what it came to in the transaction's currency. */
export const Charge = Type.Object(
  { ...charge, rate: Type.Union([DecimalText, Type.Null()]), note: Note, booked: DecimalText },
  { title: 'Charge', ...closed },
)
export type Charge = Static<typeof Charge>

export const EventKind = Type.Unsafe<LedgerEventKind>(Type.String({ title: 'EventKind', enum: [...eventKinds] }))

/** The event that a transaction is a leg of: void, replace and reinstate act on all its legs. */
export const LegOf = Type.Object(
  { id: Id, kind: EventKind, leg: Type.Unsafe<LegName>(Type.String({ enum: [...legNames] })) },
  { title: 'LegOf', ...closed },
)
export type LegOf = Static<typeof LegOf>

/** What a person states. Amounts and quantities are positive: the kind gives the direction. `amount` is gross, before fee and tax. */
export const statement = {
  kind: TransactionKind,
  date: PlainDate,
  time: Type.Optional(TimeOfDay),
  instrumentId: Type.Optional(Id),
  quantity: Type.Optional(DecimalText),
  /** Per unit; with quantity it gives the amount when that is absent. */
  price: Type.Optional(DecimalText),
  amount: Type.Optional(DecimalText),
  /** Of price, amount, fee and tax; the account's when absent. */
  currency: Type.Optional(CurrencyCode),
  fee: Type.Optional(DecimalText),
  tax: Type.Optional(DecimalText),
  /** Parts of fee and tax; the sums are figured from them, and need not be stated. */
  charges: Type.Optional(Type.Array(NewCharge, { minItems: 1, maxItems: 50 })),
  cashCurrency: Type.Optional(CurrencyCode),
  cashAccountId: Type.Optional(Id),
  toAccountId: Type.Optional(Id),
  received: Type.Optional(Money),
  rate: Type.Optional(RecordedRate),
  /** The lots that leave, whatever the cost method would take; the rest of the quantity follows the method. */
  lots: Type.Optional(Type.Array(LotChoice, { maxItems: 1000 })),
  note: Type.Optional(Note),
  /** Why somebody should look at it again, in a person's words; it counts all the same. */
  needsReview: Type.Optional(Note),
}

export const NewTransaction = Type.Object(
  { ...statement, state: Type.Optional(Type.Union([Type.Literal('posted'), Type.Literal('draft')])) },
  { title: 'NewTransaction', ...closed },
)
export type NewTransaction = Static<typeof NewTransaction>

/** Why something needs a review: in a person's own words (`asked`), or what a plan could not know. */
export const reviewCodes = ['asked', 'no-close', 'no-rate', 'unit-too-dear'] as const
export type ReviewCode = (typeof reviewCodes)[number]

export const Review = Type.Object(
  { code: Type.Unsafe<ReviewCode>(Type.String({ title: 'ReviewCode', enum: [...reviewCodes] })), facts: Facts, detail: Note },
  { title: 'Review', ...closed },
)
export type Review = Static<typeof Review>

export const Transaction = Type.Object(
  {
    id: Id,
    accountId: Id,
    kind: TransactionKind,
    state: TransactionState,
    date: PlainDate,
    time: Type.Union([TimeOfDay, Type.Null()]),
    cashAccountId: Type.Union([Id, Type.Null()]),
    toAccountId: Type.Union([Id, Type.Null()]),
    instrumentId: Type.Union([Id, Type.Null()]),
    quantity: Type.Union([DecimalText, Type.Null()]),
    price: Type.Union([DecimalText, Type.Null()]),
    amount: DecimalText,
    currency: CurrencyCode,
    fee: DecimalText,
    tax: DecimalText,
    charges: Type.Union([Type.Array(Charge), Type.Null()]),
    cashCurrency: Type.Union([CurrencyCode, Type.Null()]),
    received: Type.Union([Money, Type.Null()]),
    rate: Type.Union([RecordedRate, Type.Null()]),
    lots: Type.Union([Type.Array(LotChoice), Type.Null()]),
    note: Note,
    /** What moves on the cash side, signed: −1,004.90 for a purchase of 1,000 with a fee of 4.90; null without cash. */
    cashEffect: Type.Union([Money, Type.Null()]),
    /** Null for a transaction that stands by itself. */
    event: Type.Union([LegOf, Type.Null()]),
    importId: Type.Union([Id, Type.Null()]),
    /** The transaction that this one replaces (void-and-record), and the one that replaced it. */
    replaces: Type.Union([Id, Type.Null()]),
    replacedBy: Type.Union([Id, Type.Null()]),
    /** Why somebody should look at it again; null when nobody need. */
    needsReview: Type.Union([Review, Type.Null()]),
    voidReason: Type.Union([Type.String(), Type.Null()]),
    recordedAt: Instant,
    version: Type.Integer(),
  },
  { title: 'Transaction', ...closed },
)
export type Transaction = Static<typeof Transaction>

/** What recording answers: the transaction, and what the account holds of the instrument after it. */
export const Booking = Type.Object(
  { transaction: Transaction, unitsAfter: Type.Union([DecimalText, Type.Null()]), cashAfter: Type.Array(Money) },
  { title: 'Booking', ...closed },
)
export type Booking = Static<typeof Booking>

export const transactionRoutes = routes({
  listTransactions: {
    method: 'GET',
    path: '/transactions',
    permission: 'book.read',
    summary: 'List transactions, newest first',
    query: Type.Object(
      {
        portfolioId: Type.Optional(Id),
        accountId: Type.Optional(Id),
        instrumentId: Type.Optional(Id),
        kind: Type.Optional(TransactionKind),
        /** Posted and drafts when absent. */
        state: Type.Optional(TransactionState),
        /** Only those that need a review. */
        needsReview: Type.Optional(Type.Boolean()),
        from: Type.Optional(PlainDate),
        to: Type.Optional(PlainDate),
        /** Found in the note. */
        text: Type.Optional(Type.String({ maxLength: 200 })),
        knownAt: Type.Optional(KnownAt),
        cursor: Type.Optional(Cursor),
        limit: Type.Optional(Limit),
      },
      closed,
    ),
    reply: page(Transaction, 'TransactionPage'),
  },
  recordTransaction: {
    method: 'POST',
    path: '/accounts/{accountId}/transactions',
    permission: 'book.write',
    summary: 'Record a transaction',
    params: accountId,
    body: NewTransaction,
    reply: Booking,
    status: 201,
    refusals: ['not_found', ...refusalCodes, 'period_closed', 'key_reused', 'key_in_use'],
  },
  getTransaction: {
    method: 'GET',
    path: '/transactions/{transactionId}',
    permission: 'book.read',
    summary: 'One transaction',
    params: transactionId,
    query: Type.Object({ knownAt: Type.Optional(KnownAt) }, closed),
    reply: Transaction,
    version: 'etag',
    refusals: ['not_found'],
  },
  replaceTransaction: {
    method: 'POST',
    path: '/transactions/{transactionId}/replace',
    permission: 'book.write',
    summary: 'Correct a transaction: void it and record another in its place, in one step',
    params: transactionId,
    body: Type.Object({ reason: Type.Optional(Note), transaction: NewTransaction }, closed),
    reply: Booking,
    version: 'if-match',
    refusals: [
      'not_found',
      'changed_meanwhile',
      'precondition_required',
      'already_void',
      'period_closed',
      'not_enough_units',
      'lots_do_not_match',
      'date_in_future',
      'date_too_early',
      'field_missing',
      'field_not_allowed',
      'too_precise',
      'too_large',
      'not_positive',
      'rate_missing',
      'charges_do_not_match',
    ],
  },
  voidTransaction: {
    method: 'POST',
    path: '/transactions/{transactionId}/void',
    permission: 'book.write',
    summary: 'Void a transaction; it stays in the journal',
    params: transactionId,
    body: Type.Object({ reason: Type.Optional(Note) }, closed),
    reply: Transaction,
    version: 'if-match',
    refusals: [
      'not_found',
      'changed_meanwhile',
      'precondition_required',
      'already_void',
      'period_closed',
      'not_enough_units',
      'lots_do_not_match',
    ],
  },
  reinstateTransaction: {
    method: 'POST',
    path: '/transactions/{transactionId}/reinstate',
    permission: 'book.write',
    summary: 'Undo a void: record the same transaction again',
    params: transactionId,
    body: Type.Object({}, closed),
    reply: Booking,
    refusals: [
      'not_found',
      'not_void',
      'period_closed',
      'account_archived',
      'date_before_account_opened',
      'not_enough_units',
      'lots_do_not_match',
    ],
  },
})
