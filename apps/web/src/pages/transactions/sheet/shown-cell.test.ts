import { expect, test } from 'vitest'
import { figureFormat } from '../../../hooks/figure-format.ts'
import { shownCell } from './shown-cell.ts'

const german = figureFormat({ locale: 'de-DE', privacy: 'shown', scrambleFactor: '1' })

test.each([
  ['amount', '1729,36', '1\u00a0729,36'],
  ['amount', '12345,678', '12\u00a0345,678'],
  ['fee', '1,5', '1,50'],
  ['quantity', '1000', '1\u00a0000'],
  ['quantity', '0,1234567', '0,1234567'],
  ['price', '95', '95,00'],
  ['amount', 'about ten', 'about ten'],
  ['amount', '', ''],
  ['note', '1000', '1000'],
  ['date', '05.01.2026', '5. Jan. 2026'],
  ['date', '2026-01-05', '5. Jan. 2026'],
  ['date', '31.02.2026', '31.02.2026'],
] as const)('%s %s', (column, text, shown) => {
  expect(shownCell(column, text, german)).toBe(shown)
})

test('hidden amounts are hidden here too', () => {
  const masked = figureFormat({ locale: 'en-GB', privacy: 'masked', scrambleFactor: '1' })
  expect(shownCell('amount', '1729.36', masked)).toBe('•••••')
})
