import type { Schema } from '@pe/sdk/client.ts'
import { api, ask, type Tag } from './api.ts'
import { once, seen } from './request-headers.ts'

/** An account, or all of a portfolio. */
export interface Whose {
  readonly accountId?: string
  readonly portfolioId?: string
}

/** What of a plan can change; the rest would make it another plan. */
export type PlanChange = Partial<Pick<Schema<'Plan'>, 'name' | 'amount' | 'fee' | 'rhythm' | 'day' | 'dayRule' | 'until' | 'note'>>

/** What a posted or discarded draft may have changed. */
const booked: readonly Tag[] = ['Transaction', 'Account', 'Portfolio', 'Figures']

/** What stands around the journal: positions of an account, stated balances, closed periods, drafts, plans. */
export const accountApi = api.injectEndpoints({
  endpoints: (build) => ({
    account: build.query<Schema<'Account'>, string>({
      queryFn: (accountId, call) => ask(call, (client) => client.GET('/accounts/{accountId}', { params: { path: { accountId } } })),
      providesTags: ['Account'],
    }),
    positions: build.query<Schema<'Positions'>, { accountId: string; asOf?: string; knownAt?: string }>({
      queryFn: ({ accountId, ...query }, call) =>
        ask(call, (client) => client.GET('/accounts/{accountId}/positions', { params: { path: { accountId }, query } })),
      providesTags: ['Transaction'],
    }),
    waiting: build.query<readonly Schema<'Transaction'>[], Whose>({
      queryFn: async (whose, call) => {
        const query = { ...whose, limit: 200 }
        const drafts = await ask(call, (client) => client.GET('/transactions', { params: { query: { ...query, state: 'draft' } } }))
        if ('error' in drafts) return drafts
        const reviews = await ask(call, (client) =>
          client.GET('/transactions', { params: { query: { ...query, state: 'posted', needsReview: true } } }),
        )
        return 'error' in reviews ? reviews : { data: [...drafts.data.items, ...reviews.data.items] }
      },
      providesTags: ['Transaction'],
    }),
    lastTransactions: build.query<Schema<'Transaction'>[], string>({
      queryFn: async (accountId, call) => {
        const page = await ask(call, (client) =>
          client.GET('/transactions', { params: { query: { accountId, state: 'posted', limit: 10 } } }),
        )
        return 'error' in page ? page : { data: page.data.items }
      },
      providesTags: ['Transaction'],
    }),
    openTransactions: build.query<Schema<'OpenTransactions'>, Whose>({
      queryFn: (query, call) => ask(call, (client) => client.GET('/transaction-counts', { params: { query } })),
      providesTags: ['Transaction'],
    }),
    postDrafts: build.mutation<Schema<'DraftsPosted'>, readonly string[]>({
      queryFn: (transactionIds, call) =>
        ask(call, (client) =>
          client.POST('/transactions/post-drafts', { params: { header: once() }, body: { transactionIds: [...transactionIds] } }),
        ),
      invalidatesTags: [...booked],
    }),
    markReviewed: build.mutation<Schema<'Transaction'>, string>({
      queryFn: (transactionId, call) =>
        ask(call, (client) =>
          client.POST('/transactions/{transactionId}/reviewed', { params: { path: { transactionId }, header: once() }, body: {} }),
        ),
      invalidatesTags: ['Transaction'],
    }),
    assertions: build.query<Schema<'BalanceAssertion'>[], Whose>({
      queryFn: async (query, call) => {
        const page = await ask(call, (client) => client.GET('/balance-assertions', { params: { query: { ...query, limit: 50 } } }))
        return 'error' in page ? page : { data: page.data.items }
      },
      providesTags: ['Transaction', 'Assertion'],
    }),
    assertBalance: build.mutation<Schema<'BalanceAssertion'>, Schema<'NewBalanceAssertion'>>({
      queryFn: (body, call) => ask(call, (client) => client.POST('/balance-assertions', { params: { header: once() }, body })),
      invalidatesTags: ['Assertion'],
    }),
    withdrawAssertion: build.mutation<Schema<'AssertionWithdrawn'>, string>({
      queryFn: (assertionId, call) =>
        ask(call, (client) => client.DELETE('/balance-assertions/{assertionId}', { params: { path: { assertionId }, header: once() } })),
      invalidatesTags: ['Assertion'],
    }),
    periodLocks: build.query<Schema<'PeriodLock'>[], { accountId?: string }>({
      queryFn: async (query, call) => {
        const page = await ask(call, (client) => client.GET('/period-locks', { params: { query: { ...query, limit: 50 } } }))
        return 'error' in page ? page : { data: page.data.items }
      },
      providesTags: ['PeriodLock'],
    }),
    closePeriod: build.mutation<Schema<'PeriodLock'>, Schema<'NewPeriodLock'>>({
      queryFn: (body, call) => ask(call, (client) => client.POST('/period-locks', { params: { header: once() }, body })),
      invalidatesTags: ['PeriodLock'],
    }),
    reopenPeriod: build.mutation<Schema<'PeriodLock'>, string>({
      queryFn: (lockId, call) =>
        ask(call, (client) => client.POST('/period-locks/{lockId}/reopen', { params: { path: { lockId }, header: once() }, body: {} })),
      invalidatesTags: ['PeriodLock'],
    }),
    plans: build.query<Schema<'Plan'>[], Whose>({
      queryFn: async (query, call) => {
        const page = await ask(call, (client) => client.GET('/plans', { params: { query: { ...query, limit: 1000 } } }))
        return 'error' in page ? page : { data: page.data.items }
      },
      providesTags: ['Plan', 'Transaction'],
    }),
    createPlan: build.mutation<Schema<'Plan'>, Schema<'NewPlan'>>({
      queryFn: (body, call) => ask(call, (client) => client.POST('/plans', { params: { header: once() }, body })),
      invalidatesTags: ['Plan', 'Transaction'],
    }),
    changePlan: build.mutation<Schema<'Plan'>, { plan: Schema<'Plan'>; change: PlanChange }>({
      queryFn: ({ plan: { id: planId, version }, change }, call) =>
        ask(call, (client) => client.PATCH('/plans/{planId}', { params: { path: { planId }, header: seen(version) }, body: change })),
      invalidatesTags: ['Plan', 'Transaction'],
    }),
    pausePlan: build.mutation<Schema<'Plan'>, Schema<'Plan'>>({
      queryFn: ({ id: planId, version }, call) =>
        ask(call, (client) => client.POST('/plans/{planId}/pause', { params: { path: { planId }, header: seen(version) }, body: {} })),
      invalidatesTags: ['Plan', 'Transaction'],
    }),
    resumePlan: build.mutation<Schema<'Plan'>, { plan: Schema<'Plan'>; missed: 'leave-out' | 'draft' }>({
      queryFn: ({ plan: { id: planId, version }, missed }, call) =>
        ask(call, (client) =>
          client.POST('/plans/{planId}/resume', { params: { path: { planId }, header: seen(version) }, body: { missed } }),
        ),
      invalidatesTags: ['Plan', 'Transaction'],
    }),
    removePlan: build.mutation<Schema<'PlanRemoved'>, string>({
      queryFn: (planId, call) => ask(call, (client) => client.DELETE('/plans/{planId}', { params: { path: { planId }, header: once() } })),
      invalidatesTags: ['Plan'],
    }),
  }),
})

export const {
  useAccountQuery,
  usePositionsQuery,
  useWaitingQuery,
  useLastTransactionsQuery,
  useOpenTransactionsQuery,
  usePostDraftsMutation,
  useMarkReviewedMutation,
  useAssertionsQuery,
  useAssertBalanceMutation,
  useWithdrawAssertionMutation,
  usePeriodLocksQuery,
  useClosePeriodMutation,
  useReopenPeriodMutation,
  usePlansQuery,
  useCreatePlanMutation,
  useChangePlanMutation,
  usePausePlanMutation,
  useRemovePlanMutation,
  useResumePlanMutation,
} = accountApi
