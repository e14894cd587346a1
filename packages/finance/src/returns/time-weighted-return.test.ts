import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { internalRateOfReturn } from './internal-rate-of-return.ts'
import { simpleReturn } from './simple-return.ts'
import { type DailySeries, dayReturns, growthCurve, timeWeightedReturn, wholeOf } from './time-weighted-return.ts'

function series(days: readonly (readonly [value: number, inflow?: number, outflow?: number])[]): DailySeries {
  return {
    firstDay: 20_000,
    value: Float64Array.from(days, ([value]) => value),
    inflow: Float64Array.from(days, ([, inflow]) => inflow ?? 0),
    outflow: Float64Array.from(days, ([, , outflow]) => outflow ?? 0),
  }
}

describe('the time-weighted return', () => {
  it('chains days, money in at their start and out at their end', () => {
    // +10 %, then 100 in and +5 % on 210, then everything out at +2 %.
    const daily = series([[100], [110], [220.5, 100], [0, 0, 224.91]])
    const found = timeWeightedReturn(daily)
    expect(found).toMatchObject({ status: 'ok', days: 3, undefinedDays: 0 })
    expect(found.twr).toBeCloseTo(1.1 * 1.05 * 1.02 - 1, 12)
    expect(found.annualised?.underOneYear).toBe(true)
  })

  it('moves with the timing of flows', () => {
    const daily = series([[100], [160, 50]])
    const rate = (timing: 'split' | 'start' | 'end' | 'half') => timeWeightedReturn(daily, wholeOf(daily), timing).twr
    expect(rate('split')).toBeCloseTo(160 / 150 - 1, 12)
    expect(rate('start')).toBeCloseTo(160 / 150 - 1, 12)
    expect(rate('end')).toBeCloseTo(110 / 100 - 1, 12)
    expect(rate('half')).toBeCloseTo(135 / 125 - 1, 12)
  })

  it('counts a day that begins with nothing as 0 %, and says when it gained', () => {
    expect(timeWeightedReturn(series([[0], [0], [50, 50], [55]]))).toMatchObject({ status: 'ok', undefinedDays: 0 })
    expect(timeWeightedReturn(series([[0], [5], [5]]))).toMatchObject({ status: 'ok', twr: 0, undefinedDays: 1 })
  })

  it('stays at −100 % after everything was lost, whatever is paid in', () => {
    expect(timeWeightedReturn(series([[100], [0], [50, 50], [60]]))).toMatchObject({ status: 'total_loss', twr: -1 })
  })

  it('names the day on which it cannot be told', () => {
    expect(timeWeightedReturn(series([[100], [Number.NaN], [110]]))).toMatchObject({ status: 'unknown', twr: null, troubleDay: 20_001 })
    expect(timeWeightedReturn(series([[100], [110, Number.NaN], [110]]))).toMatchObject({ status: 'unknown', troubleDay: 20_001 })
    expect(timeWeightedReturn(series([[100], [-5], [110]]))).toMatchObject({ status: 'undefined_nonpositive_base', troubleDay: 20_002 })
    expect(timeWeightedReturn(series([[100], [-5]]))).toMatchObject({ status: 'undefined_negative_value', troubleDay: 20_001 })
  })

  it('refuses a period outside the series', () => {
    expect(() => timeWeightedReturn(series([[1], [2]]), { from: 19_999, to: 20_001 })).toThrow(RangeError)
  })

  const values = fc.array(fc.integer({ min: 1, max: 10 ** 6 }), { minLength: 2, maxLength: 60 })

  it('without flows equals the simple return and the compounded XIRR (law 5), and does not change with scale', () => {
    fc.assert(
      fc.property(values, fc.integer({ min: 2, max: 1000 }), (list, factor) => {
        const daily = series(list.map((value) => [value]))
        const twr = timeWeightedReturn(daily).twr ?? Number.NaN
        const [opening, closing] = [list[0] as number, list.at(-1) as number]
        expect(twr).toBeCloseTo(simpleReturn({ opening, inflow: 0, outflow: 0, closing }) ?? Number.NaN, 9 - Math.log10(1 + Math.abs(twr)))
        const days = list.length - 1
        const rate = internalRateOfReturn([
          { day: 0, amount: -opening },
          { day: days, amount: closing },
        ])
        expect((rate.periodReturn ?? Number.NaN) / (1 + twr)).toBeCloseTo(twr / (1 + twr), 9)
        const scaled = timeWeightedReturn(series(list.map((value) => [value * factor]))).twr ?? Number.NaN
        expect(scaled / (1 + twr)).toBeCloseTo(twr / (1 + twr), 9)
      }),
      { seed: 20261122, numRuns: 200 },
    )
  })

  it('ends where its curve of growth ends, for every timing', () => {
    const flowDays = fc.array(
      fc.tuple(fc.integer({ min: 50, max: 200 }), fc.integer({ min: 0, max: 40 }), fc.integer({ min: 0, max: 40 })),
      {
        minLength: 2,
        maxLength: 30,
      },
    )
    fc.assert(
      fc.property(flowDays, fc.constantFrom('split', 'start', 'end', 'half'), (list, timing) => {
        const daily = series(list)
        const curve = growthCurve(daily, wholeOf(daily), timing)
        expect((curve.at(-1) as number) - 1).toBeCloseTo(timeWeightedReturn(daily, wholeOf(daily), timing).twr ?? Number.NaN, 9)
        expect(dayReturns(daily, timing)).toHaveLength(list.length)
      }),
      { seed: 20261122, numRuns: 200 },
    )
  })
})
