import { Decimal as DecimalJs } from 'decimal.js'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Decimal, type Rounding } from './decimal.ts'

const Exact = DecimalJs.clone({ precision: 80, rounding: DecimalJs.ROUND_HALF_EVEN, toExpNeg: -30, toExpPos: 40 })
const modes: Record<Rounding, DecimalJs.Rounding> = {
  'half-away-from-zero': DecimalJs.ROUND_HALF_UP,
  'half-even': DecimalJs.ROUND_HALF_EVEN,
  'half-down': DecimalJs.ROUND_HALF_DOWN,
  down: DecimalJs.ROUND_DOWN,
}

/** Numbers of every size: cents, quantities, hand-typed rates, doubles' limits, and more digits than a double has. */
const text = fc.oneof(
  fc
    .tuple(fc.integer({ min: -(10 ** 9), max: 10 ** 9 }), fc.integer({ min: 0, max: 8 }))
    .map(([digits, places]) => shifted(String(digits), places)),
  fc.tuple(fc.maxSafeInteger(), fc.integer({ min: 0, max: 18 })).map(([digits, places]) => shifted(String(digits), places)),
  fc
    .tuple(fc.bigInt({ min: -(10n ** 38n), max: 10n ** 38n }), fc.integer({ min: 0, max: 24 }))
    .map(([digits, places]) => shifted(String(digits), places)),
  fc.constantFrom(
    '0',
    '1',
    '-1',
    '0.5',
    '1.5',
    '2.5',
    '-2.5',
    '0.005',
    '9007199254740991',
    '9007199254740992',
    '-9007199254740992',
    '1.50',
    '0.10',
  ),
)

function shifted(digits: string, places: number): string {
  const [sign, size] = digits.startsWith('-') ? ['-', digits.slice(1)] : ['', digits]
  if (places === 0) return digits
  const padded = size.padStart(places + 1, '0')
  return `${sign}${padded.slice(0, -places)}.${padded.slice(-places)}`
}

const plainly = (exact: DecimalJs): string => (exact.isZero() ? '0' : exact.toFixed())
const seed = { seed: 20261122, numRuns: 3000 }

describe('a decimal', () => {
  it('reckons as decimal.js does with 80 digits, whatever its size', () => {
    fc.assert(
      fc.property(text, text, (left, right) => {
        const [a, b] = [Decimal.parse(left), Decimal.parse(right)]
        const [x, y] = [new Exact(left), new Exact(right)]
        expect(a.toString()).toBe(plainly(x))
        expect(a.plus(b).toString()).toBe(plainly(x.plus(y)))
        expect(a.minus(b).toString()).toBe(plainly(x.minus(y)))
        expect(a.times(b).toString()).toBe(plainly(x.times(y)))
        expect(a.negated().toString()).toBe(plainly(x.negated()))
        expect(a.abs().toString()).toBe(plainly(x.abs()))
        expect(a.compare(b)).toBe(x.comparedTo(y))
        expect(a.equals(b)).toBe(x.equals(y))
        expect([a.isZero(), a.isNegative(), a.isPositive()]).toEqual([x.isZero(), x.lessThan(0), x.greaterThan(0)])
        expect([a.decimalPlaces(), a.integerDigits()]).toEqual([x.decimalPlaces(), x.abs().truncated().toFixed(0).length])
        expect(a.toNumber()).toBe(x.toNumber() + 0)
        if (!y.isZero()) expect(a.ratio(b).toString()).toBe(plainly(x.dividedBy(y)))
      }),
      seed,
    )
  })

  it('rounds and divides as decimal.js does, in every mode', () => {
    fc.assert(
      fc.property(
        text,
        text,
        fc.integer({ min: 0, max: 12 }),
        fc.constantFrom(...(Object.keys(modes) as Rounding[])),
        (left, right, scale, rounding) => {
          const [a, b] = [Decimal.parse(left), Decimal.parse(right)]
          const [x, y] = [new Exact(left), new Exact(right)]
          expect(a.round(scale, rounding).toString()).toBe(plainly(x.toDecimalPlaces(scale, modes[rounding])))
          expect(a.times(b).round(scale, rounding).toString()).toBe(plainly(x.times(y).toDecimalPlaces(scale, modes[rounding])))
          if (y.isZero()) return
          const whole = DecimalJs.clone({ precision: 200 })
          const exact = new whole(left).dividedBy(new whole(right)).toDecimalPlaces(scale, modes[rounding])
          expect(a.dividedBy(b, { scale, rounding }).toString()).toBe(plainly(exact))
          expect(a.toFixed(scale)).toBe(x.toFixed(scale, DecimalJs.ROUND_HALF_UP).replace(/^-(0(\.0*)?)$/, '$1'))
        },
      ),
      seed,
    )
  })

  it('gives kernels an integer of the scale they ask for, or none', () => {
    fc.assert(
      fc.property(text, fc.integer({ min: 0, max: 12 }), (number, scale) => {
        const scaled = new Exact(number).times(new Exact(10).pow(scale))
        const fits = scaled.isInteger() && scaled.abs().lessThanOrEqualTo(Number.MAX_SAFE_INTEGER)
        expect(Decimal.parse(number).toScaled(scale)).toBe(fits ? scaled.toNumber() + 0 : null)
      }),
      seed,
    )
    expect(Decimal.fromScaled(12345, 2).toString()).toBe('123.45')
    expect(Decimal.fromScaled(-5, -2).toString()).toBe('-500')
  })

  it('refuses what is no plain number', () => {
    for (const wrong of ['', '1e5', '1,5', '.5', '5.', '+1', ' 1', '1.2.3', 'NaN']) expect(() => Decimal.parse(wrong)).toThrow(RangeError)
  })
})
