import type { Call } from '@pe/contracts/actor.ts'
import type { coreRoutes } from '@pe/contracts/core.ts'
import type { Portfolio } from '@pe/contracts/portfolios.ts'
import type { Input, Reply } from '@pe/contracts/route.ts'
import { cursorAfter, readCursor } from '@pe/platform/http/cursor.ts'
import { isNamePlace } from './accounts.ts'
import type { CoreDeps } from './core-deps.ts'
import { readPortfolio, readPortfolios } from './store/portfolios.ts'

/** By name; with `name`, the one that is called so. */
export async function listPortfolios(
  core: CoreDeps,
  { query }: Input<typeof coreRoutes.listPortfolios>,
  call: Call,
): Promise<Reply<typeof coreRoutes.listPortfolios>> {
  const limit = query.limit ?? 100
  const after = readCursor(query.cursor, isNamePlace)
  const rows = await readPortfolios(core.db.sql, call.actor, { name: query.name, after, limit: limit + 1 })
  return { items: rows.slice(0, limit), next: cursorAfter(rows, limit, ({ name, id }) => [name.toLowerCase(), id]) }
}

export async function getPortfolio(core: CoreDeps, { params }: Input<typeof coreRoutes.getPortfolio>, call: Call): Promise<Portfolio> {
  return await readPortfolio(core.db.sql, call.actor, params.portfolioId)
}
