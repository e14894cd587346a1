import fc from 'fast-check'
import { expect, test } from 'vitest'
import { sharedWeights } from './shared-weights.ts'

test('three thirds make 100.00', () => {
  expect(sharedWeights([1 / 3, 1 / 3, 1 / 3])).toEqual([0.3334, 0.3333, 0.3333])
})

test('an unknown shares nothing and stays unknown', () => {
  expect(sharedWeights([0.5, null, 0.5])).toEqual([0.5, null, 0.5])
})

test('whatever the parts, the column adds up and no weight moves by a hundredth', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 1_000_000 }), { minLength: 1, maxLength: 60 }), (parts) => {
      const total = parts.reduce((sum, part) => sum + part, 0)
      const weights = parts.map((part) => part / total)
      const shared = sharedWeights(weights) as number[]
      expect(Math.round(shared.reduce((sum, weight) => sum + weight * 10_000, 0))).toBe(10_000)
      for (const [at, weight] of shared.entries()) expect(Math.abs(weight - (weights[at] ?? 0))).toBeLessThan(0.0001 + 1e-12)
    }),
  )
})
