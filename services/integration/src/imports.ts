import type { Call } from '@pe/contracts/actor.ts'
import type { Import, integrationRoutes } from '@pe/contracts/integration.ts'
import type { Input, Reply } from '@pe/contracts/route.ts'
import { type Cursor, cursorAfter, readCursor } from '@pe/platform/http/cursor.ts'
import type { IntegrationDeps } from './integration-deps.ts'
import { listRows } from './store/import-rows.ts'
import { findImport, listRecords, shown } from './store/imports.ts'

/** Newest first. */
export async function listImports(
  deps: IntegrationDeps,
  { query }: Input<typeof integrationRoutes.listImports>,
  call: Call,
): Promise<Reply<typeof integrationRoutes.listImports>> {
  const limit = query.limit ?? 100
  const [before] = readCursor(query.cursor, isId) ?? []
  const records = await listRecords(deps.db.sql, call.actor, before, limit + 1)
  return { items: records.slice(0, limit).map(shown), next: cursorAfter(records, limit, ({ id }) => [id]) }
}

export async function getImport(
  deps: IntegrationDeps,
  { params: { importId } }: Input<typeof integrationRoutes.getImport>,
  call: Call,
): Promise<Import> {
  return shown(await findImport(deps.db.sql, call.actor, importId))
}

/** In the order of the file. */
export async function listImportRows(
  deps: IntegrationDeps,
  { params: { importId }, query }: Input<typeof integrationRoutes.listImportRows>,
  call: Call,
): Promise<Reply<typeof integrationRoutes.listImportRows>> {
  await findImport(deps.db.sql, call.actor, importId)
  const limit = query.limit ?? 100
  const [after] = readCursor(query.cursor, isRow) ?? []
  const rows = await listRows(deps.db.sql, importId, { state: query.state, after: Number(after ?? 0), limit: limit + 1 })
  return { items: rows.slice(0, limit), next: cursorAfter(rows, limit, ({ row }) => [String(row)]) }
}

function isId([id, ...more]: Cursor): boolean {
  return /^[0-9a-f-]{36}$/.test(id ?? '') && more.length === 0
}

function isRow([row, ...more]: Cursor): boolean {
  return /^\d{1,9}$/.test(row ?? '') && more.length === 0
}
