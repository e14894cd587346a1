import { type MarketRoutes, marketRoutes } from '@pe/contracts/market.ts'
import type { Client } from '@pe/contracts/route.ts'
import { checkedClient } from '@pe/platform/testing/checked-client.ts'
import { type TestService, testService } from '@pe/platform/testing/test-service.ts'
import { createMarket } from '../src/service.ts'
import type { MarketTables } from '../src/store/tables.ts'

export interface MarketUnderTest extends TestService<MarketRoutes, MarketTables> {
  readonly market: Client<MarketRoutes>
}

/** Market on a database of its own, met as other services meet it. */
export async function marketUnderTest(): Promise<MarketUnderTest> {
  const test = await testService({ name: 'market', migrations: new URL('../migrations/', import.meta.url), create: createMarket })
  return Object.assign(test, { market: checkedClient(marketRoutes, test.service.handlers) })
}
