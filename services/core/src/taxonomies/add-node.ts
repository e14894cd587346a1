import type { Call } from '@pe/contracts/actor.ts'
import type { coreRoutes } from '@pe/contracts/core.ts'
import type { Input } from '@pe/contracts/route.ts'
import type { Taxonomy } from '@pe/contracts/taxonomies.ts'
import { Refused } from '@pe/platform/http/refused.ts'
import type { CoreDeps } from '../core-deps.ts'
import { setSiblings } from '../store/taxonomies.ts'
import { changeTree, nodeOf, siblingsBelow } from './change-tree.ts'

/** A tree is told as a whole, so it has a bound. */
export const maxNodes = 2000

export async function addNode(
  core: CoreDeps,
  { params: { taxonomyId }, body, ifMatch }: Input<typeof coreRoutes.addNode>,
  call: Call,
): Promise<Taxonomy> {
  return await changeTree(core, call, { taxonomyId, ifMatch, action: 'taxonomy.add-node' }, async (db, taxonomy) => {
    const { parentId, position, name, description = '', colour = null } = body
    if (parentId !== null) nodeOf(taxonomy, parentId)
    if (taxonomy.nodes.length >= maxNodes) throw new Refused('too_large', `a taxonomy has at most ${maxNodes} classifications`)
    const id = core.ids.next()
    const siblings = siblingsBelow(taxonomy, parentId)
    const node = { id, taxonomy_id: taxonomyId, parent_id: parentId, position: siblings.length, name, description, colour }
    const source = { organisation_id: call.actor.organisationId, source_key: null, added_by_import: null }
    await db
      .insertInto('taxonomy_node')
      .values({ ...node, ...source })
      .execute()
    await setSiblings(db, taxonomyId, parentId, siblings.toSpliced(position ?? siblings.length, 0, id))
  })
}
