import type { Call } from '@pe/contracts/actor.ts'
import type { coreRoutes } from '@pe/contracts/core.ts'
import type { Input, Reply } from '@pe/contracts/route.ts'
import { type Cursor, cursorAfter, readCursor } from '@pe/platform/http/cursor.ts'
import type { CoreDeps } from '../core-deps.ts'
import { readLock, readLocks, readOverrides } from '../store/periods.ts'

export async function listPeriodLocks(
  core: CoreDeps,
  { query }: Input<typeof coreRoutes.listPeriodLocks>,
  call: Call,
): Promise<Reply<typeof coreRoutes.listPeriodLocks>> {
  const limit = query.limit ?? 100
  const after = readCursor(query.cursor, isMomentPlace)
  const { accountId, closed } = query
  const rows = await readLocks(core.db.sql, call.actor, { accountId, closed, after, limit: limit + 1 })
  return { items: rows.slice(0, limit), next: cursorAfter(rows, limit, ({ closedAt, id }) => [closedAt, id]) }
}

export async function listPeriodOverrides(
  core: CoreDeps,
  { params: { lockId }, query }: Input<typeof coreRoutes.listPeriodOverrides>,
  call: Call,
): Promise<Reply<typeof coreRoutes.listPeriodOverrides>> {
  await readLock(core.db.sql, call.actor, lockId)
  const limit = query.limit ?? 100
  const after = readCursor(query.cursor, isMomentPlace)
  const rows = await readOverrides(core.db.sql, call.actor, lockId, { after, limit: limit + 1 })
  return { items: rows.slice(0, limit), next: cursorAfter(rows, limit, ({ at, id }) => [at, id]) }
}

/** A place in a list that is ordered by moment. */
export function isMomentPlace([moment, id, ...more]: Cursor): boolean {
  return !Number.isNaN(Date.parse(moment ?? '')) && /^[0-9a-f-]{36}$/.test(id ?? '') && more.length === 0
}
