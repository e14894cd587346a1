import { type Static, Type } from 'typebox'
import { CostMethod, LotScope } from './portfolios.ts'
import { realisedGainRoutes } from './realised-gains.ts'
import { routes } from './route.ts'
import {
  CurrencyCode,
  DecimalText,
  Facts,
  Id,
  KnownAt,
  MoneyFigure,
  Name,
  PlainDate,
  RatioFigure,
  Reason,
  Trail,
  Warning,
} from './scalars.ts'
import { taxonomyValueRoutes } from './taxonomy-values.ts'

const closed = { additionalProperties: false } as const
const portfolioId = Type.Object({ portfolioId: Id }, closed)
const accountId = Type.Object({ accountId: Id }, closed)

export const FlowTiming = Type.Union([Type.Literal('split'), Type.Literal('start'), Type.Literal('end'), Type.Literal('half')], {
  title: 'FlowTiming',
})
export const Rounding = Type.Union([Type.Literal('minorUnit'), Type.Literal('none')], { title: 'Rounding' })

/** Figures of a period are over (from, to]: the opening value is the end of the day `from`. */
const period = {
  /** The day before the first transaction when absent. */
  from: Type.Optional(PlainDate),
  /** Today when absent. */
  to: Type.Optional(PlainDate),
}
const knownAt = { knownAt: Type.Optional(KnownAt) }
const conventions = {
  ...knownAt,
  /** The portfolio's base currency when absent. */
  currency: Type.Optional(CurrencyCode),
  rounding: Type.Optional(Rounding),
  explain: Type.Optional(Type.Boolean()),
}

export const Holding = Type.Object(
  {
    instrumentId: Id,
    instrument: Name,
    symbol: Type.Union([Type.String(), Type.Null()]),
    /** The instrument's own currency. */
    instrumentCurrency: CurrencyCode,
    generated: Type.Boolean(),
    units: DecimalText,
    /** As quoted, in `priceUnit`; null when there is none. */
    price: Type.Union([DecimalText, Type.Null()]),
    priceUnit: Type.String(),
    priceDate: Type.Union([PlainDate, Type.Null()]),
    cost: MoneyFigure,
    value: MoneyFigure,
    unrealisedGain: MoneyFigure,
    unrealisedGainRatio: RatioFigure,
    /** Change of its value since the day before by price alone. */
    dayChange: MoneyFigure,
    dayChangeRatio: RatioFigure,
    /** Share of the value of what is known. */
    weight: RatioFigure,
    trails: Type.Optional(Type.Record(Type.String(), Trail)),
  },
  { title: 'Holding', ...closed },
)
export type Holding = Static<typeof Holding>

export const CashHolding = Type.Object(
  {
    accountId: Id,
    account: Name,
    /** Null while a rate is missing that an amount came in by; `value` says which. */
    balance: Type.Union([DecimalText, Type.Null()]),
    balanceCurrency: CurrencyCode,
    value: MoneyFigure,
    weight: RatioFigure,
    trails: Type.Optional(Type.Record(Type.String(), Trail)),
  },
  { title: 'CashHolding', ...closed },
)

export const Holdings = Type.Object(
  {
    asOf: PlainDate,
    currency: CurrencyCode,
    costMethod: CostMethod,
    lotScope: LotScope,
    holdings: Type.Array(Holding),
    cash: Type.Array(CashHolding),
    totals: Type.Object(
      {
        cost: MoneyFigure,
        marketValue: MoneyFigure,
        cash: MoneyFigure,
        value: MoneyFigure,
        unrealisedGain: MoneyFigure,
        dayChange: MoneyFigure,
      },
      closed,
    ),
    /** What of the value is known, when not all is: the totals then cover that part only in `partial`. */
    unknownCount: Type.Integer(),
    /** The sum of what is known, given when `totals.value` is unknown. */
    partialValue: Type.Union([DecimalText, Type.Null()]),
    warnings: Type.Array(Warning),
    trails: Type.Optional(Type.Record(Type.String(), Trail)),
  },
  { title: 'Holdings', ...closed },
)
export type Holdings = Static<typeof Holdings>

/** Daily values as columns of one length. Null where unknown. */
export const ValuationSeries = Type.Object(
  {
    currency: CurrencyCode,
    days: Type.Array(PlainDate),
    values: Type.Array(Type.Union([DecimalText, Type.Null()])),
    /** Money paid in so far, net, each flow at the rate of its day: the contributions line. */
    contributions: Type.Array(Type.Union([DecimalText, Type.Null()])),
    /** Cumulative time-weighted return since `from`; null from the first undefined day on. */
    returns: Type.Array(Type.Union([Type.Number(), Type.Null()])),
    unknown: Type.Array(Type.Object({ from: PlainDate, to: PlainDate, reason: Reason, facts: Facts, detail: Type.String() }, closed)),
    staleFrom: Type.Union([PlainDate, Type.Null()]),
    warnings: Type.Array(Warning),
  },
  { title: 'ValuationSeries', ...closed },
)
export type ValuationSeries = Static<typeof ValuationSeries>

/** Opening + flows + realised + unrealised + income − fees − taxes + currency = closing, to the cent. Gains are over the period. */
export const PeriodStatement = Type.Object(
  {
    opening: MoneyFigure,
    flows: MoneyFigure,
    realisedGain: MoneyFigure,
    unrealisedGain: MoneyFigure,
    income: MoneyFigure,
    fees: MoneyFigure,
    taxes: MoneyFigure,
    currencyGain: MoneyFigure,
    closing: MoneyFigure,
    /** True when the line above holds to the cent; null when a part of it is unknown. */
    addsUp: Type.Union([Type.Boolean(), Type.Null()]),
  },
  { title: 'PeriodStatement', ...closed },
)
export type PeriodStatement = Static<typeof PeriodStatement>

export const XirrFigure = Type.Object(
  {
    value: Type.Union([Type.Number(), Type.Null()]),
    status: Type.String({
      description: 'ok, multiple_roots, no_root, undefined_no_sign_change, undefined_zero_span, undefined_all_zero, total_loss, unknown',
    }),
    /** Every root, ascending. */
    roots: Type.Array(Type.Number()),
    reason: Type.Optional(Reason),
    /** (1 + xirr)^(days/365) − 1: what a report shows below one year. */
    ofPeriod: Type.Union([Type.Number(), Type.Null()]),
  },
  { title: 'XirrFigure', ...closed },
)

export const Drawdown = Type.Object(
  {
    /** Largest fall from a peak, as a positive fraction. */
    value: Type.Union([Type.Number(), Type.Null()]),
    reason: Type.Optional(Reason),
    peak: Type.Union([PlainDate, Type.Null()]),
    trough: Type.Union([PlainDate, Type.Null()]),
    /** Day the peak was reached again; null while under water. */
    recovered: Type.Union([PlainDate, Type.Null()]),
  },
  { title: 'Drawdown', ...closed },
)

export const Performance = Type.Object(
  {
    from: PlainDate,
    to: PlainDate,
    days: Type.Integer(),
    currency: CurrencyCode,
    scope: Type.Object({ portfolioId: Type.Optional(Id), accountId: Type.Optional(Id), instrumentId: Type.Optional(Id) }, closed),
    flowTiming: FlowTiming,
    rounding: Rounding,
    openingValue: MoneyFigure,
    closingValue: MoneyFigure,
    flows: MoneyFigure,
    profit: MoneyFigure,
    /** Profit over opening value plus money paid in. */
    simpleReturn: RatioFigure,
    twr: RatioFigure,
    /** Null with `under-one-year` for shorter spans. */
    twrAnnualised: RatioFigure,
    xirr: XirrFigure,
    maxDrawdown: Drawdown,
    /** Yearly: sample deviation of daily returns × √252. */
    volatility: RatioFigure,
    /** Portfolio Performance's form: of log returns, scaled to the period. */
    volatilityOfPeriod: RatioFigure,
    /** For a portfolio or account; absent for an instrument. */
    statement: Type.Optional(PeriodStatement),
    /** For an instrument: what its units held at `to` cost, FIFO or average, fees included; `costWithTaxes` adds the taxes paid. */
    cost: Type.Optional(MoneyFigure),
    costWithTaxes: Type.Optional(MoneyFigure),
    units: Type.Optional(DecimalText),
    warnings: Type.Array(Warning),
    trails: Type.Optional(Type.Record(Type.String(), Trail)),
  },
  { title: 'Performance', ...closed },
)
export type Performance = Static<typeof Performance>

export const MonthlyReturns = Type.Object(
  {
    currency: CurrencyCode,
    warnings: Type.Array(Warning),
    years: Type.Array(
      Type.Object(
        {
          year: Type.Integer(),
          months: Type.Array(Type.Union([Type.Number(), Type.Null()]), { minItems: 12, maxItems: 12 }),
          total: Type.Union([Type.Number(), Type.Null()]),
        },
        closed,
      ),
    ),
  },
  { title: 'MonthlyReturns', ...closed },
)
export type MonthlyReturns = Static<typeof MonthlyReturns>

export const Mover = Type.Object(
  {
    instrumentId: Id,
    instrument: Name,
    symbol: Type.Union([Type.String(), Type.Null()]),
    profit: MoneyFigure,
    twr: RatioFigure,
    closingValue: MoneyFigure,
    held: Type.Boolean(),
    trails: Type.Optional(Type.Record(Type.String(), Trail)),
  },
  { title: 'Mover', ...closed },
)

/** Largest profit first, unknown ones last. */
export const Movers = Type.Object(
  {
    from: PlainDate,
    to: PlainDate,
    currency: CurrencyCode,
    movers: Type.Array(Mover),
    /** What no instrument made: what currencies did to cash; interest, fees and taxes that name no instrument. */
    rest: MoneyFigure,
    /** Of the whole: the profits of all movers and the rest. */
    profit: MoneyFigure,
    warnings: Type.Array(Warning),
    trails: Type.Optional(Type.Record(Type.String(), Trail)),
  },
  { title: 'Movers', ...closed },
)
export type Movers = Static<typeof Movers>

const performanceQuery = {
  ...period,
  ...conventions,
  instrumentId: Type.Optional(Id),
  flowTiming: Type.Optional(FlowTiming),
  costMethod: Type.Optional(CostMethod),
  lotScope: Type.Optional(LotScope),
}

export const analyticsRoutes = routes({
  ...realisedGainRoutes,
  ...taxonomyValueRoutes,
  portfolioHoldings: {
    method: 'GET',
    path: '/portfolios/{portfolioId}/holdings',
    permission: 'book.read',
    summary: 'What a portfolio holds on a day, what it cost and what it is worth',
    params: portfolioId,
    query: Type.Object(
      {
        asOf: Type.Optional(PlainDate),
        accountId: Type.Optional(Id),
        costMethod: Type.Optional(CostMethod),
        lotScope: Type.Optional(LotScope),
        ...conventions,
      },
      closed,
    ),
    reply: Holdings,
    refusals: ['not_found', 'unknown_currency'],
  },
  portfolioPerformance: {
    method: 'GET',
    path: '/portfolios/{portfolioId}/performance',
    permission: 'book.read',
    summary: 'What a portfolio, one of its accounts or one of its instruments returned over a period',
    params: portfolioId,
    query: Type.Object({ ...performanceQuery, accountId: Type.Optional(Id) }, closed),
    reply: Performance,
    refusals: ['not_found', 'unknown_currency', 'bad_request'],
  },
  accountPerformance: {
    method: 'GET',
    path: '/accounts/{accountId}/performance',
    permission: 'book.read',
    summary: 'What an account, or one instrument in it, returned over a period',
    params: accountId,
    query: Type.Object(performanceQuery, closed),
    reply: Performance,
    refusals: ['not_found', 'unknown_currency', 'bad_request'],
  },
  portfolioValuations: {
    method: 'GET',
    path: '/portfolios/{portfolioId}/valuations',
    permission: 'book.read',
    summary: 'Value, money paid in and cumulative return, day by day',
    params: portfolioId,
    query: Type.Object(
      {
        ...period,
        ...knownAt,
        currency: Type.Optional(CurrencyCode),
        accountId: Type.Optional(Id),
        instrumentId: Type.Optional(Id),
        flowTiming: Type.Optional(FlowTiming),
      },
      closed,
    ),
    reply: ValuationSeries,
    refusals: ['not_found', 'unknown_currency', 'bad_request'],
  },
  portfolioMonthlyReturns: {
    method: 'GET',
    path: '/portfolios/{portfolioId}/monthly-returns',
    permission: 'book.read',
    summary: 'Time-weighted return of each month and year',
    params: portfolioId,
    query: Type.Object(
      {
        ...period,
        ...knownAt,
        currency: Type.Optional(CurrencyCode),
        accountId: Type.Optional(Id),
        instrumentId: Type.Optional(Id),
        flowTiming: Type.Optional(FlowTiming),
      },
      closed,
    ),
    reply: MonthlyReturns,
    refusals: ['not_found', 'unknown_currency', 'bad_request'],
  },
  portfolioMovers: {
    method: 'GET',
    path: '/portfolios/{portfolioId}/movers',
    permission: 'book.read',
    summary: 'What made the profit of a period: each instrument, largest first, and the rest',
    params: portfolioId,
    query: Type.Object({ ...period, ...knownAt, currency: Type.Optional(CurrencyCode), explain: Type.Optional(Type.Boolean()) }, closed),
    reply: Movers,
    refusals: ['not_found', 'unknown_currency', 'bad_request'],
  },
})
export type AnalyticsRoutes = typeof analyticsRoutes
