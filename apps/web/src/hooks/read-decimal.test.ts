import { expect, test } from 'vitest'
import { readDecimal } from './read-decimal.ts'

test.each([
  ['1.234,56', 'en-GB', '1234.56'],
  ['1,234.56', 'de-DE', '1234.56'],
  ["1'234.50", 'en-GB', '1234.50'],
  ['1 234,5', 'de-DE', '1234.5'],
  ['1.234', 'en-GB', '1.234'],
  ['1.234', 'de-DE', '1234'],
  ['1,234', 'en-GB', '1234'],
  ['0,5', 'en-GB', '0.5'],
  ['1.234.567', 'de-DE', '1234567'],
  [',5', 'de-DE', '0.5'],
  ['−12', 'en-GB', '-12'],
  ['12', 'en-GB', '12'],
  ['', 'en-GB', null],
  ['abc', 'en-GB', null],
  ['1,2,3.4.5', 'en-GB', null],
])('%j in %s is %s', (typed, locale, read) => {
  expect(readDecimal(typed, locale)).toBe(read)
})
