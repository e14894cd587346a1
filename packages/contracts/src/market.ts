import { type Static, Type } from 'typebox'
import { actionRoutes, CorporateAction } from './actions.ts'
import { closedPartial } from './closed-partial.ts'
import { page } from './page.ts'
import { routes } from './route.ts'
import { CurrencyCode, Cursor, DecimalText, Id, Instant, Limit, Name, PlainDate, QuoteCode } from './scalars.ts'

const closed = { additionalProperties: false } as const

export const InstrumentKind = Type.Union(
  [
    Type.Literal('stock'),
    Type.Literal('fund'),
    Type.Literal('etf'),
    Type.Literal('bond'),
    Type.Literal('crypto'),
    Type.Literal('commodity'),
    Type.Literal('property'),
    Type.Literal('index'),
    Type.Literal('other'),
  ],
  { title: 'InstrumentKind' },
)

const identity = {
  isin: Type.Optional(Type.String({ pattern: '^[A-Z]{2}[A-Z0-9]{9}[0-9]$' })),
  symbol: Type.Optional(Type.String({ maxLength: 40 })),
  wkn: Type.Optional(Type.String({ maxLength: 12 })),
  cusip: Type.Optional(Type.String({ maxLength: 12 })),
  figi: Type.Optional(Type.String({ maxLength: 12 })),
}

export const NewInstrument = Type.Object(
  {
    name: Name,
    kind: Type.Optional(InstrumentKind),
    /** The currency it trades in; cost and gains of its currency part are reckoned in it. */
    currency: CurrencyCode,
    /** What its closes are quoted in, when not `currency`: GBX for an instrument in GBP. */
    quoteUnit: Type.Optional(QuoteCode),
    ...identity,
  },
  { title: 'NewInstrument', ...closed },
)
export type NewInstrument = Static<typeof NewInstrument>

export const Instrument = Type.Object(
  {
    id: Id,
    name: Name,
    kind: InstrumentKind,
    currency: CurrencyCode,
    quoteUnit: QuoteCode,
    ...identity,
    /** Its prices are made up (the demo): every screen says so. */
    generated: Type.Boolean(),
    lastClose: Type.Union([Type.Object({ date: PlainDate, close: DecimalText }, closed), Type.Null()]),
    createdAt: Instant,
    version: Type.Integer(),
  },
  { title: 'Instrument', ...closed },
)
export type Instrument = Static<typeof Instrument>

const { lastClose: _, ...whatItIs } = Instrument.properties

/** As a whole book carries it; `removed` when an undone import has taken it away and only void transactions name it. */
export const RestoredInstrument = Type.Object({ ...whatItIs, removed: Type.Optional(Type.Literal(true)) }, closed)
export type RestoredInstrument = Static<typeof RestoredInstrument>

export const Close = Type.Object({ date: PlainDate, close: DecimalText }, { title: 'Close', ...closed })
export type Close = Static<typeof Close>

/** 1 `base` = `rate` `quote` on that day. */
export const DailyRate = Type.Object(
  { date: PlainDate, base: CurrencyCode, quote: CurrencyCode, rate: DecimalText },
  { title: 'DailyRate', ...closed },
)
export type DailyRate = Static<typeof DailyRate>

/**
 * A day series as columns, for kernels: `days` is base64 of big-endian int32 day numbers (since 1970-01-01), `values` of big-endian
 * float64 that hold the decimal × 10^8 as integers. `exact` lists the days whose decimal does not fit (more than 8 places or beyond
 * 2^53): there `values` holds NaN and the text counts.
 */
export const PackedSeries = Type.Object(
  {
    days: Type.String(),
    values: Type.String(),
    exact: Type.Array(Type.Tuple([Type.Integer(), DecimalText])),
  },
  { title: 'PackedSeries', ...closed },
)
export type PackedSeries = Static<typeof PackedSeries>

export const marketRoutes = routes({
  ...actionRoutes,
  listInstruments: {
    method: 'GET',
    path: '/instruments',
    permission: 'market.read',
    summary: 'List instruments, by name',
    query: Type.Object(
      { text: Type.Optional(Type.String({ maxLength: 200 })), cursor: Type.Optional(Cursor), limit: Type.Optional(Limit) },
      closed,
    ),
    reply: page(Instrument, 'InstrumentPage'),
  },
  createInstrument: {
    method: 'POST',
    path: '/instruments',
    permission: 'market.write',
    summary: 'Add an instrument by hand',
    body: NewInstrument,
    reply: Instrument,
    status: 201,
    version: 'etag',
    refusals: ['unknown_currency', 'name_taken'],
  },
  getInstrument: {
    method: 'GET',
    path: '/instruments/{instrumentId}',
    permission: 'market.read',
    summary: 'One instrument',
    params: Type.Object({ instrumentId: Id }, closed),
    reply: Instrument,
    version: 'etag',
    refusals: ['not_found'],
  },
  changeInstrument: {
    method: 'PATCH',
    path: '/instruments/{instrumentId}',
    permission: 'market.write',
    summary: 'Change what an instrument is called or known by',
    params: Type.Object({ instrumentId: Id }, closed),
    body: closedPartial({ name: Name, kind: InstrumentKind, ...identity }),
    reply: Instrument,
    version: 'if-match',
    refusals: ['not_found', 'changed_meanwhile', 'precondition_required'],
  },
  listCloses: {
    method: 'GET',
    path: '/instruments/{instrumentId}/closes',
    permission: 'market.read',
    summary: 'Closes of an instrument, newest first',
    params: Type.Object({ instrumentId: Id }, closed),
    query: Type.Object(
      { from: Type.Optional(PlainDate), to: Type.Optional(PlainDate), cursor: Type.Optional(Cursor), limit: Type.Optional(Limit) },
      closed,
    ),
    reply: page(Close, 'ClosePage'),
    refusals: ['not_found'],
  },
  recordCloses: {
    method: 'PUT',
    path: '/instruments/{instrumentId}/closes',
    permission: 'market.write',
    summary: 'Record closes by hand, each day once; a close that stands is replaced',
    params: Type.Object({ instrumentId: Id }, closed),
    body: Type.Object({ closes: Type.Array(Close, { minItems: 1, maxItems: 20_000 }) }, closed),
    reply: Type.Object({ recorded: Type.Integer() }, { title: 'ClosesRecorded', ...closed }),
    refusals: ['not_found', 'day_given_twice', 'date_in_future', 'too_precise', 'too_large', 'not_positive'],
  },
  listRates: {
    method: 'GET',
    path: '/rates',
    permission: 'market.read',
    summary: 'Exchange rates, newest first',
    query: Type.Object(
      {
        base: Type.Optional(CurrencyCode),
        quote: Type.Optional(CurrencyCode),
        from: Type.Optional(PlainDate),
        to: Type.Optional(PlainDate),
        cursor: Type.Optional(Cursor),
        limit: Type.Optional(Limit),
      },
      closed,
    ),
    reply: page(DailyRate, 'DailyRatePage'),
  },
  recordRates: {
    method: 'PUT',
    path: '/rates',
    permission: 'market.write',
    summary: 'Record exchange rates by hand, each pair and day once; a rate that stands is replaced',
    body: Type.Object({ rates: Type.Array(DailyRate, { minItems: 1, maxItems: 20_000 }) }, closed),
    reply: Type.Object({ recorded: Type.Integer() }, { title: 'RatesRecorded', ...closed }),
    refusals: ['unknown_currency', 'day_given_twice', 'date_in_future', 'too_precise', 'too_large', 'not_positive'],
  },

  // for other services only
  resolveInstruments: {
    method: 'POST',
    path: '/internal/instruments/resolve',
    permission: 'service',
    summary: 'Find each instrument by ISIN, symbol and currency, or name and currency; create what is missing',
    body: Type.Object(
      {
        /** Remembered on those created, so that undoing the import can take unused ones away again. */
        importId: Type.Optional(Id),
        /** Only look: nothing is created, unknown ones come back with a null id. */
        dryRun: Type.Boolean(),
        generated: Type.Optional(Type.Boolean()),
        instruments: Type.Array(Type.Object({ key: Type.String(), instrument: NewInstrument }, closed)),
      },
      closed,
    ),
    reply: Type.Object(
      {
        found: Type.Array(
          Type.Object({ key: Type.String(), instrumentId: Type.Union([Id, Type.Null()]), created: Type.Boolean() }, closed),
        ),
      },
      closed,
    ),
    refusals: ['unknown_currency'],
  },
  recordCloseBatch: {
    method: 'POST',
    path: '/internal/closes',
    permission: 'service',
    summary: 'Record closes of many instruments in one transaction; says how many are new or changed',
    body: Type.Object(
      {
        importId: Type.Optional(Id),
        series: Type.Array(Type.Object({ instrumentId: Id, closes: Type.Array(Type.Tuple([PlainDate, DecimalText])) }, closed)),
      },
      closed,
    ),
    reply: Type.Object({ added: Type.Integer(), changed: Type.Integer(), unchanged: Type.Integer() }, closed),
    refusals: ['not_found', 'day_given_twice', 'date_in_future', 'too_precise', 'too_large', 'not_positive'],
  },
  recordRateBatch: {
    method: 'POST',
    path: '/internal/rates',
    permission: 'service',
    summary: 'Record rates of one import in one transaction',
    body: Type.Object({ importId: Type.Optional(Id), rates: Type.Array(DailyRate) }, closed),
    reply: Type.Object({ added: Type.Integer(), changed: Type.Integer(), unchanged: Type.Integer() }, closed),
    refusals: ['unknown_currency', 'day_given_twice', 'date_in_future', 'too_precise', 'too_large', 'not_positive'],
  },
  restoreInstruments: {
    method: 'POST',
    path: '/internal/instruments/restore',
    permission: 'service',
    summary: 'Take in the instruments of a whole book under their own ids; those that stand already stay as they are',
    body: Type.Object({ instruments: Type.Array(RestoredInstrument) }, closed),
    reply: Type.Object({ restored: Type.Integer() }, closed),
    refusals: ['unknown_currency'],
  },
  restoreActions: {
    method: 'POST',
    path: '/internal/actions/restore',
    permission: 'service',
    summary: 'Take in the corporate actions of a whole book under their own ids, removed ones too',
    body: Type.Object({ actions: Type.Array(CorporateAction) }, closed),
    reply: Type.Object({ restored: Type.Integer() }, closed),
    refusals: ['not_found'],
  },
  undoMarketImport: {
    method: 'POST',
    path: '/internal/imports/{importId}/undo',
    permission: 'service',
    summary: 'Take back the closes and rates of an import (earlier ones come back) and the instruments it created',
    params: Type.Object({ importId: Id }, closed),
    body: Type.Object(
      {
        /** Instruments that the book still uses: they stay. */
        keepInstrumentIds: Type.Array(Id),
      },
      closed,
    ),
    reply: Type.Object({ closes: Type.Integer(), rates: Type.Integer(), instruments: Type.Integer() }, closed),
  },
  packedCloses: {
    method: 'POST',
    path: '/internal/packed-closes',
    permission: 'service',
    summary: 'Whole close series of instruments as columns',
    body: Type.Object({ instrumentIds: Type.Array(Id) }, closed),
    reply: Type.Object(
      {
        series: Type.Array(
          Type.Object(
            {
              instrumentId: Id,
              name: Name,
              symbol: Type.Optional(Type.String()),
              currency: CurrencyCode,
              quoteUnit: QuoteCode,
              generated: Type.Boolean(),
              closes: PackedSeries,
            },
            closed,
          ),
        ),
      },
      closed,
    ),
  },
  packedRates: {
    method: 'POST',
    path: '/internal/packed-rates',
    permission: 'service',
    summary: 'All rate series that may lead from one of these currencies to another, crosses included',
    body: Type.Object({ currencies: Type.Array(CurrencyCode) }, closed),
    reply: Type.Object(
      {
        series: Type.Array(
          Type.Object(
            { base: CurrencyCode, quote: CurrencyCode, days: Type.Array(Type.Integer()), rates: Type.Array(DecimalText) },
            closed,
          ),
        ),
      },
      closed,
    ),
  },
})
export type MarketRoutes = typeof marketRoutes
