import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decimalEvidence, isAmbiguousNumber, numberText, readNumber } from './read-number.ts'

const seed = 20261122

describe('a number in a file', () => {
  it.each([
    ['$8,637.50', '.', '8637.5'],
    ['-$3320.05', '.', '-3320.05'],
    ['(12.30)', '.', '-12.3'],
    ["1'234.50", '.', '1234.5'],
    ['4.312,50', ',', '4312.5'],
    ['USD 325.37', '.', '325.37'],
    ['325,37 €', ',', '325.37'],
    ['1.5e-7', '.', '0.00000015'],
    ['0.000000329', '.', '0.000000329'],
    ['−3', '.', '-3'],
    ['1\u00a0234,5', ',', '1234.5'],
    ['12,50-', ',', '-12.5'],
    ['.5', '.', '0.5'],
    ['-0.00', '.', '0'],
    ['007', '.', '7'],
    ['+19', '.', '19'],
  ] as const)('%s is read', (cell, sign, text) => {
    expect(readNumber(cell, sign)).toBe(text)
  })

  it.each(['<invalid>', '', '-', '1.2.3', '12,34,5', '1e', 'abc', '1/2', '10:1', '--5', 'NaN', 'Infinity'])('%s is none', (cell) => {
    expect(readNumber(cell, '.')).toBeNull()
  })

  it('tells the decimal sign only where it is certain', () => {
    expect(['1,5', '1.5', '1.234,5', '1,234.5', '1.234.567', '0.125', '12', '1.234', '1,234', '(7,25)'].map(decimalEvidence)).toEqual([
      ',',
      '.',
      ',',
      '.',
      ',',
      '.',
      null,
      null,
      null,
      ',',
    ])
    expect(isAmbiguousNumber('1.234')).toBe(true)
    expect(isAmbiguousNumber('0.125')).toBe(false)
  })

  it('survives being written in either convention', () => {
    const number = fc.tuple(fc.boolean(), fc.bigInt({ min: 0n, max: 10n ** 15n }), fc.integer({ min: 0, max: 8 }))
    fc.assert(
      fc.property(
        number,
        fc.constantFrom('.' as const, ',' as const),
        fc.constantFrom('', "'", ' ', '\u00a0'),
        ([negative, digits, scale], sign, grouping) => {
          const text = digits.toString().padStart(scale + 1, '0')
          const [integer, fraction] = [text.slice(0, text.length - scale), text.slice(text.length - scale)]
          const plain = readNumber(`${negative ? '-' : ''}${integer}${fraction ? `.${fraction}` : ''}`, '.')
          const grouped = integer.replace(/\B(?=(\d{3})+$)/g, grouping)
          expect(readNumber(`${negative ? '-' : ''}${grouped}${fraction ? sign + fraction : ''}`, sign)).toBe(plain)
          const other = sign === '.' ? ',' : '.'
          const locale = integer.replace(/\B(?=(\d{3})+$)/g, other)
          expect(readNumber(`${negative ? '-' : ''}${locale}${fraction ? sign + fraction : ''}`, sign)).toBe(plain)
        },
      ),
      { seed, numRuns: 500 },
    )
  })

  it('of JSON keeps its digits, without an exponent', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e20, max: 1e20 }), (value) => {
        const text = numberText(value) ?? ''
        expect(Number(text) === value || value === 0).toBe(true)
        expect(text).toMatch(/^-?\d+(\.\d*[1-9])?$/)
      }),
      { seed, numRuns: 500 },
    )
  })
})
