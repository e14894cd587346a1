import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Decimal } from '../money/decimal.ts'
import { certain, type Known, unknown } from '../prices/known.ts'
import { inTreeOrder, standsWithin } from './tree.ts'
import { valueByNode } from './value-by-node.ts'
import { checkWeights, joinedWeights, unclassifiedWeight } from './weights.ts'

const d = (text: string): Decimal => Decimal.parse(text)
const known = (text: string): Known<Decimal> => certain(d(text))
const at = (nodeId: string, weight: string) => ({ nodeId, weight: d(weight) })
const text = (amount: Known<Decimal> | undefined): string | null => (amount?.known ? amount.value.toString() : null)

// world { europe { germany }, america }
const nodes = [
  { id: 'world', parentId: null },
  { id: 'america', parentId: 'world' },
  { id: 'europe', parentId: 'world' },
  { id: 'germany', parentId: 'europe' },
]

describe('value by node', () => {
  test('is weights × value, exactly, with all that stands below and what is in no node', () => {
    const found = valueByNode(nodes, [
      { key: 'fund', value: known('100.01'), weights: [at('america', '33.33'), at('germany', '50')] },
      { key: 'BASF', value: known('20'), weights: [at('germany', '100')] },
      { key: 'cash', value: known('-5'), weights: [] },
    ])
    expect(nodes.map(({ id }) => [id, text(found.nodes.get(id)?.own), text(found.nodes.get(id)?.subtree)])).toEqual([
      ['world', '0', '103.338333'],
      ['america', '33.333333', '33.333333'],
      ['europe', '0', '70.005'],
      ['germany', '70.005', '70.005'],
    ])
    // 100.01 × 16.67 % − 5
    expect(text(found.unclassified)).toBe('11.671667')
    expect(text(found.total)).toBe('115.01')
  })

  test('leaves unknown what holds an unknown value, up to the top, and nothing else', () => {
    const found = valueByNode(nodes, [
      { key: 'unpriced', value: unknown('missing-close', 'no close of it'), weights: [at('germany', '100')] },
      { key: 'fund', value: known('10'), weights: [at('america', '100')] },
    ])
    expect(nodes.map(({ id }) => text(found.nodes.get(id)?.subtree))).toEqual([null, '10', null, null])
    expect(text(found.unclassified)).toBe('0')
    expect(found.total).toMatchObject({ known: false, reason: 'missing-close' })
  })

  test('sums to the total for any tree, weights and values', () => {
    const part = fc.record({
      cents: fc.integer({ min: -1e9, max: 1e9 }),
      // in 1/10,000 %, at most the whole in all
      shares: fc.array(fc.tuple(fc.nat(5), fc.integer({ min: 1, max: 200_000 })), { maxLength: 5 }),
    })
    const tree = fc.tuple(...[0, 1, 2, 3, 4, 5].map((place) => fc.option(fc.nat(Math.max(0, place - 1)), { nil: null })))
    fc.assert(
      fc.property(tree, fc.array(part, { maxLength: 8 }), (parents, stated) => {
        const made = parents.map((parent, place) => ({
          id: String(place),
          parentId: parent === null || place === 0 ? null : String(parent),
        }))
        const parts = stated.map(({ cents, shares }, place) => {
          const weights = joinedWeights(shares.map(([node, weight]) => ({ nodeId: String(node), weight: Decimal.fromScaled(weight, 4) })))
          return { key: String(place), value: certain(Decimal.fromScaled(cents, 2)), weights }
        })
        const found = valueByNode(made, parts)
        const tops = made.filter(({ parentId }) => parentId === null).map(({ id }) => d(text(found.nodes.get(id)?.subtree) ?? 'unknown'))
        const sum = Decimal.sum([...tops, d(text(found.unclassified) ?? 'unknown')])
        expect(sum.toString()).toBe(text(found.total))
      }),
    )
  })
})

describe('weights', () => {
  const code = (weights: Parameters<typeof checkWeights>[0]) => {
    const outcome = checkWeights(weights)
    return outcome.accepted ? 'accepted' : outcome.refusal.code
  }

  test('are above 0, of four places at the most, each node once, and no more than the whole together', () => {
    expect(code([at('a', '33.3333'), at('b', '66.6667')])).toBe('accepted')
    expect(code([])).toBe('accepted')
    expect(code([at('a', '60'), at('b', '40.0001')])).toBe('weights_exceed_whole')
    expect(code([at('a', '0')])).toBe('not_positive')
    expect(code([at('a', '-1')])).toBe('not_positive')
    expect(code([at('a', '1.00001')])).toBe('too_precise')
    expect(code([at('a', '1'), at('a', '2')])).toBe('field_not_allowed')
  })

  test('leave the rest unclassified, and add up where two nodes become one', () => {
    expect(unclassifiedWeight([at('a', '12.5')]).toString()).toBe('87.5')
    expect(joinedWeights([at('a', '10'), at('b', '5'), at('a', '20')]).map(({ nodeId, weight }) => `${nodeId} ${weight}`)).toEqual([
      'a 30',
      'b 5',
    ])
  })
})

test('a tree is printed from the top, each node before what is below it', () => {
  expect(inTreeOrder(nodes).map(({ node, depth }) => `${depth} ${node.id}`)).toEqual(['0 world', '1 america', '1 europe', '2 germany'])
  expect(standsWithin(nodes, 'germany', 'world')).toBe(true)
  expect(standsWithin(nodes, 'world', 'world')).toBe(true)
  expect(standsWithin(nodes, 'america', 'europe')).toBe(false)
})
