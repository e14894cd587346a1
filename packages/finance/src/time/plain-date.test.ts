import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { dateOfDay, dayNumber, plainDate } from './plain-date.ts'

describe('day numbers', () => {
  it('count from 1970-01-01, leap days and centuries included', () => {
    expect(['1970-01-01', '1969-12-31', '2000-02-29', '2000-03-01', '1900-03-01'].map((date) => dayNumber(plainDate(date)))).toEqual([
      0, -1, 11_016, 11_017, -25_508,
    ])
  })

  it('lead back to their day, from year 1 to 9999', () => {
    fc.assert(
      fc.property(fc.integer({ min: -719_162, max: 2_932_896 }), (day) => {
        expect(dayNumber(dateOfDay(day))).toBe(day)
      }),
      { seed: 20261122, numRuns: 5000 },
    )
  })
})
