import type { Call } from '@pe/contracts/actor.ts'
import type { coreRoutes } from '@pe/contracts/core.ts'
import type { Input, Reply } from '@pe/contracts/route.ts'
import { isPlainDate } from '@pe/finance/time/plain-date.ts'
import { type Cursor, cursorAfter, readCursor } from '@pe/platform/http/cursor.ts'
import type { CoreDeps } from '../core-deps.ts'
import { readAssertions } from '../store/assertions.ts'
import { accountsOfPortfolio } from '../store/portfolios.ts'
import { heldAgainst } from './held-against.ts'

export async function listBalanceAssertions(
  core: CoreDeps,
  { query }: Input<typeof coreRoutes.listBalanceAssertions>,
  call: Call,
): Promise<Reply<typeof coreRoutes.listBalanceAssertions>> {
  const limit = query.limit ?? 100
  const after = readCursor(query.cursor, isDayPlace)
  const own = query.accountId === undefined ? undefined : [query.accountId]
  const accountIds =
    own ?? (query.portfolioId === undefined ? undefined : await accountsOfPortfolio(core.db.sql, call.actor, query.portfolioId))
  const rows = await readAssertions(core.db.sql, call.actor, { accountIds, after, limit: limit + 1 })
  const items = await heldAgainst(core, core.db.sql, call, rows.slice(0, limit))
  return { items, next: cursorAfter(rows, limit, ({ date, id }) => [date, id]) }
}

/** A place in a list that is ordered by day. */
export function isDayPlace([day, id, ...more]: Cursor): boolean {
  return isPlainDate(day ?? '') && /^[0-9a-f-]{36}$/.test(id ?? '') && more.length === 0
}
