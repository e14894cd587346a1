import type { Call } from '@pe/contracts/actor.ts'
import type { AnalyticsRoutes } from '@pe/contracts/analytics.ts'
import type { CoreRoutes } from '@pe/contracts/core.ts'
import type { MarketRoutes } from '@pe/contracts/market.ts'
import type { Client } from '@pe/contracts/route.ts'
import type { Api } from './api-keeper.ts'

type Closes = Parameters<Client<MarketRoutes>['recordCloses']>[0]['body']['closes']
type Rates = Parameters<Client<MarketRoutes>['recordRates']>[0]['body']['rates']
type Day = NonNullable<Parameters<Client<AnalyticsRoutes>['portfolioHoldings']>[0]['query']['asOf']>

/** The operations as function calls on services that stand on a real database. */
export function serviceApi(
  services: { core: Client<CoreRoutes>; market: Client<MarketRoutes>; analytics: Client<AnalyticsRoutes> },
  call: Call,
): Api {
  const { core, market, analytics } = services
  return {
    createInstrument: async (body) => (await market.createInstrument({ body }, call)).id,
    recordCloses: async (instrumentId, closes) => {
      await market.recordCloses({ params: { instrumentId }, body: { closes: closes as Closes } }, call)
    },
    recordRates: async (rates) => {
      await market.recordRates({ body: { rates: rates as Rates } }, call)
    },
    createAccount: async (body) => (await core.createAccount({ body }, call)).id,
    createPortfolio: async (body) => (await core.createPortfolio({ body }, call)).id,
    recordTransaction: async (accountId, body) => {
      try {
        await core.recordTransaction({ params: { accountId }, body }, call)
        return null
      } catch (refused) {
        if (refused instanceof Error && 'code' in refused) return String(refused.code)
        throw refused
      }
    },
    recordEvent: async (accountId, body) => {
      try {
        await core.recordEvent({ params: { accountId }, body }, call)
        return null
      } catch (refused) {
        if (refused instanceof Error && 'code' in refused) return String(refused.code)
        throw refused
      }
    },
    applyAction: async (body) => {
      try {
        const { id: actionId } = await market.recordAction({ body }, call)
        const { effects } = await core.previewAction({ params: { actionId }, body: {} }, call)
        const accounts = effects.map(({ accountId }) => ({ accountId }))
        await core.applyAction({ params: { actionId }, body: { accounts } }, call)
        return null
      } catch (refused) {
        if (refused instanceof Error && 'code' in refused) return String(refused.code)
        throw refused
      }
    },
    positions: (portfolioId, asOf) => core.portfolioPositions({ params: { portfolioId }, query: { asOf: asOf as Day } }, call),
    holdings: (portfolioId, asOf) => analytics.portfolioHoldings({ params: { portfolioId }, query: { asOf: asOf as Day } }, call),
    performance: (portfolioId, from, to) =>
      analytics.portfolioPerformance({ params: { portfolioId }, query: { from: from as Day, to: to as Day } }, call),
  }
}
