import type { Problem, Schema } from '@pe/sdk/client.ts'
import { api, ask } from './api.ts'
import { once, seen } from './request-headers.ts'

export type Role = Schema<'Role'>
export type Permission = Schema<'Permission'>

/** The organisation: its name, from where it may be reached, its people, and the keys that act for it. */
export const organisationApi = api.injectEndpoints({
  endpoints: (build) => ({
    organisation: build.query<Schema<'Organisation'>, void>({
      queryFn: (_, call) => ask(call, (client) => client.GET('/organisation')),
      providesTags: ['Organisation'],
    }),
    changeOrganisation: build.mutation<Schema<'Organisation'>, { version: number; change: { name?: string; allowedAddresses?: string[] } }>(
      {
        queryFn: ({ version, change }, call) =>
          ask(call, (client) => client.PATCH('/organisation', { params: { header: seen(version) }, body: change })),
        invalidatesTags: ['Organisation', 'Me'],
      },
    ),
    members: build.query<Schema<'Member'>[], void>({
      queryFn: (_, call) =>
        wholeList((query) => ask(call, (client) => client.GET('/organisation/people', { params: { query: { ...query, limit: 1000 } } }))),
      providesTags: ['Member'],
    }),
    changeMember: build.mutation<Schema<'Member'>, { personId: string; change: { role?: Role; disabled?: boolean } }>({
      queryFn: ({ personId, change }, call) =>
        ask(call, (client) =>
          client.PATCH('/organisation/people/{personId}', { params: { path: { personId }, header: once() }, body: change }),
        ),
      invalidatesTags: ['Member', 'Me'],
    }),
    invitations: build.query<Schema<'Invitation'>[], void>({
      queryFn: (_, call) =>
        wholeList((query) =>
          ask(call, (client) => client.GET('/organisation/invitations', { params: { query: { ...query, limit: 1000 } } })),
        ),
      providesTags: ['Invitation'],
    }),
    invite: build.mutation<Schema<'Invitation'>, Schema<'NewInvitation'>>({
      queryFn: (body, call) => ask(call, (client) => client.POST('/organisation/invitations', { params: { header: once() }, body })),
      invalidatesTags: ['Invitation'],
    }),
    withdrawInvitation: build.mutation<unknown, string>({
      queryFn: (invitationId, call) =>
        ask(call, (client) =>
          client.POST('/organisation/invitations/{invitationId}/withdraw', {
            params: { path: { invitationId }, header: once() },
            body: {},
          }),
        ),
      invalidatesTags: ['Invitation'],
    }),
    apiKeys: build.query<Schema<'ApiKey'>[], void>({
      queryFn: (_, call) =>
        wholeList((query) => ask(call, (client) => client.GET('/api-keys', { params: { query: { ...query, limit: 1000 } } }))),
      providesTags: ['ApiKey'],
    }),
    createApiKey: build.mutation<Schema<'ApiKeyWithSecret'>, Schema<'NewApiKey'>>({
      queryFn: (body, call) => ask(call, (client) => client.POST('/api-keys', { params: { header: once() }, body })),
      invalidatesTags: ['ApiKey'],
    }),
    revokeApiKey: build.mutation<Schema<'ApiKey'>, string>({
      queryFn: (keyId, call) =>
        ask(call, (client) => client.POST('/api-keys/{keyId}/revoke', { params: { path: { keyId }, header: once() }, body: {} })),
      invalidatesTags: ['ApiKey'],
    }),
  }),
})

type Page<T> = { data: { items: T[]; next: string | null } } | { error: Problem }

/** All pages of a list one after the other: these lists are as long as an organisation has people. */
async function wholeList<T>(page: (query: { cursor?: string }) => Promise<Page<T>>): Promise<{ data: T[] } | { error: Problem }> {
  const all: T[] = []
  let cursor: string | null = null
  do {
    const answer: Page<T> = await page(cursor === null ? {} : { cursor })
    if ('error' in answer) return answer
    all.push(...answer.data.items)
    cursor = answer.data.next
  } while (cursor !== null)
  return { data: all }
}

export const {
  useOrganisationQuery,
  useChangeOrganisationMutation,
  useMembersQuery,
  useChangeMemberMutation,
  useInvitationsQuery,
  useInviteMutation,
  useWithdrawInvitationMutation,
  useApiKeysQuery,
  useCreateApiKeyMutation,
  useRevokeApiKeyMutation,
} = organisationApi
