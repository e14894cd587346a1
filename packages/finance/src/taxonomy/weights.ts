import { Decimal } from '../money/decimal.ts'
import { accept, type Outcome, refuse } from '../outcome.ts'

/** All of an instrument or account, in percent. */
export const whole = Decimal.parse('100')

/** Places of a percentage: a hundredth of a basis point. */
export const weightPlaces = 4

/** A part of an instrument or account that belongs to a node of a taxonomy, in percent. */
export interface NodeWeight {
  readonly nodeId: string
  readonly weight: Decimal
}

/**
 * The rule for one object in one taxonomy: each node at most once, each weight above 0 with at most four places, 100 % at the most in all.
 * What is left is unclassified.
 */
export function checkWeights<T extends NodeWeight>(weights: readonly T[]): Outcome<readonly T[]> {
  if (new Set(weights.map(({ nodeId }) => nodeId)).size < weights.length)
    return refuse('field_not_allowed', 'a classification is named twice')
  for (const { weight } of weights) {
    if (!weight.isPositive()) return refuse('not_positive', `a weight must be more than 0 %, not ${weight} %`)
    if (weight.decimalPlaces() > weightPlaces) return refuse('too_precise', `a weight has at most ${weightPlaces} places, not ${weight} %`)
  }
  const sum = Decimal.sum(weights.map(({ weight }) => weight))
  return whole.isLessThan(sum)
    ? refuse('weights_exceed_whole', `${sum} % is more than the whole`, { sum: sum.toString() })
    : accept(weights)
}

/** What of an object is in no node, in percent. */
export function unclassifiedWeight(weights: readonly NodeWeight[]): Decimal {
  return whole.minus(Decimal.sum(weights.map(({ weight }) => weight)))
}

/** The same node named twice becomes one of both weights, as when two nodes become one. */
export function joinedWeights(weights: readonly NodeWeight[]): NodeWeight[] {
  const sums = new Map<string, Decimal>()
  for (const { nodeId, weight } of weights) sums.set(nodeId, (sums.get(nodeId) ?? Decimal.zero).plus(weight))
  return Array.from(sums, ([nodeId, weight]) => ({ nodeId, weight }))
}
