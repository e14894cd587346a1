import type { Call } from '@pe/contracts/actor.ts'
import type { coreRoutes } from '@pe/contracts/core.ts'
import type { Input } from '@pe/contracts/route.ts'
import type { Assignment, Taxonomy } from '@pe/contracts/taxonomies.ts'
import { Decimal } from '@pe/finance/money/decimal.ts'
import { standsWithin } from '@pe/finance/taxonomy/tree.ts'
import { joinedWeights } from '@pe/finance/taxonomy/weights.ts'
import { Refused } from '@pe/platform/http/refused.ts'
import type { CoreDeps, CoreSql } from '../core-deps.ts'
import { setSiblings, setWeights } from '../store/taxonomies.ts'
import { changeTree, nodeOf, siblingsBelow } from './change-tree.ts'

/**
 * Removes a classification and loses nothing: what stands below it takes its place, what is assigned to it moves to its parent. At the top
 * there is no parent to take assignments, so one that has any of its own is refused: merge it, or classify them anew first.
 */
export async function removeNode(
  core: CoreDeps,
  { params: { taxonomyId, nodeId }, ifMatch }: Input<typeof coreRoutes.removeNode>,
  call: Call,
): Promise<Taxonomy> {
  return await changeTree(core, call, { taxonomyId, ifMatch, action: 'taxonomy.remove-node' }, async (db, taxonomy) => {
    const { parentId, name } = nodeOf(taxonomy, nodeId)
    const held = taxonomy.assignments.filter((assignment) => assignment.nodeId === nodeId)
    if (parentId === null && held.length > 0)
      throw new Refused('in_use', `${held.length} assigned to ${name}, which has no parent to take them: merge it into another one`)
    const siblings = siblingsBelow(taxonomy, parentId)
    await setSiblings(
      db,
      taxonomyId,
      parentId,
      siblings.flatMap((id) => (id === nodeId ? siblingsBelow(taxonomy, nodeId) : [id])),
    )
    if (parentId !== null) await handOver(db, call, taxonomy, held, nodeId, parentId)
    await db.deleteFrom('taxonomy_node').where('id', '=', nodeId).execute()
  })
}

/** Makes two classifications one: what stands below the first, and what is assigned to it, goes to the second. Weights of one object add up. */
export async function mergeNode(
  core: CoreDeps,
  { params: { taxonomyId, nodeId }, body: { intoNodeId }, ifMatch }: Input<typeof coreRoutes.mergeNode>,
  call: Call,
): Promise<Taxonomy> {
  return await changeTree(core, call, { taxonomyId, ifMatch, action: 'taxonomy.merge-node' }, async (db, taxonomy) => {
    const node = nodeOf(taxonomy, nodeId)
    const into = nodeOf(taxonomy, intoNodeId)
    if (standsWithin(taxonomy.nodes, intoNodeId, nodeId))
      throw new Refused('inside_itself', `${node.name} cannot be merged into ${into.name}, which is or stands below it`)
    const below = siblingsBelow(taxonomy, intoNodeId).filter((id) => id !== nodeId)
    await setSiblings(db, taxonomyId, intoNodeId, [...below, ...siblingsBelow(taxonomy, nodeId)])
    const held = taxonomy.assignments.filter((assignment) => assignment.nodeId === nodeId)
    await handOver(db, call, taxonomy, held, nodeId, intoNodeId)
    await db.deleteFrom('taxonomy_node').where('id', '=', nodeId).execute()
  })
}

/** The weights of these objects at one node go to another; their sums over the tree stay what they were. */
async function handOver(db: CoreSql, call: Call, taxonomy: Taxonomy, held: readonly Assignment[], from: string, to: string): Promise<void> {
  for (const { kind, objectId } of held) {
    const all = taxonomy.assignments.filter((assignment) => assignment.kind === kind && assignment.objectId === objectId)
    const moved = all.map(({ nodeId, weight }) => ({ nodeId: nodeId === from ? to : nodeId, weight: Decimal.parse(weight) }))
    await setWeights(db, call.actor, taxonomy.id, { kind, objectId }, joinedWeights(moved))
  }
}
