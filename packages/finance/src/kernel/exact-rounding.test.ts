import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Decimal } from '../money/decimal.ts'
import { KernelOverflow, roundedProduct, roundedRatio, roundedSafely } from './exact-rounding.ts'

const seed = 20261122

/** a × b / 10^places by decimals. */
function byDecimals(a: number, b: number, places: number): string {
  const product = Decimal.fromScaled(a, 0).times(Decimal.fromScaled(b, 0))
  return product.times(Decimal.fromScaled(1, places)).round(0, 'half-away-from-zero').toString()
}

describe('products of integers', () => {
  it('round ties away from zero', () => {
    expect([15, -15, 25, 24, -24].map((a) => roundedProduct(a, 1, 1, 10))).toEqual([2, -2, 3, 2, -2])
    expect(Object.is(roundedProduct(-1, 1, 1, 10), 0)).toBe(true)
    expect(roundedProduct(3, 7, -2, 100)).toBe(2100)
  })

  it('are exact where doubles are not: next to a tie beyond 2^53', () => {
    for (const [a, b] of [
      [3_000_000_000_000_001, 5],
      [9_007_199_254_740_991, 9_007_199_254_740_991],
    ] as const) {
      expect(String(roundedProduct(a, b, 17, 1e17))).toBe(byDecimals(a, b, 17))
    }
  })

  it('equal decimals for any integers below 2^53', () => {
    const integer = fc.oneof(fc.maxSafeInteger(), fc.integer({ min: -10_000, max: 10_000 }))
    fc.assert(
      fc.property(integer, integer, fc.integer({ min: 0, max: 20 }), (a, b, places) => {
        const exact = byDecimals(a, b, places)
        if (exact.replace('-', '').length > 15) return
        expect(String(roundedProduct(a, b, places, 10 ** places))).toBe(exact)
      }),
      { seed, numRuns: 2000 },
    )
  })

  it('are refused past 2^53', () => {
    expect(() => roundedProduct(9_007_199_254_740_991, 10, 0, 1)).toThrow(KernelOverflow)
    expect(() => roundedRatio(10n ** 20n, 3n)).toThrow(KernelOverflow)
  })
})

describe('a double that is nearly a tie', () => {
  it('is left to integers, everything else is rounded', () => {
    expect([2.4, -2.4, 2.6, -2.6, 0, 7].map(roundedSafely)).toEqual([2, -2, 3, -3, 0, 7])
    expect([2.5, -2.5, 1e6 + 0.5, 2.5 + 1e-15].map(roundedSafely)).toEqual([Number.NaN, Number.NaN, Number.NaN, Number.NaN])
    expect(roundedSafely(2 ** 49)).toBeNaN()
  })
})

describe('ratios of integers', () => {
  it('round ties away from zero, whatever the signs', () => {
    expect([roundedRatio(3n, 2n), roundedRatio(-3n, 2n), roundedRatio(3n, -2n), roundedRatio(-1n, 3n)]).toEqual([2, -2, -2, 0])
  })
})
