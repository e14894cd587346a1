import type { Account } from '@pe/contracts/accounts.ts'
import type { Call } from '@pe/contracts/actor.ts'
import type { coreRoutes } from '@pe/contracts/core.ts'
import type { Input, Reply } from '@pe/contracts/route.ts'
import { cursorAfter, readCursor } from '@pe/platform/http/cursor.ts'
import type { CoreDeps } from './core-deps.ts'
import { readAccount, readAccounts } from './store/accounts.ts'

/** By name. */
export async function listAccounts(
  core: CoreDeps,
  { query }: Input<typeof coreRoutes.listAccounts>,
  call: Call,
): Promise<Reply<typeof coreRoutes.listAccounts>> {
  const limit = query.limit ?? 100
  const after = readCursor(query.cursor, isNamePlace)
  const rows = await readAccounts(core.db.sql, call.actor, { portfolioId: query.portfolioId, after, limit: limit + 1 })
  return { items: rows.slice(0, limit), next: cursorAfter(rows, limit, ({ name, id }) => [name.toLowerCase(), id]) }
}

export async function getAccount(core: CoreDeps, { params }: Input<typeof coreRoutes.getAccount>, call: Call): Promise<Account> {
  return await readAccount(core.db.sql, call.actor, params.accountId)
}

/** A place in a list that is ordered by name. */
export function isNamePlace([name, id, ...more]: readonly string[]): boolean {
  return name !== undefined && /^[0-9a-f-]{36}$/.test(id ?? '') && more.length === 0
}
