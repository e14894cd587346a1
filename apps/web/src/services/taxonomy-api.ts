import type { Schema } from '@pe/sdk/client.ts'
import type { HoldingsQuestion } from './analytics-api.ts'
import { api, ask } from './api.ts'

type Taxonomy = Schema<'Taxonomy'>
/** A tree in the version that the person sees. */
interface Seen {
  readonly taxonomyId: string
  readonly version: number
}
type Looks = { name?: string; description?: string; colour?: string | null }

const once = () => ({ 'Idempotency-Key': crypto.randomUUID() })
const seen = (version: number) => ({ ...once(), 'If-Match': `"${version}"` })

/** Trees by which holdings are sorted, and what stands in each node. */
export const taxonomyApi = api.injectEndpoints({
  endpoints: (build) => ({
    taxonomies: build.query<Schema<'TaxonomySummary'>[], void>({
      queryFn: async (_, call) => {
        const page = await ask(call, (client) => client.GET('/taxonomies', { params: { query: { limit: 1000 } } }))
        return 'error' in page ? page : { data: page.data.items }
      },
      providesTags: ['Taxonomy'],
    }),
    taxonomy: build.query<Taxonomy, string>({
      queryFn: (taxonomyId, call) => ask(call, (client) => client.GET('/taxonomies/{taxonomyId}', { params: { path: { taxonomyId } } })),
      providesTags: ['Taxonomy'],
    }),
    taxonomyValues: build.query<Schema<'TaxonomyValues'>, HoldingsQuestion & { taxonomyId: string }>({
      queryFn: ({ portfolioId, taxonomyId, ...query }, call) =>
        ask(call, (client) =>
          client.GET('/portfolios/{portfolioId}/taxonomies/{taxonomyId}/values', {
            params: { path: { portfolioId, taxonomyId }, query },
          }),
        ),
      providesTags: ['Figures', 'Taxonomy'],
    }),
    createTaxonomy: build.mutation<Taxonomy, string>({
      queryFn: (name, call) => ask(call, (client) => client.POST('/taxonomies', { params: { header: once() }, body: { name } })),
      invalidatesTags: ['Taxonomy'],
    }),
    renameTaxonomy: build.mutation<Taxonomy, Seen & { name: string }>({
      queryFn: ({ taxonomyId, version, name }, call) =>
        ask(call, (client) =>
          client.PATCH('/taxonomies/{taxonomyId}', { params: { path: { taxonomyId }, header: seen(version) }, body: { name } }),
        ),
      invalidatesTags: ['Taxonomy'],
    }),
    removeTaxonomy: build.mutation<unknown, Seen>({
      queryFn: ({ taxonomyId, version }, call) =>
        ask(call, (client) => client.DELETE('/taxonomies/{taxonomyId}', { params: { path: { taxonomyId }, header: seen(version) } })),
      invalidatesTags: ['Taxonomy'],
    }),
    addNode: build.mutation<Taxonomy, Seen & Looks & { name: string; parentId: string | null }>({
      queryFn: ({ taxonomyId, version, ...body }, call) =>
        ask(call, (client) =>
          client.POST('/taxonomies/{taxonomyId}/nodes', { params: { path: { taxonomyId }, header: seen(version) }, body }),
        ),
      invalidatesTags: ['Taxonomy'],
    }),
    changeNode: build.mutation<Taxonomy, Seen & Looks & { nodeId: string; parentId?: string | null; position?: number }>({
      queryFn: ({ taxonomyId, nodeId, version, ...body }, call) =>
        ask(call, (client) =>
          client.PATCH('/taxonomies/{taxonomyId}/nodes/{nodeId}', {
            params: { path: { taxonomyId, nodeId }, header: seen(version) },
            body,
          }),
        ),
      invalidatesTags: ['Taxonomy'],
    }),
    removeNode: build.mutation<Taxonomy, Seen & { nodeId: string }>({
      queryFn: ({ taxonomyId, nodeId, version }, call) =>
        ask(call, (client) =>
          client.DELETE('/taxonomies/{taxonomyId}/nodes/{nodeId}', { params: { path: { taxonomyId, nodeId }, header: seen(version) } }),
        ),
      invalidatesTags: ['Taxonomy'],
    }),
    mergeNode: build.mutation<Taxonomy, Seen & { nodeId: string; intoNodeId: string }>({
      queryFn: ({ taxonomyId, nodeId, version, intoNodeId }, call) =>
        ask(call, (client) =>
          client.POST('/taxonomies/{taxonomyId}/nodes/{nodeId}/merge', {
            params: { path: { taxonomyId, nodeId }, header: seen(version) },
            body: { intoNodeId },
          }),
        ),
      invalidatesTags: ['Taxonomy'],
    }),
    classify: build.mutation<
      Taxonomy,
      Seen & { kind: Schema<'ObjectKind'>; objectId: string; weights: { nodeId: string; weight: string }[] }
    >({
      queryFn: ({ taxonomyId, version, kind, objectId, weights }, call) =>
        ask(call, (client) =>
          client.PUT('/taxonomies/{taxonomyId}/assignments/{kind}/{objectId}', {
            params: { path: { taxonomyId, kind, objectId }, header: seen(version) },
            body: { weights },
          }),
        ),
      invalidatesTags: ['Taxonomy'],
    }),
  }),
})

export const {
  useTaxonomiesQuery,
  useTaxonomyQuery,
  useTaxonomyValuesQuery,
  useCreateTaxonomyMutation,
  useRenameTaxonomyMutation,
  useRemoveTaxonomyMutation,
  useAddNodeMutation,
  useChangeNodeMutation,
  useRemoveNodeMutation,
  useMergeNodeMutation,
  useClassifyMutation,
} = taxonomyApi
