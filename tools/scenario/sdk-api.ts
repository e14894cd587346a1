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
      return codeOf(await client.POST('/accounts/{accountId}/transactions', { params: { path: { accountId } }, body }))
    },
    recordEvent: async (accountId, body) => {
      return codeOf(await client.POST('/accounts/{accountId}/events', { params: { path: { accountId } }, body }))
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
    transactions: async (portfolioId) =>
      dataOf(await client.GET('/transactions', { params: { query: { portfolioId, limit: 1000 } } })).items.filter(
        ({ state }) => state !== 'void',
      ),
    replaceTransaction: async ({ id: transactionId, version }, transaction) => {
      const params = { path: { transactionId }, header: { 'If-Match': `"${version}"` } }
      return codeOf(await client.POST('/transactions/{transactionId}/replace', { params, body: { transaction } }))
    },
    createPlan: async (body) => codeOf(await client.POST('/plans', { body })),
    postDrafts: async (transactionIds) => codeOf(await client.POST('/transactions/post-drafts', { body: { transactionIds } })),
    closePeriod: async (body) => codeOf(await client.POST('/period-locks', { body })),
    assertBalance: async (body) => codeOf(await client.POST('/balance-assertions', { body })),
    assertions: async (portfolioId) => dataOf(await client.GET('/balance-assertions', { params: { query: { portfolioId } } })).items,
    // By the server's own clock: what is recorded after this answer is recorded later.
    moment: async (portfolioId) => {
      const { items } = dataOf(await client.GET('/transactions', { params: { query: { portfolioId, limit: 1000 } } }))
      return items.map(({ recordedAt }) => recordedAt).reduce((a, b) => (a > b ? a : b))
    },
    realisedGains: async (portfolioId, query) =>
      dataOf(await client.GET('/portfolios/{portfolioId}/realised-gains', { params: { path: { portfolioId }, query } })) as Awaited<
        ReturnType<Api['realisedGains']>
      >,
    positions: async (portfolioId, asOf, known) =>
      dataOf(
        await client.GET('/portfolios/{portfolioId}/positions', { params: { path: { portfolioId }, query: { asOf, ...known } } }),
      ) as Awaited<ReturnType<Api['positions']>>,
    holdings: async (portfolioId, asOf, known) =>
      dataOf(
        await client.GET('/portfolios/{portfolioId}/holdings', { params: { path: { portfolioId }, query: { asOf, ...known } } }),
      ) as Awaited<ReturnType<Api['holdings']>>,
    performance: async (portfolioId, query) =>
      dataOf(await client.GET('/portfolios/{portfolioId}/performance', { params: { path: { portfolioId }, query } })) as Awaited<
        ReturnType<Api['performance']>
      >,
  }
}

function codeOf({ error }: { error?: { code: string } }): string | null {
  return error ? error.code : null
}
