import { type TObject, Type } from 'typebox'
import { ActionLeg } from './action-applications.ts'
import { CorporateAction } from './actions.ts'
import { closedPartial } from './closed-partial.ts'
import { DailyRate, RestoredInstrument } from './market.ts'
import { DayRule, PlanKind, Rhythm } from './plans.ts'
import { CostMethod, LotScope, PortfolioType } from './portfolios.ts'
import { bytes, routes } from './route.ts'
import { CurrencyCode, DecimalText, Facts, Id, Instant, PlainDate, TimeOfDay } from './scalars.ts'
import { ObjectKind } from './taxonomies.ts'
import { Charge, EventKind, LegOf, LotChoice, TransactionKind, TransactionState } from './transactions.ts'

/** What the first two members of the file say. Another version is another shape of rows. */
export const bookFormat = 'portfolioengine-book'
export const bookVersion = 1

const text = Type.String()
const maybe = Type.Optional
/** A whole number that may pass 2^53, as text. */
const Count = Type.String({ pattern: '^-?\\d{1,19}$' })

function row<const T extends Parameters<typeof Type.Object>[0]>(fields: T) {
  return Type.Object(fields, { additionalProperties: false })
}

/** Day and close, oldest or newest first; at most a thousand to a row, so that no row is long. */
const Closes = row({ instrumentId: Id, closes: Type.Array(Type.Tuple([PlainDate, DecimalText])) })

/** What market owns, in the order of the file. Rates and actions are as the routes of market tell them. */
export const marketSections = { instruments: RestoredInstrument, closes: Closes, rates: DailyRate, actions: CorporateAction }

/**
 * What core owns, in the order of the file: what is named comes before what names it. Absent is null. Everything a row holds stands here,
 * but for its organisation (that of whoever imports it) and what is figured from the rest.
 */
export const coreSections = {
  accounts: row({
    id: Id,
    name: text,
    currency: CurrencyCode,
    openedOn: maybe(PlainDate),
    allowsShort: Type.Boolean(),
    note: text,
    createdAt: Instant,
    version: Type.Integer(),
    bookVersion: Count,
    openedByImport: maybe(Id),
    removedAt: maybe(Instant),
    archivedOn: maybe(PlainDate),
  }),
  portfolios: row({
    id: Id,
    name: text,
    baseCurrency: CurrencyCode,
    costMethod: CostMethod,
    createdAt: Instant,
    version: Type.Integer(),
    openedByImport: maybe(Id),
    removedAt: maybe(Instant),
    lotScope: LotScope,
    type: Type.Union([PortfolioType, Type.Literal('group')]),
    inceptionDate: maybe(PlainDate),
    benchmarkId: maybe(Id),
    archivedOn: maybe(PlainDate),
  }),
  groupMembers: row({ groupId: Id, portfolioId: Id, position: Type.Integer() }),
  portfolioAccounts: row({ portfolioId: Id, accountId: Id, position: Type.Integer(), addedByImport: maybe(Id) }),
  accountKeys: row({ portfolioId: Id, key: text, accountId: Id }),
  batches: row({ importId: Id, recordedAt: Instant, undoneAt: maybe(Instant) }),
  transactions: row({
    id: Id,
    sequence: Count,
    accountId: Id,
    cashAccountId: maybe(Id),
    toAccountId: maybe(Id),
    kind: TransactionKind,
    state: TransactionState,
    recordedState: Type.Union([Type.Literal('posted'), Type.Literal('draft')]),
    date: PlainDate,
    time: maybe(TimeOfDay),
    instrumentId: maybe(Id),
    quantity: maybe(DecimalText),
    price: maybe(DecimalText),
    amount: DecimalText,
    currency: CurrencyCode,
    fee: DecimalText,
    tax: DecimalText,
    cashCurrency: maybe(CurrencyCode),
    receivedAmount: maybe(DecimalText),
    receivedCurrency: maybe(CurrencyCode),
    rateFrom: maybe(CurrencyCode),
    rateTo: maybe(CurrencyCode),
    rate: maybe(DecimalText),
    note: text,
    importId: maybe(Id),
    sourceKey: maybe(text),
    replaces: maybe(Id),
    replacedBy: maybe(Id),
    voidReason: maybe(text),
    voidedAt: maybe(Instant),
    voidedBy: maybe(Id),
    recordedAt: Instant,
    recordedBy: Id,
    version: Type.Integer(),
    lots: maybe(Type.Array(LotChoice)),
    eventId: maybe(Id),
    eventKind: maybe(EventKind),
    leg: maybe(LegOf.properties.leg),
    charges: maybe(Type.Array(Charge)),
  }),
  reviews: row({
    transactionId: Id,
    reason: text,
    code: maybe(text),
    facts: maybe(Facts),
    askedAt: Instant,
    askedBy: Id,
    reviewedAt: maybe(Instant),
    reviewedBy: maybe(Id),
  }),
  taxonomies: row({
    id: Id,
    name: text,
    note: text,
    createdAt: Instant,
    version: Type.Integer(),
    sourceKey: maybe(text),
    addedByImport: maybe(Id),
  }),
  taxonomyNodes: row({
    id: Id,
    taxonomyId: Id,
    parentId: maybe(Id),
    position: Type.Integer(),
    name: text,
    description: text,
    colour: maybe(text),
    sourceKey: maybe(text),
    addedByImport: maybe(Id),
  }),
  taxonomyAssignments: row({
    taxonomyId: Id,
    nodeId: Id,
    kind: ObjectKind,
    objectId: Id,
    weight: DecimalText,
    addedByImport: maybe(Id),
  }),
  actionApplications: row({
    id: Id,
    place: Count,
    actionId: Id,
    kind: CorporateAction.properties.kind,
    instrumentId: Id,
    exDate: PlainDate,
    intoInstrumentId: maybe(Id),
    currency: CurrencyCode,
    terms: closedPartial(Type.Pick(CorporateAction, ['ratio', 'cashPerUnit', 'costShare', 'fractionPrice']).properties),
    appliedAt: Instant,
    appliedBy: Id,
    undoneAt: maybe(Instant),
    undoneBy: maybe(Id),
    undoneLegs: maybe(Type.Array(row({ accountId: Id, legs: Type.Array(ActionLeg) }))),
  }),
  actionChoices: row({
    applicationId: Id,
    accountId: Id,
    cashAccountId: maybe(Id),
    costShare: maybe(DecimalText),
    cashInLieu: maybe(DecimalText),
  }),
  periodLocks: row({
    id: Id,
    accountId: maybe(Id),
    closedThrough: PlainDate,
    reason: text,
    closedAt: Instant,
    closedBy: Id,
    reopenedAt: maybe(Instant),
    reopenedBy: maybe(Id),
    reopenReason: maybe(text),
  }),
  periodOverrides: row({
    id: Id,
    lockId: Id,
    at: Instant,
    byUser: Id,
    reason: text,
    firstDay: PlainDate,
    entries: Type.Integer(),
  }),
  balanceAssertions: row({
    id: Id,
    accountId: Id,
    date: PlainDate,
    instrumentId: maybe(Id),
    currency: maybe(CurrencyCode),
    stated: DecimalText,
    note: text,
    recordedAt: Instant,
    recordedBy: Id,
    withdrawnAt: maybe(Instant),
    withdrawnBy: maybe(Id),
  }),
  plans: row({
    id: Id,
    name: text,
    accountId: Id,
    cashAccountId: maybe(Id),
    kind: PlanKind,
    instrumentId: maybe(Id),
    amount: DecimalText,
    currency: CurrencyCode,
    fee: DecimalText,
    rhythm: Rhythm,
    day: Type.Integer(),
    dayRule: DayRule,
    fromDay: PlainDate,
    untilDay: maybe(PlainDate),
    note: text,
    createdAt: Instant,
    createdBy: Id,
    timeZone: text,
    removedAt: maybe(Instant),
    version: Type.Integer(),
    pausedOn: maybe(PlainDate),
    skippedThrough: maybe(PlainDate),
  }),
  planDays: row({ planId: Id, scheduledOn: PlainDate, transactionId: Id }),
} as const satisfies Record<string, TObject>

export type MarketSection = keyof typeof marketSections
export type CoreSection = keyof typeof coreSections

/** Every list of the file, in its order. */
export const bookSections: Readonly<Record<string, TObject>> = { ...marketSections, ...coreSections }

export const bookExportRoutes = routes({
  exportBook: {
    method: 'GET',
    path: '/export/book.json',
    permission: 'book.read',
    summary: 'The whole book without loss, as one JSON file that an empty instance can take in',
    reply: bytes,
  },
  importBook: {
    method: 'POST',
    path: '/import/book',
    permission: 'book.write',
    summary: 'Take a whole book into an empty instance, with its ids and its history, or nothing of it',
    body: bytes,
    reply: Type.Object(
      {
        accounts: Type.Integer(),
        portfolios: Type.Integer(),
        transactions: Type.Integer(),
        instruments: Type.Integer(),
        /** Of the file. */
        exportedAt: Instant,
      },
      { title: 'ImportedBook', additionalProperties: false },
    ),
    status: 201,
    refusals: ['book_not_empty', 'unknown_format', 'file_broken', 'body_too_large'],
  },
})
