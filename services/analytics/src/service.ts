import { type AnalyticsRoutes, analyticsRoutes } from '@pe/contracts/analytics.ts'
import type { Service } from '@pe/platform/service.ts'
import { BookReader } from './books/book-reader.ts'
import type { AnalyticsDeps, Deps } from './deps.ts'
import { subscriptionsOf } from './facts.ts'
import { handlersOf } from './routes.ts'
import { storedSeriesVersions } from './store/series-version.ts'
import type { AnalyticsTables, ScopeKind } from './store/tables.ts'
import { revalue, revalueJob } from './valuations/revalue.ts'
import { Valuer } from './valuations/valuer.ts'

/** Values, returns and what explains them; reads the books from core and the prices from market. */
export function createAnalytics(given: AnalyticsDeps): Service<AnalyticsRoutes, AnalyticsTables> {
  const books = new BookReader(given.core, given.market, storedSeriesVersions(given.db))
  const deps: Deps = { ...given, books, valuer: new Valuer() }
  return {
    name: 'analytics',
    routes: analyticsRoutes,
    handlers: handlersOf(deps),
    subscriptions: subscriptionsOf(given.queue),
    jobs: [{ name: revalueJob, run: ({ kind, id }, call) => revalue(deps, call, { kind: kind as ScopeKind, id: String(id) }) }],
  }
}
