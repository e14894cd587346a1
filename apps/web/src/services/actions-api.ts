import type { Schema } from '@pe/sdk/client.ts'
import { api, ask, type Tag } from './api.ts'

type Choices = Schema<'AccountChoice'>[]

/** What an application or its undoing may have changed. */
const changed: readonly Tag[] = ['Transaction', 'Account', 'Portfolio', 'Figures']

const once = () => ({ 'Idempotency-Key': crypto.randomUUID() })
const seen = (version: number) => ({ ...once(), 'If-Match': `"${version}"` })

/** Corporate actions: market's record, and what accounts make of it. */
export const actionsApi = api.injectEndpoints({
  endpoints: (build) => ({
    actions: build.query<Schema<'CorporateAction'>[], { instrumentId: string }>({
      queryFn: async (query, call) => {
        const page = await ask(call, (client) => client.GET('/actions', { params: { query: { ...query, limit: 100 } } }))
        return 'error' in page ? page : { data: page.data.items }
      },
      providesTags: ['Instrument'],
    }),
    recordAction: build.mutation<Schema<'CorporateAction'>, Schema<'NewAction'>>({
      queryFn: (body, call) => ask(call, (client) => client.POST('/actions', { params: { header: once() }, body })),
      invalidatesTags: ['Instrument'],
    }),
    changeAction: build.mutation<Schema<'CorporateAction'>, { actionId: string; version: number; terms: Schema<'NewAction'> }>({
      queryFn: ({ actionId, version, terms }, call) =>
        ask(call, (client) => client.PUT('/actions/{actionId}', { params: { path: { actionId }, header: seen(version) }, body: terms })),
      invalidatesTags: ['Instrument'],
    }),
    actionPreview: build.query<Schema<'ActionPreview'>, { actionId: string; version: number; accounts: Choices | null }>({
      queryFn: ({ actionId, accounts }, call) =>
        ask(call, (client) =>
          client.POST('/actions/{actionId}/preview', {
            params: { path: { actionId }, header: once() },
            body: accounts === null ? {} : { accounts },
          }),
        ),
      providesTags: ['Transaction'],
      keepUnusedDataFor: 0,
    }),
    applyAction: build.mutation<Schema<'ActionApplication'>, { actionId: string; accounts: Choices }>({
      queryFn: ({ actionId, accounts }, call) =>
        ask(call, (client) =>
          client.POST('/actions/{actionId}/apply', { params: { path: { actionId }, header: once() }, body: { accounts } }),
        ),
      invalidatesTags: [...changed],
    }),
    undoAction: build.mutation<Schema<'ActionApplication'>, string>({
      queryFn: (applicationId, call) =>
        ask(call, (client) =>
          client.POST('/action-applications/{applicationId}/undo', { params: { path: { applicationId }, header: once() }, body: {} }),
        ),
      invalidatesTags: [...changed],
    }),
    appliedActions: build.query<Schema<'ActionApplication'>[], { portfolioId: string; accountId?: string; instrumentId?: string }>({
      queryFn: async (query, call) => {
        const page = await ask(call, (client) => client.GET('/action-applications', { params: { query: { ...query, limit: 100 } } }))
        return 'error' in page ? page : { data: page.data.items }
      },
      providesTags: ['Transaction'],
    }),
  }),
})

export const {
  useActionsQuery,
  useRecordActionMutation,
  useChangeActionMutation,
  useActionPreviewQuery,
  useApplyActionMutation,
  useUndoActionMutation,
  useAppliedActionsQuery,
} = actionsApi
