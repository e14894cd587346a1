import type { Schema } from '@pe/sdk/client.ts'

/** A small book whose figures tie out: 1,000.00 at the start, 1,210.00 at the end. */
export const portfolioId = '01a00000-0000-7000-8000-000000000001'
export const accountId = '01a00000-0000-7000-8000-000000000002'
const apple = '01a00000-0000-7000-8000-000000000003'
const basf = '01a00000-0000-7000-8000-000000000004'

const eur = (amount: string): Schema<'MoneyFigure'> => ({ amount, currency: 'EUR' })
const ratio = (value: number): Schema<'RatioFigure'> => ({ value })

export const about: Schema<'About'> = { name: 'PortfolioEngine', version: '1.2.3', today: '2026-11-20', demo: false }

export const portfolio: Schema<'Portfolio'> = {
  id: portfolioId,
  name: 'Family book',
  baseCurrency: 'EUR',
  costMethod: 'fifo',
  lotScope: 'account',
  type: 'taxable',
  inceptionDate: null,
  benchmarkId: null,
  archivedOn: null,
  portfolioIds: [],
  accountIds: [accountId],
  firstDay: '2024-03-01',
  lastDay: '2026-11-19',
  transactionCount: 12,
  createdAt: '2026-01-01T00:00:00Z',
  version: 1,
}

export const account: Schema<'Account'> = {
  id: accountId,
  name: 'Depot Frankfurt',
  currency: 'EUR',
  openedOn: null,
  allowsShort: false,
  note: '',
  archivedOn: null,
  transactionCount: 12,
  createdAt: '2026-01-01T00:00:00Z',
  version: 1,
}

export const holdings: Schema<'Holdings'> = {
  asOf: '2026-11-20',
  currency: 'EUR',
  costMethod: 'fifo',
  lotScope: 'account',
  holdings: [
    {
      instrumentId: apple,
      instrument: 'Apple',
      symbol: 'AAPL',
      instrumentCurrency: 'USD',
      generated: false,
      units: '10',
      price: '119.7',
      priceUnit: 'USD',
      priceDate: '2026-11-20',
      cost: eur('900.00'),
      value: eur('1110.00'),
      unrealisedGain: eur('210.00'),
      unrealisedGainRatio: ratio(0.2333),
      dayChange: eur('-12.50'),
      dayChangeRatio: ratio(-0.0111),
      weight: ratio(0.91735),
    },
    {
      instrumentId: basf,
      instrument: 'BASF',
      symbol: 'BAS',
      instrumentCurrency: 'EUR',
      generated: false,
      units: '3',
      price: null,
      priceUnit: 'EUR',
      priceDate: null,
      cost: eur('120.00'),
      value: {
        amount: null,
        currency: 'EUR',
        reason: 'missing-close',
        detail: 'no close of BASF on or before 2026-11-20',
        facts: { name: 'BASF', date: '2026-11-20' },
      },
      unrealisedGain: { amount: null, currency: 'EUR', reason: 'missing-close' },
      unrealisedGainRatio: { value: null, reason: 'missing-close' },
      dayChange: { amount: null, currency: 'EUR', reason: 'missing-close' },
      dayChangeRatio: { value: null, reason: 'missing-close' },
      weight: { value: null, reason: 'missing-close' },
    },
  ],
  cash: [
    { accountId, account: 'Depot Frankfurt', balance: '100.00', balanceCurrency: 'EUR', value: eur('100.00'), weight: ratio(0.08265) },
  ],
  totals: {
    cost: eur('1020.00'),
    marketValue: { amount: null, currency: 'EUR', reason: 'missing-close' },
    cash: eur('100.00'),
    value: { amount: null, currency: 'EUR', reason: 'missing-close' },
    unrealisedGain: { amount: null, currency: 'EUR', reason: 'missing-close' },
    dayChange: { amount: null, currency: 'EUR', reason: 'missing-close' },
  },
  unknownCount: 1,
  partialValue: '1210.00',
  warnings: [],
}

export const performance: Schema<'Performance'> = {
  from: '2025-12-31',
  to: '2026-11-20',
  days: 324,
  currency: 'EUR',
  scope: { portfolioId },
  flowTiming: 'split',
  rounding: 'minorUnit',
  openingValue: eur('1000.00'),
  closingValue: eur('1210.00'),
  flows: eur('50.00'),
  profit: eur('160.00'),
  simpleReturn: ratio(0.1524),
  twr: ratio(0.15),
  twrAnnualised: { value: null, reason: 'under-one-year' },
  xirr: { value: 0.171, status: 'ok', roots: [0.171], ofPeriod: 0.1504 },
  maxDrawdown: { value: 0.08, peak: '2026-02-01', trough: '2026-03-01', recovered: null },
  volatility: ratio(0.12),
  volatilityOfPeriod: ratio(0.11),
  statement: {
    opening: eur('1000.00'),
    flows: eur('50.00'),
    realisedGain: eur('0.00'),
    unrealisedGain: eur('180.00'),
    income: eur('20.00'),
    fees: eur('4.90'),
    taxes: eur('5.10'),
    currencyGain: eur('-30.00'),
    closing: eur('1210.00'),
    addsUp: true,
  },
  warnings: [{ code: 'stale-rate', facts: { name: 'USD/EUR', date: '2026-11-10' }, detail: 'the rate from USD to EUR is of 2026-11-10' }],
}

/** What `?explain=true` adds: a chain of two days. */
export const trails = {
  twr: {
    figure: 'twr',
    value: 0.15,
    op: 'growth-chain',
    inputs: [],
    parameters: { timing: 'split', firstDay: '2025-12-31', opening: [1000, 1150], inflow: [50, 0], outflow: [0, 0], closing: [1150, 1210] },
  },
  maxDrawdown: {
    figure: 'maxDrawdown',
    value: 0.08,
    op: 'max-drawdown',
    inputs: [
      { figure: 'drawdown.peak', value: 1.25, op: 'given', inputs: [], source: { kind: 'day', date: '2026-02-01' } },
      { figure: 'drawdown.trough', value: 1.15, op: 'given', inputs: [], source: { kind: 'day', date: '2026-03-01' } },
    ],
    parameters: {
      ...{ curve: [1, 1.25, 1.15], firstDay: '2025-12-31' },
      ...{ peakDay: '2026-02-01', peakValue: '1250.00', troughDay: '2026-03-01', troughValue: '1150.00' },
    },
  },
}

/** What `?explain=true` adds to the holdings: the weight of the first, and the whole that it is a share of. */
export const explainedHoldings: Schema<'Holdings'> = {
  ...holdings,
  holdings: holdings.holdings.map((holding) => ({
    ...holding,
    trails: {
      weight: {
        figure: 'weight',
        value: holding.weight.value,
        op: 'quotient',
        inputs: [
          {
            ...{ figure: 'position.marketValue', value: '1110', unit: 'EUR', op: 'given', inputs: [] },
            source: { kind: 'instrument', id: holding.instrumentId, instrument: holding.instrument },
          },
          { figure: 'knownValue', value: '1210', unit: 'EUR', op: 'given', inputs: [], source: { kind: 'trail', id: 'knownValue' } },
        ],
      },
    },
  })),
  trails: {
    knownValue: {
      figure: 'knownValue',
      value: '1210',
      unit: 'EUR',
      op: 'sum',
      inputs: [
        {
          ...{ figure: 'cash.value', value: '100', unit: 'EUR', op: 'given', inputs: [] },
          source: { kind: 'account', id: 'depot', account: 'Depot', detail: 'EUR' },
        },
      ],
    },
  },
}

export const valuations: Schema<'ValuationSeries'> = {
  currency: 'EUR',
  days: ['2025-12-31', '2026-01-01', '2026-01-02'],
  values: ['1000.00', '1150.00', '1210.00'],
  contributions: ['0.00', '50.00', '50.00'],
  returns: [0, 0.095, 0.15],
  unknown: [],
  staleFrom: null,
  warnings: [],
}

export const movers: Schema<'Movers'> = {
  from: '2025-12-31',
  to: '2026-11-20',
  currency: 'EUR',
  movers: [
    {
      instrumentId: apple,
      instrument: 'Apple',
      symbol: 'AAPL',
      profit: eur('165.00'),
      twr: ratio(0.17),
      closingValue: eur('1110.00'),
      held: true,
    },
    { instrumentId: basf, instrument: 'BASF', symbol: 'BAS', profit: eur('-5.00'), twr: ratio(-0.04), closingValue: eur('0'), held: false },
  ],
  rest: eur('0'),
  profit: eur('160.00'),
  warnings: [],
}

export const months: Schema<'MonthlyReturns'> = {
  currency: 'EUR',
  warnings: [],
  years: [{ year: 2026, months: [0.031, -0.052, null, null, null, null, null, null, null, null, null, null], total: 0.15 }],
}
