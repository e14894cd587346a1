import type { Schema } from '@pe/sdk/client.ts'
import { api, ask } from './api.ts'

/** The book's nouns: about, portfolios, accounts, instruments. */
export const portfolioApi = api.injectEndpoints({
  endpoints: (build) => ({
    about: build.query<Schema<'About'>, void>({
      queryFn: (_, call) => ask(call, (client) => client.GET('/about')),
    }),
    portfolios: build.query<Schema<'Portfolio'>[], void>({
      queryFn: async (_, call) => {
        const page = await ask(call, (client) => client.GET('/portfolios', { params: { query: { limit: 1000 } } }))
        return 'error' in page ? page : { data: page.data.items }
      },
      providesTags: ['Portfolio'],
    }),
    accounts: build.query<Schema<'Account'>[], { portfolioId?: string }>({
      queryFn: async (query, call) => {
        const page = await ask(call, (client) => client.GET('/accounts', { params: { query: { ...query, limit: 1000 } } }))
        return 'error' in page ? page : { data: page.data.items }
      },
      providesTags: ['Account'],
    }),
    instruments: build.query<Schema<'Instrument'>[], { text?: string }>({
      queryFn: async (query, call) => {
        const page = await ask(call, (client) => client.GET('/instruments', { params: { query: { ...query, limit: 1000 } } }))
        return 'error' in page ? page : { data: page.data.items }
      },
      providesTags: ['Instrument'],
    }),
  }),
})

export const { useAboutQuery, usePortfoliosQuery, useAccountsQuery, useInstrumentsQuery } = portfolioApi
