import { Decimal } from '@pe/finance/money/decimal.ts'
import { plainDate } from '@pe/finance/time/plain-date.ts'
import { expect, test } from 'vitest'
import { BookByDay, type UnitsOfDay } from './book-by-day.ts'

const day = (date: string, units: string, taken = '0', more: Partial<UnitsOfDay> = {}): UnitsOfDay => ({
  ...{ instrumentId: 'vwce', date: plainDate(date), units: Decimal.parse(units), taken: Decimal.parse(taken), timed: false, chose: false },
  ...more,
})
const spare = (days: UnitsOfDay[], date: string) => BookByDay.of('depot', [], days).spareOn('vwce', plainDate(date))?.toString() ?? null

test('what may leave is what no later day needs, however its entries follow each other', () => {
  const days = [day('2026-03-02', '10'), day('2026-03-05', '-4', '-4'), day('2026-03-10', '1', '-3')]
  expect(spare(days, '2026-03-01')).toBe('0')
  // 10, then 6, then 3 before the 4 of that day come
  expect(spare(days, '2026-03-02')).toBe('3')
  expect(spare(days, '2026-03-05')).toBe('3')
  expect(spare(days, '2026-03-10')).toBe('7')
  expect(spare(days, '2026-12-31')).toBe('7')
})

test('days are taken in their order, whichever came first', () => {
  expect(spare([day('2026-03-05', '-4', '-4'), day('2026-03-02', '10')], '2026-03-02')).toBe('6')
})

test('a choice of lots is nothing for sums', () => {
  expect(spare([day('2026-03-02', '10'), day('2026-03-05', '-1', '-1', { chose: true })], '2026-03-02')).toBeNull()
})

test('an instrument that the account never had spares nothing', () => {
  expect(spare([], '2026-03-02')).toBe('0')
})
