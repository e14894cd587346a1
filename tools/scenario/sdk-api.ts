import type { Client } from '@pe/sdk/client.ts'
import { dataOf } from '@pe/sdk/problem-error.ts'
import type { Api } from './api-keeper.ts'

/** The operations over HTTP, as a customer calls them. */
export function sdkApi(client: Client): Api {
  return {
    createInstrument: async (body) => dataOf(await client.POST('/instruments', { body })).id,
    recordCloses: async (instrumentId, closes) => {
      dataOf(await client.PUT('/instruments/{instrumentId}/closes', { params: { path: { instrumentId } }, body: { closes } }))
    },
    recordRates: async (rates) => {
      dataOf(await client.PUT('/rates', { body: { rates } }))
    },
    createAccount: async (body) => dataOf(await client.POST('/accounts', { body })).id,
    createPortfolio: async (body) => dataOf(await client.POST('/portfolios', { body })).id,
    recordTransaction: async (accountId, body) => {
      const { error } = await client.POST('/accounts/{accountId}/transactions', { params: { path: { accountId } }, body })
      return error ? error.code : null
    },
    recordEvent: async (accountId, body) => {
      const { error } = await client.POST('/accounts/{accountId}/events', { params: { path: { accountId } }, body })
      return error ? error.code : null
    },
    applyAction: async (body) => {
      const recorded = await client.POST('/actions', { body })
      if (recorded.error) return recorded.error.code
      const path = { actionId: recorded.data.id }
      const preview = await client.POST('/actions/{actionId}/preview', { params: { path }, body: {} })
      if (preview.error) return preview.error.code
      const accounts = preview.data.effects.map(({ accountId }) => ({ accountId }))
      const { error } = await client.POST('/actions/{actionId}/apply', { params: { path }, body: { accounts } })
      return error ? error.code : null
    },
    positions: async (portfolioId, asOf) =>
      dataOf(await client.GET('/portfolios/{portfolioId}/positions', { params: { path: { portfolioId }, query: { asOf } } })) as Awaited<
        ReturnType<Api['positions']>
      >,
    holdings: async (portfolioId, asOf) =>
      dataOf(await client.GET('/portfolios/{portfolioId}/holdings', { params: { path: { portfolioId }, query: { asOf } } })) as Awaited<
        ReturnType<Api['holdings']>
      >,
    performance: async (portfolioId, from, to) =>
      dataOf(
        await client.GET('/portfolios/{portfolioId}/performance', { params: { path: { portfolioId }, query: { from, to } } }),
      ) as Awaited<ReturnType<Api['performance']>>,
  }
}
