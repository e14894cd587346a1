import type { Call } from '@pe/contracts/actor.ts'
import type { coreRoutes } from '@pe/contracts/core.ts'
import type { Input, Reply } from '@pe/contracts/route.ts'
import type { Taxonomy } from '@pe/contracts/taxonomies.ts'
import type { CoreDeps } from '../core-deps.ts'
import { announceTaxonomyChange } from '../facts.ts'
import { readTaxonomy } from '../store/taxonomies.ts'
import { orRefuseName } from '../unique-name.ts'
import { changeTree, orRefuseVersion } from './change-tree.ts'

/** Renames a taxonomy or its note. */
export async function changeTaxonomy(
  core: CoreDeps,
  { params: { taxonomyId }, body, ifMatch }: Input<typeof coreRoutes.changeTaxonomy>,
  call: Call,
): Promise<Taxonomy> {
  return await changeTree(core, call, { taxonomyId, ifMatch, action: 'taxonomy.change' }, async (db) => {
    const { name, note } = body
    if (name === undefined && note === undefined) return
    const set = { ...(name === undefined ? {} : { name }), ...(note === undefined ? {} : { note }) }
    await orRefuseName(name, () => db.updateTable('taxonomy').set(set).where('id', '=', taxonomyId).execute())
  })
}

/** Takes the tree and its assignments away: they say nothing of what happened, so nothing of the book is lost. */
export async function removeTaxonomy(
  core: CoreDeps,
  { params: { taxonomyId }, ifMatch }: Input<typeof coreRoutes.removeTaxonomy>,
  call: Call,
): Promise<Reply<typeof coreRoutes.removeTaxonomy>> {
  return await core.db.write({ call, action: 'taxonomy.remove', subject: `taxonomy:${taxonomyId}` }, async (tx) => {
    const standing = await readTaxonomy(tx.sql, call.actor, taxonomyId, { lock: true })
    orRefuseVersion(standing, ifMatch)
    await tx.sql.deleteFrom('taxonomy_assignment').where('taxonomy_id', '=', taxonomyId).execute()
    await tx.sql.deleteFrom('taxonomy').where('id', '=', taxonomyId).execute()
    await announceTaxonomyChange(tx, taxonomyId)
    return { id: taxonomyId, version: standing.version + 1 }
  })
}
