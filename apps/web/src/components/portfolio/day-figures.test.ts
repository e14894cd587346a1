import type { Schema } from '@pe/sdk/client.ts'
import { expect, test } from 'vitest'
import { holdings } from '../../testing/sample-book.ts'
import { lastPricedDay, withDay } from './day-figures.ts'

const eur = (amount: string) => ({ amount, currency: 'EUR' })

function held(asOf: string, dayChange: string, days: readonly (string | null)[]): Schema<'Holdings'> {
  const [first] = holdings.holdings
  if (!first) throw new Error('the sample book holds nothing')
  return {
    ...holdings,
    asOf,
    holdings: days.map((priceDate, at) => ({ ...first, instrumentId: `i${at}`, priceDate, dayChange: eur(dayChange) })),
    totals: { ...holdings.totals, dayChange: eur(dayChange) },
  }
}

test('on a Sunday the last day with a price is Friday', () => {
  expect(lastPricedDay(held('2026-11-22', '0', ['2026-11-20', '2026-11-18', null]))).toBe('2026-11-20')
})

test('without a price it is the day itself', () => {
  expect(lastPricedDay(held('2026-11-22', '0', [null]))).toBe('2026-11-22')
})

test('changes are those of that day, values those of today; what was not held then keeps its own', () => {
  const sunday = held('2026-11-22', '0', ['2026-11-20', '2026-11-20'])
  const shown = withDay(sunday, held('2026-11-20', '7', ['2026-11-20']))
  expect(shown.asOf).toBe('2026-11-22')
  expect(shown.holdings.map(({ dayChange }) => dayChange.amount)).toEqual(['7', '0'])
  expect(shown.totals.dayChange).toEqual(eur('7'))
  expect(shown.totals.value).toEqual(sunday.totals.value)
})
