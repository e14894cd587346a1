import type { Schema } from '@pe/sdk/client.ts'
import { api, ask } from './api.ts'

type Version = { version: number }
export type PortfolioChange = Partial<
  Pick<Schema<'Portfolio'>, 'name' | 'baseCurrency' | 'inceptionDate' | 'benchmarkId' | 'archivedOn' | 'accountIds' | 'portfolioIds'> & {
    type: Schema<'PortfolioType'>
  }
>

const once = () => ({ 'Idempotency-Key': crypto.randomUUID() })
const seen = (version: number) => ({ ...once(), 'If-Match': `"${version}"` })

/** What a portfolio says of itself, and the archive. */
export const portfolioSettingsApi = api.injectEndpoints({
  endpoints: (build) => ({
    addPortfolio: build.mutation<Schema<'Portfolio'>, Schema<'NewPortfolio'>>({
      queryFn: (body, call) => ask(call, (client) => client.POST('/portfolios', { params: { header: once() }, body })),
      invalidatesTags: ['Portfolio'],
    }),
    changePortfolio: build.mutation<Schema<'Portfolio'>, Version & { portfolioId: string; change: PortfolioChange }>({
      queryFn: ({ portfolioId, version, change }, call) =>
        ask(call, (client) =>
          client.PATCH('/portfolios/{portfolioId}', { params: { path: { portfolioId }, header: seen(version) }, body: change }),
        ),
      invalidatesTags: ['Portfolio', 'Account', 'Figures'],
    }),
    archiveAccount: build.mutation<Schema<'Account'>, Version & { accountId: string; archivedOn: string | null }>({
      queryFn: ({ accountId, version, archivedOn }, call) =>
        ask(call, (client) =>
          client.PATCH('/accounts/{accountId}', { params: { path: { accountId }, header: seen(version) }, body: { archivedOn } }),
        ),
      invalidatesTags: ['Account'],
    }),
  }),
})

export const { useAddPortfolioMutation, useChangePortfolioMutation, useArchiveAccountMutation } = portfolioSettingsApi
