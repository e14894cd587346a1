import type { Schema } from '@pe/sdk/client.ts'
import { api, ask, type Tag } from './api.ts'
import { once, seen } from './request-headers.ts'

export interface JournalQuestion {
  readonly portfolioId: string
  readonly accountId?: string
  readonly instrumentId?: string
  readonly kind?: Schema<'TransactionKind'>
  readonly state?: Schema<'TransactionState'>
  readonly text?: string
  /** The last day. */
  readonly to?: string
  readonly needsReview?: boolean
  readonly knownAt?: string
}

/** What a recorded or voided transaction may have changed. */
const changed: readonly Tag[] = ['Transaction', 'Account', 'Portfolio', 'Figures']

/** The journal: transactions and what they are recorded in. */
export const journalApi = api.injectEndpoints({
  endpoints: (build) => ({
    journal: build.infiniteQuery<Schema<'TransactionPage'>, JournalQuestion, string | null>({
      infiniteQueryOptions: { initialPageParam: null, getNextPageParam: (last) => last.next },
      queryFn: ({ queryArg, pageParam }, call) =>
        ask(call, (client) =>
          client.GET('/transactions', { params: { query: { ...queryArg, limit: 500, ...(pageParam ? { cursor: pageParam } : {}) } } }),
        ),
      providesTags: ['Transaction'],
    }),
    record: build.mutation<Schema<'Booking'>, { accountId: string; transaction: Schema<'NewTransaction'> }>({
      queryFn: ({ accountId, transaction }, call) =>
        ask(call, (client) =>
          client.POST('/accounts/{accountId}/transactions', { params: { path: { accountId }, header: once() }, body: transaction }),
        ),
      invalidatesTags: [...changed],
    }),
    replace: build.mutation<
      Schema<'Booking'>,
      { transactionId: string; version: number; transaction: Schema<'NewTransaction'>; reason?: string }
    >({
      queryFn: ({ transactionId, version, ...body }, call) =>
        ask(call, (client) =>
          client.POST('/transactions/{transactionId}/replace', {
            params: { path: { transactionId }, header: seen(version) },
            body,
          }),
        ),
      invalidatesTags: [...changed],
    }),
    void: build.mutation<Schema<'Transaction'>, { transactionId: string; version: number; reason?: string }>({
      queryFn: ({ transactionId, version, ...body }, call) =>
        ask(call, (client) =>
          client.POST('/transactions/{transactionId}/void', { params: { path: { transactionId }, header: seen(version) }, body }),
        ),
      invalidatesTags: [...changed],
    }),
    reinstate: build.mutation<Schema<'Booking'>, string>({
      queryFn: (transactionId, call) =>
        ask(call, (client) =>
          client.POST('/transactions/{transactionId}/reinstate', { params: { path: { transactionId }, header: once() }, body: {} }),
        ),
      invalidatesTags: [...changed],
    }),
    tryEditSheet: build.mutation<Schema<'SheetAnswer'>, Schema<'SheetLine'>[]>({
      queryFn: (lines, call) =>
        ask(call, (client) => client.POST('/transactions/sheet', { params: { header: once() }, body: { lines, dryRun: true } })),
    }),
    editSheet: build.mutation<Schema<'SheetAnswer'>, Schema<'SheetLine'>[]>({
      queryFn: (lines, call) => ask(call, (client) => client.POST('/transactions/sheet', { params: { header: once() }, body: { lines } })),
      invalidatesTags: [...changed],
    }),
    recordEvent: build.mutation<Schema<'EventBooking'>, { accountId: string; event: Schema<'NewEvent'> }>({
      queryFn: ({ accountId, event }, call) =>
        ask(call, (client) =>
          client.POST('/accounts/{accountId}/events', { params: { path: { accountId }, header: once() }, body: event }),
        ),
      invalidatesTags: [...changed],
    }),
    replaceByEvent: build.mutation<
      Schema<'EventBooking'>,
      { transactionId: string; version: number; event: Schema<'NewEvent'>; reason?: string }
    >({
      queryFn: ({ transactionId, version, ...body }, call) =>
        ask(call, (client) =>
          client.POST('/transactions/{transactionId}/replace-by-event', {
            params: { path: { transactionId }, header: seen(version) },
            body,
          }),
        ),
      invalidatesTags: [...changed],
    }),
    transaction: build.query<Schema<'Transaction'>, { transactionId: string; knownAt?: string }>({
      queryFn: ({ transactionId, ...query }, call) =>
        ask(call, (client) => client.GET('/transactions/{transactionId}', { params: { path: { transactionId }, query } })),
      providesTags: ['Transaction'],
    }),
    transactionHistory: build.query<Schema<'TransactionHistory'>, string>({
      queryFn: (transactionId, call) =>
        ask(call, (client) => client.GET('/transactions/{transactionId}/history', { params: { path: { transactionId } } })),
      providesTags: ['Transaction'],
    }),
    openAccount: build.mutation<Schema<'Account'>, Schema<'NewAccount'>>({
      queryFn: (body, call) => ask(call, (client) => client.POST('/accounts', { params: { header: once() }, body })),
      invalidatesTags: ['Account'],
    }),
    createPortfolio: build.mutation<Schema<'Portfolio'>, Schema<'NewPortfolio'>>({
      queryFn: (body, call) => ask(call, (client) => client.POST('/portfolios', { params: { header: once() }, body })),
      invalidatesTags: ['Portfolio', 'Account'],
    }),
    addInstrument: build.mutation<Schema<'Instrument'>, Schema<'NewInstrument'>>({
      queryFn: (body, call) => ask(call, (client) => client.POST('/instruments', { params: { header: once() }, body })),
      invalidatesTags: ['Instrument'],
    }),
  }),
})

export const {
  useJournalInfiniteQuery,
  useRecordMutation,
  useReplaceMutation,
  useVoidMutation,
  useReinstateMutation,
  useTryEditSheetMutation,
  useEditSheetMutation,
  useRecordEventMutation,
  useReplaceByEventMutation,
  useTransactionQuery,
  useTransactionHistoryQuery,
  useOpenAccountMutation,
  useCreatePortfolioMutation,
  useAddInstrumentMutation,
} = journalApi
