import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { dateOfDay, dayNumber, plainDate } from '../time/plain-date.ts'
import { drawdown, drawdownCurve, drawdownOfSeries } from './drawdown.ts'
import { easterSunday, marketHolidays } from './market-holidays.ts'
import { returnsOfMarketDays, sampleDeviation, semivolatilityOfPeriod, volatility, volatilityOfPeriod } from './volatility.ts'

const days = (count: number) => Array.from({ length: count }, (_, i) => i)

describe('a drawdown', () => {
  it('runs from a peak to its bottom and ends above the peak', () => {
    // 1.2 falls to 0.9 (25 %), is passed on day 5, then 1.3 falls to 1.17 (10 %).
    const found = drawdown([1, 1.2, 1, 0.9, 1.2, 1.3, 1.17], days(7))
    expect(found?.max).toBeCloseTo(0.25, 12)
    expect(found).toMatchObject({ peakDay: 1, bottomDay: 3, recoveredDay: 5 })
    expect(found?.longest).toEqual({ from: 1, to: 5, days: 4 })
    expect(found?.recovery).toEqual({ from: 3, to: 5, days: 2 })
  })

  it('is still open at the end when nothing recovered', () => {
    const found = drawdown([1, 0.5, 0.6, 0.7, 0.8], [0, 10, 20, 30, 40])
    expect(found).toMatchObject({ max: 0.5, recoveredDay: null, longest: { days: 40 }, recovery: { from: 10, to: 40 } })
  })

  it('is nothing on a rising curve and unknown on an unknown one', () => {
    expect(drawdown([1, 1.1, 1.2], days(3))?.max).toBe(0)
    expect(drawdown([1, Number.NaN], days(2))).toBeNull()
    expect(drawdown([], [])).toBeNull()
    expect([...drawdownCurve([1, 2, 1])]).toEqual([0, 0, -0.5])
  })

  it('begins on the first day with a value', () => {
    const series = {
      firstDay: 100,
      value: Float64Array.of(0, 0, 50, 40, 60),
      inflow: Float64Array.of(0, 0, 50, 0, 0),
      outflow: new Float64Array(5),
    }
    expect(drawdownOfSeries(series)).toMatchObject({ peakDay: 102, bottomDay: 103, recoveredDay: 104 })
    expect(drawdownOfSeries({ ...series, value: new Float64Array(5) })).toBeNull()
  })

  it('equals the deepest point of its curve', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0.1, max: 10, noNaN: true }), { minLength: 1, maxLength: 60 }), (curve) => {
        expect(drawdown(curve, days(curve.length))?.max).toBeCloseTo(-Math.min(...drawdownCurve(curve)), 12)
      }),
      { seed: 20261122, numRuns: 200 },
    )
  })
})

describe('volatility', () => {
  it('is a sample deviation', () => {
    expect(sampleDeviation([2, 4, 4, 4, 5, 5, 7, 9])).toBeCloseTo(Math.sqrt(32 / 7), 12)
    expect(sampleDeviation([1])).toBeNull()
  })

  it('counts weekdays with a close, per year', () => {
    // From Thursday 2026-01-08: returns on Friday, Saturday, Monday (no close), Tuesday.
    const series = {
      firstDay: dayNumber(plainDate('2026-01-08')),
      value: Float64Array.of(100, 101, 200, 200, 200, 202 * 1.01),
      inflow: new Float64Array(6),
      outflow: new Float64Array(6),
      observed: Uint8Array.of(1, 1, 1, 1, 0, 1),
    }
    const [friday, tuesday] = [0.01, (202 * 1.01) / 200 - 1]
    const expected = Math.sqrt(((friday - tuesday) / 2) ** 2 * 2) * Math.sqrt(252)
    expect(volatility(series)).toBeCloseTo(expected, 12)
    expect(volatility({ ...series, observed: new Uint8Array(6) })).toBeNull()
  })

  it('of a period is that of Portfolio Performance', () => {
    const returns = [0.005, -1 / 300, -0.005, 0.01, 0.01, -0.005]
    expect(volatilityOfPeriod(returns)).toBeCloseTo(0.017736692475, 11)
    expect(semivolatilityOfPeriod(returns)).toBeCloseTo(0.012188677034, 11)
    expect(volatilityOfPeriod([0.1])).toBe(0)
  })

  it('leaves out the days on which markets rest', () => {
    expect(['2024-03-31', '2025-04-20', '2026-04-05', '1961-04-02']).toEqual(
      [2024, 2025, 2026, 1961].map((year) => dateOfDay(easterSunday(year))),
    )
    const holidays = marketHolidays(dayNumber(plainDate('2020-01-01')), dayNumber(plainDate('2030-01-01')))
    const closed = (date: string) => holidays.has(dayNumber(plainDate(date)))
    expect(['2026-04-03', '2026-04-06', '2026-12-24', '2026-05-01'].map(closed)).toEqual([true, true, true, true])
    expect(closed('2026-04-07')).toBe(false)
    // 2026-04-02 (Thursday) opens; Friday to Monday rest: one return, that of Tuesday.
    const series = {
      firstDay: dayNumber(plainDate('2026-04-02')),
      value: Float64Array.of(100, 100, 100, 100, 100, 110),
      inflow: new Float64Array(6),
      outflow: new Float64Array(6),
    }
    expect(returnsOfMarketDays(series)).toHaveLength(1)
  })
})
