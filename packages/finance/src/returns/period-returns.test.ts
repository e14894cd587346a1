import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { dayNumber, plainDate } from '../time/plain-date.ts'
import { type CalendarUnit, monthlyTable, periodReturns } from './period-returns.ts'

const opening = dayNumber(plainDate('2025-12-30'))

describe('returns by calendar', () => {
  it('cut weeks from Monday to Sunday and the ends of the series', () => {
    // 2025-12-30 is a Tuesday: the first week has five days left, the next one starts on Monday 2026-01-05.
    const weeks = periodReturns(new Float64Array(12).fill(0.01), opening, 'week')
    expect(weeks.map(({ first, last }) => `${first} ${last}`)).toEqual(['2025-12-31 2026-01-04', '2026-01-05 2026-01-10'])
    expect(weeks[0]?.return).toBeCloseTo(1.01 ** 5 - 1, 12)
  })

  it('fill a table of months by years and leave unknown months empty', () => {
    const returns = new Float64Array(62).fill(0.001)
    returns[40] = Number.NaN
    const table = monthlyTable(returns, opening)
    expect(table.map(({ year }) => year)).toEqual([2025, 2026])
    expect(table[0]?.months[11]).toBeCloseTo(0.001, 12)
    expect(table[1]?.months[0]).toBeCloseTo(1.001 ** 31 - 1, 12)
    expect(table[1]?.months[1]).toBeNull()
    expect(table[1]?.months[5]).toBeNull()
    expect(table[1]?.total).toBeNull()
  })

  it('chain to the return of the whole, whatever the unit', () => {
    const days = fc.array(fc.double({ min: -0.1, max: 0.1, noNaN: true }), { minLength: 2, maxLength: 500 })
    const unit = fc.constantFrom<CalendarUnit>('day', 'week', 'month', 'quarter', 'year')
    fc.assert(
      fc.property(days, unit, fc.integer({ min: 0, max: 30_000 }), (list, of, firstDay) => {
        const whole = list.slice(1).reduce((growth, value) => growth * (1 + value), 1)
        const chained = periodReturns(Float64Array.from(list), firstDay, of).reduce(
          (growth, period) => growth * (1 + (period.return ?? Number.NaN)),
          1,
        )
        expect(chained / whole).toBeCloseTo(1, 9)
      }),
      { seed: 20261122, numRuns: 200 },
    )
  })
})
