import type { Call } from '@pe/contracts/actor.ts'
import type { coreRoutes } from '@pe/contracts/core.ts'
import type { Input } from '@pe/contracts/route.ts'
import type { Taxonomy } from '@pe/contracts/taxonomies.ts'
import { standsWithin } from '@pe/finance/taxonomy/tree.ts'
import { Refused } from '@pe/platform/http/refused.ts'
import type { CoreDeps } from '../core-deps.ts'
import { setSiblings } from '../store/taxonomies.ts'
import { changeTree, nodeOf, siblingsBelow } from './change-tree.ts'

/** Changes what a classification says of itself, or its place: what stands below it and what is assigned to it goes along. */
export async function changeNode(
  core: CoreDeps,
  { params: { taxonomyId, nodeId }, body, ifMatch }: Input<typeof coreRoutes.changeNode>,
  call: Call,
): Promise<Taxonomy> {
  return await changeTree(core, call, { taxonomyId, ifMatch, action: 'taxonomy.change-node' }, async (db, taxonomy) => {
    const node = nodeOf(taxonomy, nodeId)
    const { name, description, colour, parentId = node.parentId, position } = body
    const set = {
      ...(name === undefined ? {} : { name }),
      ...(description === undefined ? {} : { description }),
      ...(colour === undefined ? {} : { colour }),
    }
    if (Object.keys(set).length > 0) await db.updateTable('taxonomy_node').set(set).where('id', '=', nodeId).execute()
    if (parentId === node.parentId && position === undefined) return
    if (parentId !== null) {
      nodeOf(taxonomy, parentId)
      if (standsWithin(taxonomy.nodes, parentId, nodeId))
        throw new Refused('inside_itself', `${node.name} cannot stand below itself or below what stands below it`)
    }
    const siblings = siblingsBelow(taxonomy, parentId).filter((id) => id !== nodeId)
    await setSiblings(db, taxonomyId, parentId, siblings.toSpliced(position ?? siblings.length, 0, nodeId))
  })
}
