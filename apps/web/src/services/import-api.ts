import type { Schema } from '@pe/sdk/client.ts'
import { api, ask, type Tag, tags } from './api.ts'

export interface FileForImport {
  readonly file: File
  readonly portfolio?: string
  readonly baseCurrency?: string
}

/** What an import or its undo may have changed. */
const everything: readonly Tag[] = ['Import', 'Portfolio', 'Account', 'Instrument', 'Transaction', 'Figures', 'Close']

const once = () => ({ 'Idempotency-Key': crypto.randomUUID() })

/** Files on their way into the book. */
export const importApi = api.injectEndpoints({
  endpoints: (build) => ({
    previewImport: build.mutation<Schema<'Import'>, FileForImport>({
      queryFn: ({ file, ...query }, call) =>
        ask(call, (client) =>
          client.POST('/imports', {
            params: { query: { fileName: file.name, ...query } },
            // The file itself travels: the SDK's type for bytes is text.
            body: file as unknown as string,
            bodySerializer: (body) => body,
            headers: { 'Content-Type': 'application/octet-stream' },
          }),
        ),
      invalidatesTags: ['Import'],
    }),
    importBook: build.mutation<Schema<'ImportedBook'>, File>({
      queryFn: (file, call) =>
        ask(call, (client) =>
          client.POST('/import/book', {
            body: file as unknown as string,
            bodySerializer: (body) => body,
            headers: { 'Content-Type': 'application/octet-stream' },
          }),
        ),
      invalidatesTags: (done) => (done ? tags : []),
    }),
    imports: build.query<Schema<'Import'>[], void>({
      queryFn: async (_, call) => {
        const page = await ask(call, (client) => client.GET('/imports', { params: { query: { limit: 20 } } }))
        return 'error' in page ? page : { data: page.data.items }
      },
      providesTags: ['Import'],
    }),
    import: build.query<Schema<'Import'>, string>({
      queryFn: (importId, call) => ask(call, (client) => client.GET('/imports/{importId}', { params: { path: { importId } } })),
      providesTags: ['Import'],
    }),
    importRows: build.infiniteQuery<Schema<'ImportRowPage'>, { importId: string; state?: Schema<'RowState'> }, string | null>({
      infiniteQueryOptions: { initialPageParam: null, getNextPageParam: (last) => last.next },
      queryFn: ({ queryArg: { importId, ...query }, pageParam }, call) =>
        ask(call, (client) =>
          client.GET('/imports/{importId}/rows', {
            params: { path: { importId }, query: { ...query, limit: 500, ...(pageParam ? { cursor: pageParam } : {}) } },
          }),
        ),
      providesTags: ['Import'],
    }),
    changeImport: build.mutation<
      Schema<'Import'>,
      { importId: string; mapping?: Schema<'Mapping'>; portfolio?: string; baseCurrency?: string }
    >({
      queryFn: ({ importId, ...body }, call) =>
        ask(call, (client) => client.PATCH('/imports/{importId}', { params: { path: { importId } }, body })),
      invalidatesTags: ['Import'],
    }),
    commitImport: build.mutation<Schema<'Import'>, { importId: string; skipErrors: boolean }>({
      queryFn: ({ importId, skipErrors }, call) =>
        ask(call, (client) =>
          client.POST('/imports/{importId}/commit', { params: { path: { importId }, header: once() }, body: { skipErrors } }),
        ),
      invalidatesTags: [...everything],
    }),
    undoImport: build.mutation<Schema<'Import'>, string>({
      queryFn: (importId, call) =>
        ask(call, (client) => client.POST('/imports/{importId}/undo', { params: { path: { importId }, header: once() }, body: {} })),
      invalidatesTags: [...everything],
    }),
  }),
})

export const {
  usePreviewImportMutation,
  useImportBookMutation,
  useImportsQuery,
  useImportQuery,
  useImportRowsInfiniteQuery,
  useChangeImportMutation,
  useCommitImportMutation,
  useUndoImportMutation,
} = importApi
