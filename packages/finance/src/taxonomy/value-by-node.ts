import { Decimal } from '../money/decimal.ts'
import { type Known, whenKnown } from '../prices/known.ts'
import { KnownSum } from '../prices/known-sum.ts'
import { inTreeOrder, type TreeNode } from './tree.ts'
import { type NodeWeight, unclassifiedWeight, whole } from './weights.ts'

/** Something with a value that a taxonomy may classify: a holding, or the cash of an account. `key` is unique among them. */
export interface ClassifiedPart {
  readonly key: string
  readonly value: Known<Decimal>
  /** Empty when nobody has classified it. */
  readonly weights: readonly NodeWeight[]
}

export interface NodeValue {
  /** Of what is assigned to the node itself. */
  readonly own: Known<Decimal>
  /** Of it and all below it. */
  readonly subtree: Known<Decimal>
}

export interface ValueByNode {
  readonly nodes: ReadonlyMap<string, NodeValue>
  readonly unclassified: Known<Decimal>
  readonly total: Known<Decimal>
}

/**
 * What stands in each node of a taxonomy: weights × market value, in the currency of the values, exact and not rounded. The top nodes and
 * the unclassified part sum to the total. A node that holds an unknown value is unknown, and so is every node above it; a part of 0 % is no
 * part. Weights must pass `checkWeights` and name nodes of the tree.
 */
export function valueByNode(nodes: readonly TreeNode[], parts: readonly ClassifiedPart[]): ValueByNode {
  const own = new Map(nodes.map(({ id }) => [id, new KnownSum()]))
  const [unclassified, total] = [new KnownSum(), new KnownSum()]
  for (const { value, weights } of parts) {
    total.add(value)
    for (const { nodeId, weight } of weights) own.get(nodeId)?.add(shareOf(value, weight))
    const rest = unclassifiedWeight(weights)
    if (rest.isPositive()) unclassified.add(shareOf(value, rest))
  }
  const subtrees = new Map<string, KnownSum>()
  for (const { node } of inTreeOrder(nodes).reverse()) {
    const subtree = subtrees.get(node.id) ?? new KnownSum()
    subtrees.set(node.id, subtree)
    subtree.add(own.get(node.id)?.value ?? new KnownSum().value)
    if (node.parentId === null) continue
    const above = subtrees.get(node.parentId) ?? new KnownSum()
    subtrees.set(node.parentId, above)
    above.add(subtree.value)
  }
  const nothing = new KnownSum().value
  return {
    nodes: new Map(nodes.map(({ id }) => [id, { own: own.get(id)?.value ?? nothing, subtree: subtrees.get(id)?.value ?? nothing }])),
    unclassified: unclassified.value,
    total: total.value,
  }
}

const hundredth = Decimal.parse('0.01')

/** Percent of a value; all of it is the value itself. */
function shareOf(value: Known<Decimal>, weight: Decimal): Known<Decimal> {
  return weight.equals(whole) ? value : whenKnown(value, (amount) => amount.times(weight).times(hundredth))
}
