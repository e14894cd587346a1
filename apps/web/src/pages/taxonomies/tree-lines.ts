import { Decimal } from '@pe/finance/money/decimal.ts'
import { inTreeOrder } from '@pe/finance/taxonomy/tree.ts'
import { joinedWeights, unclassifiedWeight } from '@pe/finance/taxonomy/weights.ts'
import type { Schema } from '@pe/sdk/client.ts'

export type Part = Pick<Schema<'TaxonomyPart'>, 'kind' | 'objectId' | 'name' | 'value'>
export type Weight = { nodeId: string; weight: string }

/** A line of the tree: a node, or something that is assigned to the node above it. */
export type TreeLine =
  | { readonly type: 'node'; readonly depth: number; readonly node: Schema<'TaxonomyNode'>; readonly below: boolean }
  | { readonly type: 'part'; readonly depth: number; readonly part: Part; readonly nodeId: string; readonly weight: string }

/** The open part of the tree, each node followed by what is held of it in the scope and then by what stands below. */
export function treeLines(
  { nodes, assignments }: Schema<'Taxonomy'>,
  parts: readonly Part[],
  closed: ReadonlySet<string>,
): readonly TreeLine[] {
  const held = new Map(parts.map((part) => [keyOf(part), part]))
  const ofNode = Map.groupBy(assignments, ({ nodeId }) => nodeId)
  const parents = new Set(nodes.map(({ parentId }) => parentId))
  const hidden = new Set<string>()
  return inTreeOrder(nodes).flatMap(({ node, depth }): TreeLine[] => {
    if (node.parentId !== null && (hidden.has(node.parentId) || closed.has(node.parentId))) {
      hidden.add(node.id)
      return []
    }
    const own = (ofNode.get(node.id) ?? []).flatMap(({ weight, ...object }) => {
      const part = held.get(keyOf(object))
      return part ? [{ type: 'part', depth: depth + 1, part, nodeId: node.id, weight } as const] : []
    })
    const line = { type: 'node', depth, node, below: parents.has(node.id) || own.length > 0 } as const
    return closed.has(node.id) ? [line] : [line, ...own]
  })
}

export function keyOf({ kind, objectId }: Pick<Part, 'kind' | 'objectId'>): string {
  return `${kind} ${objectId}`
}

export function weightsOf({ assignments }: Schema<'Taxonomy'>, part: Pick<Part, 'kind' | 'objectId'>): Weight[] {
  return assignments.filter((assignment) => keyOf(assignment) === keyOf(part)).map(({ nodeId, weight }) => ({ nodeId, weight }))
}

/** The weights after something was dragged: from a node all that stood there, else all that is in no node. */
export function movedTo(weights: readonly Weight[], from: string | null, to: string): Weight[] {
  const exact = weights.map(({ nodeId, weight }) => ({ nodeId, weight: Decimal.parse(weight) }))
  const moved =
    from === null
      ? [...exact, { nodeId: to, weight: unclassifiedWeight(exact) }]
      : exact.map(({ nodeId, weight }) => ({ nodeId: nodeId === from ? to : nodeId, weight }))
  return joinedWeights(moved)
    .filter(({ weight }) => weight.isPositive())
    .map(({ nodeId, weight }) => ({ nodeId, weight: weight.toString() }))
}

/** 'Equity › Europe': where a node stands, for a choice among all of them. */
export function pathOf(nodes: readonly Schema<'TaxonomyNode'>[], nodeId: string): string {
  const names: string[] = []
  for (let at = nodes.find(({ id }) => id === nodeId); at; at = nodes.find(({ id }) => id === at?.parentId)) names.unshift(at.name)
  return names.join(' › ')
}
