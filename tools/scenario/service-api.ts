import type { Call } from '@pe/contracts/actor.ts'
import type { AnalyticsRoutes } from '@pe/contracts/analytics.ts'
import type { CoreRoutes } from '@pe/contracts/core.ts'
import type { MarketRoutes } from '@pe/contracts/market.ts'
import type { Client } from '@pe/contracts/route.ts'
import { instant } from '@pe/finance/time/instant.ts'
import type { FixedClock } from '@pe/platform/clock/clock.ts'
import type { Api } from './api-keeper.ts'

type Closes = Parameters<Client<MarketRoutes>['recordCloses']>[0]['body']['closes']
type Rates = Parameters<Client<MarketRoutes>['recordRates']>[0]['body']['rates']
type Day = NonNullable<Parameters<Client<AnalyticsRoutes>['portfolioHoldings']>[0]['query']['asOf']>

/** The operations as function calls on services that stand on a real database. */
export function serviceApi(
  services: { core: Client<CoreRoutes>; market: Client<MarketRoutes>; analytics: Client<AnalyticsRoutes> },
  call: Call,
  clock: FixedClock,
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
    recordTransaction: (accountId, body) => codeOf(core.recordTransaction({ params: { accountId }, body }, call)),
    recordEvent: (accountId, body) => codeOf(core.recordEvent({ params: { accountId }, body }, call)),
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
    transactions: async (portfolioId) => {
      const { items } = await core.listTransactions({ query: { portfolioId, limit: 1000 } }, call)
      return items.filter(({ state }) => state !== 'void')
    },
    replaceTransaction: ({ id: transactionId, version: ifMatch }, transaction) =>
      codeOf(core.replaceTransaction({ params: { transactionId }, ifMatch, body: { transaction } }, call)),
    createPlan: (body) => codeOf(core.createPlan({ body }, call)),
    postDrafts: (transactionIds) => codeOf(core.postDrafts({ body: { transactionIds } }, call)),
    closePeriod: ({ accountId, closedThrough }) =>
      codeOf(core.closePeriod({ body: { accountId, closedThrough: closedThrough as Day } }, call)),
    assertBalance: (body) => codeOf(core.assertBalance({ body }, call)),
    assertions: async (portfolioId) => (await core.listBalanceAssertions({ query: { portfolioId } }, call)).items,
    moment: async () => {
      const moment = clock.now()
      clock.moveTo(instant(new Date(Date.parse(moment) + 60_000).toISOString()))
      return moment
    },
    realisedGains: (portfolioId, { from, to, ...known }) =>
      analytics.portfolioRealisedGains({ params: { portfolioId }, query: { from: from as Day, to: to as Day, ...known } }, call),
    positions: (portfolioId, asOf, known) =>
      core.portfolioPositions({ params: { portfolioId }, query: { asOf: asOf as Day, ...known } }, call),
    holdings: (portfolioId, asOf, known) =>
      analytics.portfolioHoldings({ params: { portfolioId }, query: { asOf: asOf as Day, ...known } }, call),
    performance: (portfolioId, { from, to, ...known }) =>
      analytics.portfolioPerformance({ params: { portfolioId }, query: { from: from as Day, to: to as Day, ...known } }, call),
  }
}

/** Null where it was done, else the refusal's code; trouble travels on. */
async function codeOf(done: Promise<unknown>): Promise<string | null> {
  try {
    await done
    return null
  } catch (refused) {
    if (refused instanceof Error && 'code' in refused) return String(refused.code)
    throw refused
  }
}
