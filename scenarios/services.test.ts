import { readdirSync, readFileSync } from 'node:fs'
import { createAnalytics } from '@pe/analytics/service.ts'
import type { CoreRoutes } from '@pe/contracts/core.ts'
import type { Routes } from '@pe/contracts/route.ts'
import { verifyBook } from '@pe/core/chain/verify-book.ts'
import { createCore } from '@pe/core/service.ts'
import type { CoreTables } from '@pe/core/store/tables.ts'
import { instant } from '@pe/finance/time/instant.ts'
import { createMarket } from '@pe/market/service.ts'
import { FixedClock } from '@pe/platform/clock/clock.ts'
import { inProcessClient } from '@pe/platform/http/in-process-client.ts'
import type { Service } from '@pe/platform/service.ts'
import type { TestService } from '@pe/platform/testing/test-service.ts'
import { type TestServices, testServices } from '@pe/platform/testing/test-services.ts'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Api, apiKeeper } from '../tools/scenario/api-keeper.ts'
import { disagreements } from '../tools/scenario/keeper.ts'
import { serviceApi } from '../tools/scenario/service-api.ts'

const files = readdirSync(import.meta.dirname).filter((name) => name.endsWith('.yaml'))
const folder = (service: string) => new URL(`../services/${service}/migrations/`, import.meta.url)
const clock = new FixedClock(instant('2026-06-30T12:00:00Z'))
let services: TestServices
let api: Api
let book: TestService<CoreRoutes, CoreTables>

beforeAll(async () => {
  services = await testServices(['market', 'core', 'analytics'])
  const market = await services.mount({ name: 'market', migrations: folder('market'), clock, create: (deps) => createMarket(deps) })
  const below = { market: clientOf(market.service) }
  const core = await services.mount({
    name: 'core',
    migrations: folder('core'),
    clock,
    create: (deps) => createCore({ ...deps, ...below }),
  })
  book = core
  const clients = { ...below, core: clientOf(core.service) }
  const analytics = await services.mount({
    name: 'analytics',
    migrations: folder('analytics'),
    clock,
    create: (deps) => createAnalytics({ ...deps, ...clients }),
  })
  api = serviceApi({ ...clients, analytics: clientOf(analytics.service) }, core.call, clock)
})

/** As another service holds it: every call runs as its own. */
function clientOf<T extends Routes, Tables>({ routes, handlers }: Service<T, Tables>) {
  return inProcessClient(routes, handlers)
}

afterAll(() => services.stop())

test.each(files)('services on a database: %s', async (name) => {
  const yaml = readFileSync(`${import.meta.dirname}/${name}`, 'utf8')
  expect(await disagreements(yaml, (scenario) => apiKeeper(api, scenario, name))).toEqual([])
})

test('the chains prove what all of them have left, and a period that is opened behind their back is named', async () => {
  const proof = await verifyBook(book.look.sql, book.deps.keys, new Map())
  expect(proof).toMatchObject({ without: 0, findings: [] })
  expect(proof.transactions).toBeGreaterThan(files.length)
  const locks = await book.look.sql.selectFrom('period_lock').select('id').execute()
  expect(locks.length).toBeGreaterThan(0)
  const opened = await book.look.sql
    .transaction()
    .execute(async (transaction) => {
      await transaction.updateTable('period_lock').set({ reopened_at: '2026-06-30T12:00:00.000Z' }).execute()
      throw new Found((await verifyBook(transaction, book.deps.keys, new Map())).findings.map(({ detail }) => detail))
    })
    .catch((found: unknown) => (found instanceof Found ? found.details : Promise.reject(found)))
  for (const { id } of locks) expect(opened.join()).toContain(`says otherwise than the closed period ${id}`)
})

/** Carries what was found out of a transaction that is taken back. */
class Found extends Error {
  readonly details: readonly string[]

  constructor(details: readonly string[]) {
    super('found')
    this.details = details
  }
}
