import { addDays, type PlainDate } from '@pe/finance/time/plain-date.ts'
import type { Schema } from '@pe/sdk/client.ts'
import { api, ask } from './api.ts'

/** Whose figures: a portfolio, one of its accounts, one of its instruments. */
export interface Subject {
  readonly portfolioId: string
  readonly accountId?: string
  readonly instrumentId?: string
}

export interface PeriodQuestion extends Subject {
  readonly from?: string
  readonly to: string
  readonly currency: string
  /** The book as it was known at a moment. */
  readonly knownAt?: string
}

/** Without the account and the instrument: what made the result is told of a whole portfolio. */
export type MoversQuestion = Pick<PeriodQuestion, 'portfolioId' | 'from' | 'to' | 'currency' | 'knownAt'>

export interface HoldingsQuestion {
  readonly portfolioId: string
  readonly accountId?: string
  readonly asOf: string
  readonly currency: string
  readonly knownAt?: string
}

/** What an account is worth, or one instrument in it, whatever portfolio has it. */
export interface AccountValueQuestion {
  readonly accountId: string
  readonly instrumentId?: string
  readonly asOf: string
  readonly currency: string
  readonly knownAt?: string
}

/** Rounded to the minor unit, as statements are. */
const rounding = 'minorUnit' as const

/** What analytics works out: holdings, performance, daily values, months, movers. */
export const analyticsApi = api.injectEndpoints({
  endpoints: (build) => ({
    holdings: build.query<Schema<'Holdings'>, HoldingsQuestion & { explain?: boolean }>({
      queryFn: ({ portfolioId, ...query }, call) =>
        ask(call, (client) =>
          client.GET('/portfolios/{portfolioId}/holdings', { params: { path: { portfolioId }, query: { ...query, rounding } } }),
        ),
      providesTags: ['Figures'],
    }),
    performance: build.query<Schema<'Performance'>, PeriodQuestion & { explain?: boolean }>({
      queryFn: ({ portfolioId, ...query }, call) =>
        ask(call, (client) =>
          client.GET('/portfolios/{portfolioId}/performance', { params: { path: { portfolioId }, query: { ...query, rounding } } }),
        ),
      providesTags: ['Figures'],
    }),
    accountValue: build.query<Schema<'MoneyFigure'>, AccountValueQuestion>({
      queryFn: async ({ accountId, asOf, ...whose }, call) => {
        const query = { ...whose, from: addDays(asOf as PlainDate, -1), to: asOf, rounding }
        const answer = await ask(call, (client) =>
          client.GET('/accounts/{accountId}/performance', { params: { path: { accountId }, query } }),
        )
        return 'error' in answer ? answer : { data: answer.data.closingValue }
      },
      providesTags: ['Figures', 'Transaction'],
    }),
    valuations: build.query<Schema<'ValuationSeries'>, PeriodQuestion>({
      queryFn: ({ portfolioId, ...query }, call) =>
        ask(call, (client) => client.GET('/portfolios/{portfolioId}/valuations', { params: { path: { portfolioId }, query } })),
      providesTags: ['Figures'],
    }),
    monthlyReturns: build.query<Schema<'MonthlyReturns'>, PeriodQuestion>({
      queryFn: ({ portfolioId, ...query }, call) =>
        ask(call, (client) => client.GET('/portfolios/{portfolioId}/monthly-returns', { params: { path: { portfolioId }, query } })),
      providesTags: ['Figures'],
    }),
    movers: build.query<Schema<'Movers'>, MoversQuestion & { explain?: boolean }>({
      queryFn: ({ portfolioId, ...query }, call) =>
        ask(call, (client) => client.GET('/portfolios/{portfolioId}/movers', { params: { path: { portfolioId }, query } })),
      providesTags: ['Figures'],
    }),
  }),
})

export const { useHoldingsQuery, usePerformanceQuery, useValuationsQuery, useMonthlyReturnsQuery, useMoversQuery, useAccountValueQuery } =
  analyticsApi
