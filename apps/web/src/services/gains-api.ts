import type { Problem, Schema } from '@pe/sdk/client.ts'
import { api, ask } from './api.ts'

export interface GainsQuestion {
  readonly portfolioId: string
  readonly accountId?: string
  readonly instrumentId?: string
  readonly currency: string
  readonly basis: Schema<'GainBasis'>
  readonly costMethod: Schema<'CostMethod'>
  readonly lotScope: Schema<'LotScope'>
  readonly year?: number
  readonly firstMonth?: number
}

export interface LotsQuestion {
  readonly portfolioId: string
  readonly accountId?: string
  readonly instrumentId?: string
  readonly currency: string
  readonly asOf: string
  readonly state?: 'open' | 'closed'
}

const pageSize = 200

/** It began the lot, or took of it. */
function touches({ lotId, takings }: Schema<'LotHistory'>, transactionId: string): boolean {
  return lotId === transactionId || takings.some((taking) => taking.transactionId === transactionId)
}

/** Realised gains, lots, and how a portfolio keeps them. */
export const gainsApi = api.injectEndpoints({
  endpoints: (build) => ({
    gainTotals: build.query<Schema<'RealisedGains'>, GainsQuestion & { explain?: boolean }>({
      queryFn: ({ portfolioId, ...query }, call) =>
        ask(call, (client) =>
          client.GET('/portfolios/{portfolioId}/realised-gains', { params: { path: { portfolioId }, query: { ...query, limit: 1 } } }),
        ),
      providesTags: ['Figures'],
    }),
    gainRows: build.infiniteQuery<Schema<'RealisedGains'>, GainsQuestion & { rowsOf: string }, string | null>({
      infiniteQueryOptions: { initialPageParam: null, getNextPageParam: (last) => last.next },
      queryFn: ({ queryArg: { portfolioId, ...query }, pageParam: cursor }, call) =>
        ask(call, (client) =>
          client.GET('/portfolios/{portfolioId}/realised-gains', {
            params: { path: { portfolioId }, query: { ...query, limit: pageSize, ...(cursor ? { cursor } : {}) } },
          }),
        ),
      providesTags: ['Figures'],
    }),
    lots: build.infiniteQuery<Schema<'LotHistories'>, LotsQuestion, string | null>({
      infiniteQueryOptions: { initialPageParam: null, getNextPageParam: (last) => last.next },
      queryFn: ({ queryArg: { portfolioId, ...query }, pageParam: cursor }, call) =>
        ask(call, (client) =>
          client.GET('/portfolios/{portfolioId}/lots', {
            params: { path: { portfolioId }, query: { ...query, limit: pageSize, ...(cursor ? { cursor } : {}) } },
          }),
        ),
      providesTags: ['Figures'],
    }),
    lotsOfTransaction: build.query<Schema<'LotHistory'>[], LotsQuestion & { transactionId: string }>({
      queryFn: async ({ portfolioId, transactionId, ...query }, call) => {
        const found: Schema<'LotHistory'>[] = []
        let cursor: string | null = null
        do {
          const page: { data: Schema<'LotHistories'> } | { error: Problem } = await ask(call, (client) =>
            client.GET('/portfolios/{portfolioId}/lots', {
              params: { path: { portfolioId }, query: { ...query, limit: 1000, ...(cursor ? { cursor } : {}) } },
            }),
          )
          if ('error' in page) return page
          found.push(...page.data.items.filter((lot) => touches(lot, transactionId)))
          cursor = page.data.next
        } while (cursor !== null)
        return { data: found }
      },
      providesTags: ['Figures', 'Transaction'],
    }),
    accountLots: build.query<Schema<'Positions'>, { accountId: string; asOf: string }>({
      queryFn: ({ accountId, ...query }, call) =>
        ask(call, (client) => client.GET('/accounts/{accountId}/positions', { params: { path: { accountId }, query } })),
      providesTags: ['Figures'],
    }),
    keepLots: build.mutation<
      Schema<'Portfolio'>,
      { portfolioId: string; version: number; costMethod: Schema<'CostMethod'>; lotScope: Schema<'LotScope'> }
    >({
      queryFn: ({ portfolioId, version, ...body }, call) =>
        ask(call, (client) =>
          client.PATCH('/portfolios/{portfolioId}', {
            params: { path: { portfolioId }, header: { 'Idempotency-Key': crypto.randomUUID(), 'If-Match': `"${version}"` } },
            body,
          }),
        ),
      invalidatesTags: ['Portfolio', 'Figures'],
    }),
  }),
})

export const {
  useGainTotalsQuery,
  useGainRowsInfiniteQuery,
  useLotsInfiniteQuery,
  useLotsOfTransactionQuery,
  useAccountLotsQuery,
  useKeepLotsMutation,
} = gainsApi
