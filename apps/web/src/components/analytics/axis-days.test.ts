import { addDays, plainDate } from '@pe/finance/time/plain-date.ts'
import { expect, test } from 'vitest'
import { figureFormat } from '../../hooks/figure-format.ts'
import { axisDays } from './axis-days.ts'

const format = figureFormat({ locale: 'en-GB', privacy: 'shown', scrambleFactor: '2' })
const days = (from: string, count: number) => Array.from({ length: count }, (_, at) => addDays(plainDate(from), at))

test('a year to date is labelled by month', () => {
  const labels = [...axisDays(days('2025-12-31', 325), format).values()]
  expect(labels).toEqual(['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov'])
})

test('a drawing that begins in the middle of a month tells that month, unless the next label would touch it', () => {
  expect([...axisDays(days('2026-10-05', 49), format)]).toEqual([
    [0, 'Oct'],
    [27, 'Nov'],
  ])
  expect([...axisDays(days('2026-06-12', 164), format).values()]).toEqual(['Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov'])
  expect([...axisDays(days('2026-06-28', 148), format).values()]).toEqual(['Jul', 'Aug', 'Sep', 'Oct', 'Nov'])
})

test('ten years are labelled by year, and never with more labels than fit', () => {
  const labels = [...axisDays(days('2016-11-20', 3653), format).values()]
  expect(labels).toEqual(['2017', '2018', '2019', '2020', '2021', '2022', '2023', '2024', '2025', '2026'])
  expect(axisDays(days('2016-11-20', 3653), format, 4).size).toBeLessThanOrEqual(4)
})

test('a week is labelled by day; nothing has no labels', () => {
  expect([...axisDays(days('2026-11-13', 8), format).values()][0]).toBe('13 Nov')
  expect(axisDays([], format).size).toBe(0)
})
