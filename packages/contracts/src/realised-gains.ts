import { type Static, Type } from 'typebox'
import { CostMethod, LotScope } from './portfolios.ts'
import { bytes, routes } from './route.ts'
import { CurrencyCode, Cursor, DecimalText, Id, KnownAt, Limit, MoneyFigure, Name, PlainDate, Trail } from './scalars.ts'

const closed = { additionalProperties: false } as const
const portfolioId = Type.Object({ portfolioId: Id }, closed)
const accountId = Type.Object({ accountId: Id }, closed)

/** `purchase`: gains since purchase, as taxes ask. `period`: what was held when the period began counts with its value of that day. */
export const GainBasis = Type.Union([Type.Literal('purchase'), Type.Literal('period')], { title: 'GainBasis' })
/** `long` only after the anniversary of the purchase. */
export const HoldingTerm = Type.Union([Type.Literal('short'), Type.Literal('long')], { title: 'HoldingTerm' })
/** `sale`: units left. `cover`: units came back that were owed. `capital`: cash for units that stay. */
export const ClosingKind = Type.Union([Type.Literal('sale'), Type.Literal('cover'), Type.Literal('capital')], { title: 'ClosingKind' })

/** How the units left, as the transaction calls itself: `sell`, `delivery-out` …; null where it is none of this book. */
const leftBy = Type.Union([Type.String(), Type.Null()])
const gain = { proceeds: MoneyFigure, cost: MoneyFigure, gain: MoneyFigure, currencyGain: MoneyFigure }
const named = { instrumentId: Id, instrument: Name, symbol: Type.Union([Type.String(), Type.Null()]), instrumentCurrency: CurrencyCode }

/** One lot, or a part of it, that a sale closed. */
export const RealisedGain = Type.Object(
  {
    kind: ClosingKind,
    leftBy,
    /** The sale, and the place of this lot among those that it closed. */
    transactionId: Id,
    place: Type.Integer(),
    accountId: Id,
    account: Name,
    ...named,
    units: DecimalText,
    /** The purchase; null for what was held when the period began. */
    lotId: Type.Union([Id, Type.Null()]),
    acquiredOn: PlainDate,
    soldOn: PlainDate,
    /** Calendar days from purchase to sale. */
    days: Type.Integer(),
    /** Null where no day of purchase counts: in an average, and for what was held when the period began. */
    term: Type.Union([HoldingTerm, Type.Null()]),
    ...gain,
    /** Units of a loss that were bought again within 30 days before or after it: a hint, no tax advice. */
    washSaleUnits: DecimalText,
  },
  { title: 'RealisedGain', ...closed },
)
export type RealisedGain = Static<typeof RealisedGain>

export const GainTotals = Type.Object({ ...gain, count: Type.Integer() }, { title: 'GainTotals', ...closed })
export type GainTotals = Static<typeof GainTotals>

/** Lots closed over (from, to], a page at a time; the totals are of the whole period. */
export const RealisedGains = Type.Object(
  {
    from: PlainDate,
    to: PlainDate,
    basis: GainBasis,
    currency: CurrencyCode,
    costMethod: CostMethod,
    lotScope: LotScope,
    totals: GainTotals,
    byTerm: Type.Array(Type.Object({ term: Type.Union([HoldingTerm, Type.Null()]), totals: GainTotals }, closed)),
    byInstrument: Type.Array(Type.Object({ ...named, totals: GainTotals }, closed)),
    byCurrency: Type.Array(Type.Object({ instrumentCurrency: CurrencyCode, totals: GainTotals }, closed)),
    items: Type.Array(RealisedGain),
    next: Type.Union([Type.String(), Type.Null()]),
    trails: Type.Optional(Type.Record(Type.String(), Trail)),
  },
  { title: 'RealisedGains', ...closed },
)
export type RealisedGains = Static<typeof RealisedGains>

/** What a sale took of a lot. */
export const LotTaking = Type.Object(
  {
    kind: ClosingKind,
    leftBy,
    transactionId: Id,
    place: Type.Integer(),
    accountId: Id,
    account: Name,
    date: PlainDate,
    units: DecimalText,
    /** Calendar days from purchase to sale. */
    days: Type.Integer(),
    /** Null in an average. */
    term: Type.Union([HoldingTerm, Type.Null()]),
    ...gain,
  },
  { title: 'LotTaking', ...closed },
)

/** A lot from its purchase to its last unit. */
export const LotHistory = Type.Object(
  {
    /** The purchase or delivery. */
    lotId: Id,
    ...named,
    acquiredOn: PlainDate,
    /** How it came: `buy`, `delivery-in`, or `sell` for a lot that is owed; null when the transaction is none of this book. */
    cameBy: Type.Union([Type.String(), Type.Null()]),
    /** As recorded, before splits; null in an average. */
    unitsBought: Type.Union([DecimalText, Type.Null()]),
    /** Where what is left lies now; empty when all is gone. Units that are owed are negative. */
    held: Type.Array(Type.Object({ accountId: Id, account: Name, units: DecimalText }, closed)),
    units: DecimalText,
    /** Of what is left. */
    cost: MoneyFigure,
    /** Calendar days from purchase to the day asked for, or to the sale of its last unit. */
    days: Type.Integer(),
    /** Where what is left lies; of a lot that is closed the accounts that its sales took it from. */
    accounts: Type.Array(Type.Object({ accountId: Id, account: Name }, closed)),
    /** If what is left were sold on the day asked for; of a lot that is closed those of its sales. Each once; none in an average. */
    terms: Type.Array(HoldingTerm),
    takings: Type.Array(LotTaking),
  },
  { title: 'LotHistory', ...closed },
)
export type LotHistory = Static<typeof LotHistory>

export const LotHistories = Type.Object(
  {
    asOf: PlainDate,
    currency: CurrencyCode,
    costMethod: CostMethod,
    lotScope: LotScope,
    /** Of all lots, on every page. */
    openCount: Type.Integer(),
    closedCount: Type.Integer(),
    items: Type.Array(LotHistory),
    next: Type.Union([Type.String(), Type.Null()]),
  },
  { title: 'LotHistories', ...closed },
)
export type LotHistories = Static<typeof LotHistories>

const kept = {
  instrumentId: Type.Optional(Id),
  currency: Type.Optional(CurrencyCode),
  costMethod: Type.Optional(CostMethod),
  lotScope: Type.Optional(LotScope),
  rounding: Type.Optional(Type.Union([Type.Literal('minorUnit'), Type.Literal('none')])),
  /** What was recorded for later days does not count. Today when absent. */
  asOf: Type.Optional(PlainDate),
  knownAt: Type.Optional(KnownAt),
}

const period = {
  ...kept,
  basis: Type.Optional(GainBasis),
  /** The year that begins in this calendar year; instead of from and to. */
  year: Type.Optional(Type.Integer({ minimum: 1900, maximum: 9998 })),
  /** Of the year: 1 is January, 4 April. */
  firstMonth: Type.Optional(Type.Integer({ minimum: 1, maximum: 12 })),
  from: Type.Optional(PlainDate),
  to: Type.Optional(PlainDate),
}
const paged = { cursor: Type.Optional(Cursor), limit: Type.Optional(Limit) }
const gainsQuery = {
  ...period,
  ...paged /** Only the rows of this instrument; the totals stay those of all. */,
  rowsOf: Type.Optional(Id),
  explain: Type.Optional(Type.Boolean()),
}
const lotsQuery = { ...kept, state: Type.Optional(Type.Union([Type.Literal('open'), Type.Literal('closed')])), ...paged }
const format = Type.Union([Type.Literal('csv'), Type.Literal('xlsx')])

export const realisedGainRoutes = routes({
  portfolioRealisedGains: {
    method: 'GET',
    path: '/portfolios/{portfolioId}/realised-gains',
    permission: 'book.read',
    summary: 'What a portfolio realised in a year or a period, lot by lot, in order of sale',
    params: portfolioId,
    query: Type.Object({ ...gainsQuery, accountId: Type.Optional(Id) }, closed),
    reply: RealisedGains,
    refusals: ['not_found', 'unknown_currency', 'bad_request'],
  },
  accountRealisedGains: {
    method: 'GET',
    path: '/accounts/{accountId}/realised-gains',
    permission: 'book.read',
    summary: 'What an account realised in a year or a period, lot by lot, in order of sale',
    params: accountId,
    query: Type.Object(gainsQuery, closed),
    reply: RealisedGains,
    refusals: ['not_found', 'unknown_currency', 'bad_request'],
  },
  exportRealisedGains: {
    method: 'GET',
    path: '/portfolios/{portfolioId}/realised-gains/export',
    permission: 'book.read',
    summary: 'The realised gains of a portfolio as a table for a spreadsheet',
    params: portfolioId,
    query: Type.Object({ ...period, accountId: Type.Optional(Id), format }, closed),
    reply: bytes,
    refusals: ['not_found', 'unknown_currency', 'bad_request'],
  },
  portfolioLots: {
    method: 'GET',
    path: '/portfolios/{portfolioId}/lots',
    permission: 'book.read',
    summary: 'The lots of a portfolio, open and closed: how each came and which sale took what of it, oldest first',
    params: portfolioId,
    query: Type.Object({ ...lotsQuery, accountId: Type.Optional(Id) }, closed),
    reply: LotHistories,
    refusals: ['not_found', 'unknown_currency', 'bad_request'],
  },
})
