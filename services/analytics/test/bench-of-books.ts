import type { AnalyticsRoutes } from '@pe/contracts/analytics.ts'
import type { Client } from '@pe/contracts/route.ts'
import { inProcessClient } from '@pe/platform/http/in-process-client.ts'
import { type TestService, testClock, testService } from '@pe/platform/testing/test-service.ts'
import { createAnalytics } from '../src/service.ts'
import type { AnalyticsTables } from '../src/store/tables.ts'
import type { GivenBooks } from './given-books.ts'

export interface Bench {
  readonly analytics: TestService<AnalyticsRoutes, AnalyticsTables>
  readonly client: Client<AnalyticsRoutes>
}

/** The service on a database of its own, over given books. */
export async function benchOf(books: Pick<GivenBooks, 'core' | 'market'>, now = '2026-11-22T12:00:00Z'): Promise<Bench> {
  const analytics = await testService<AnalyticsRoutes, AnalyticsTables>({
    name: 'analytics',
    migrations: new URL('../migrations/', import.meta.url),
    clock: testClock(now),
    create: (deps) => createAnalytics({ ...deps, core: books.core, market: books.market }),
  })
  return { analytics, client: inProcessClient(analytics.service.routes, analytics.service.handlers) }
}
