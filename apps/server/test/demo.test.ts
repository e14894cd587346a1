import { type CoreRoutes, coreRoutes } from '@pe/contracts/core.ts'
import { type MarketRoutes, marketRoutes } from '@pe/contracts/market.ts'
import { createCore } from '@pe/core/service.ts'
import type { CoreTables } from '@pe/core/store/tables.ts'
import { plainDate } from '@pe/finance/time/plain-date.ts'
import { createMarket } from '@pe/market/service.ts'
import type { MarketTables } from '@pe/market/store/tables.ts'
import { checkedClient } from '@pe/platform/testing/checked-client.ts'
import { type TestDatabase, testDatabase } from '@pe/platform/testing/test-database.ts'
import { mountTestService, type TestService } from '@pe/platform/testing/test-service.ts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { hasDemo } from '../src/demo/has-demo.ts'
import { type DemoDeps, demoImportId, seedDemo } from '../src/demo/seed-demo.ts'

let database: TestDatabase
let market: TestService<MarketRoutes, MarketTables>
let core: TestService<CoreRoutes, CoreTables>
let deps: DemoDeps

beforeAll(async () => {
  database = await testDatabase(['core', 'market'])
  const migrationsOf = (name: string) => new URL(`../../../services/${name}/migrations/`, import.meta.url)
  market = await mountTestService(database, { name: 'market', migrations: migrationsOf('market'), create: createMarket })
  const marketClient = checkedClient(marketRoutes, market.service.handlers)
  core = await mountTestService<CoreRoutes, CoreTables>(database, {
    name: 'core',
    migrations: migrationsOf('core'),
    create: (own) => createCore({ ...own, market: marketClient }),
  })
  deps = { core: checkedClient(coreRoutes, core.service.handlers), market: marketClient, clock: core.deps.clock, call: core.call }
})
afterAll(async () => {
  await core.stop()
  await market.stop()
  await database.drop()
})

describe('the demo', () => {
  it('is a believable book of every kind of transaction, with prices that say they are made up', async () => {
    expect(await hasDemo(deps.market, deps.call)).toBe(false)
    expect(await seedDemo(deps)).toBe(true)
    expect(await hasDemo(deps.market, deps.call)).toBe(true)
    const { items } = await deps.core.listPortfolios({ query: { name: 'Demo' } }, deps.call)
    const [portfolio] = items
    expect(portfolio).toMatchObject({ name: 'Demo', baseCurrency: 'EUR', firstDay: '2020-11-23' })
    expect(portfolio?.accountIds).toHaveLength(3)
    expect(portfolio?.transactionCount).toBeGreaterThan(350)

    const { entries } = await deps.core.ledger({ body: { accountIds: portfolio?.accountIds ?? [] } }, deps.call)
    const kinds = [
      'buy',
      'sell',
      'deposit',
      'withdrawal',
      'dividend',
      'interest',
      'fee',
      'tax-refund',
      'transfer',
      'currency-exchange',
      'delivery-in',
    ]
    expect([...new Set(entries.kinds)]).toEqual(expect.arrayContaining(kinds))

    const { positions, cash } = await deps.core.portfolioPositions({ params: { portfolioId: portfolio?.id ?? '' }, query: {} }, deps.call)
    expect(positions.length).toBeGreaterThanOrEqual(10)
    for (const { balance } of cash) expect(Number(balance.amount), balance.currency).toBeGreaterThan(0)

    const instruments = (await deps.market.listInstruments({ query: {} }, deps.call)).items
    expect(instruments).toHaveLength(12)
    expect(new Set(instruments.map(({ quoteUnit }) => quoteUnit))).toEqual(new Set(['EUR', 'USD', 'CHF', 'GBX']))
    for (const { generated, name, lastClose } of instruments) {
      expect([generated, name, lastClose?.date]).toEqual([true, expect.stringMatching(/^Demo /), '2026-11-20'])
    }
  })

  it('is made once', async () => {
    const announced = (await core.announced()).length
    expect(await seedDemo(deps)).toBe(false)
    expect((await core.announced()).length).toBe(announced)
  })

  it('can be undone and made again, and leaves real rates alone', async () => {
    await deps.core.undoBatch({ params: { importId: demoImportId }, body: {} }, deps.call)
    await deps.market.undoMarketImport({ params: { importId: demoImportId }, body: { keepInstrumentIds: [] } }, deps.call)
    const rate = { date: plainDate('2015-01-02'), base: 'EUR', quote: 'USD', rate: '1.2043' }
    await deps.market.recordRates({ body: { rates: [rate] } }, deps.call)
    expect(await seedDemo(deps)).toBe(true)
    expect((await deps.market.listRates({ query: { quote: 'USD' } }, deps.call)).items).toEqual([rate])
    expect((await deps.market.listRates({ query: { quote: 'CHF' } }, deps.call)).items.length).toBe(100)
  })
})
