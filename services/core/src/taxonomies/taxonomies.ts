import type { Call } from '@pe/contracts/actor.ts'
import type { coreRoutes } from '@pe/contracts/core.ts'
import type { Input, Reply } from '@pe/contracts/route.ts'
import type { Taxonomy } from '@pe/contracts/taxonomies.ts'
import { cursorAfter, readCursor } from '@pe/platform/http/cursor.ts'
import { isNamePlace } from '../accounts.ts'
import type { CoreDeps } from '../core-deps.ts'
import { readSummaries, readTaxonomy } from '../store/taxonomies.ts'

/** By name. */
export async function listTaxonomies(
  core: CoreDeps,
  { query }: Input<typeof coreRoutes.listTaxonomies>,
  call: Call,
): Promise<Reply<typeof coreRoutes.listTaxonomies>> {
  const limit = query.limit ?? 100
  const after = readCursor(query.cursor, isNamePlace)
  const rows = await readSummaries(core.db.sql, call.actor, { after, limit: limit + 1 })
  return { items: rows.slice(0, limit), next: cursorAfter(rows, limit, ({ name, id }) => [name.toLowerCase(), id]) }
}

export async function getTaxonomy(core: CoreDeps, { params }: Input<typeof coreRoutes.getTaxonomy>, call: Call): Promise<Taxonomy> {
  return await core.db.snapshot((db) => readTaxonomy(db, call.actor, params.taxonomyId))
}
