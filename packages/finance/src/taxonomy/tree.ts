/** A node as rules need it; `parentId` is null at the top. */
export interface TreeNode {
  readonly id: string
  readonly parentId: string | null
}

/** True when `id` is `ancestorId` or stands below it, at any depth. */
export function standsWithin(nodes: readonly TreeNode[], id: string, ancestorId: string): boolean {
  const parents = new Map(nodes.map((node) => [node.id, node.parentId]))
  for (let at: string | null | undefined = id; at; at = parents.get(at)) if (at === ancestorId) return true
  return false
}

/** Nodes in the order of a printed tree: each before what stands below it, with its depth (0 at the top). Siblings keep their order. */
export function inTreeOrder<T extends TreeNode>(nodes: readonly T[]): { readonly node: T; readonly depth: number }[] {
  const below = Map.groupBy(nodes, ({ parentId }) => parentId)
  const open = (below.get(null) ?? []).map((node) => ({ node, depth: 0 })).reverse()
  const ordered: { node: T; depth: number }[] = []
  for (let next = open.pop(); next; next = open.pop()) {
    ordered.push(next)
    const children = below.get(next.node.id) ?? []
    for (const node of children.toReversed()) open.push({ node, depth: next.depth + 1 })
  }
  return ordered
}
