import { describe, expect, it } from 'vitest'
import { annualise } from './annualise.ts'
import { chainedReturn } from './chained-return.ts'
import { linkedModifiedDietz, modifiedDietz } from './modified-dietz.ts'
import { simpleReturn } from './simple-return.ts'

describe('modified Dietz', () => {
  // 100 at the start, 50 paid in half way through two years, 300 at the end: 150 over 125.
  const period = { beginValue: 100, endValue: 300, start: 0, end: 730, flows: [{ day: 365, amount: 50 }] }

  it('weighs a flow by the days after it', () => {
    expect(modifiedDietz(period)).toMatchObject({ status: 'ok', gain: 150, averageCapital: 125, rate: 1.2 })
    expect(modifiedDietz(period, 'mid-point').averageCapital).toBe(125)
    expect(modifiedDietz(period, 'start-of-day').averageCapital).toBeCloseTo(100 + (50 * 366) / 730, 12)
  })

  it('is undefined without capital, and so is a chain with such a link', () => {
    const empty = { beginValue: 0, endValue: 10, start: 0, end: 30, flows: [{ day: 30, amount: 10 }] }
    expect(modifiedDietz(empty)).toMatchObject({ status: 'undefined_average_capital_not_positive', rate: null })
    expect(linkedModifiedDietz([period, empty]).linked).toBeNull()
    expect(linkedModifiedDietz([period, period]).linked).toBeCloseTo(2.2 * 2.2 - 1, 12)
  })

  it('refuses an empty span', () => {
    expect(() => modifiedDietz({ ...period, end: 0 })).toThrow(RangeError)
  })
})

describe('a chain of valuations', () => {
  it('skips what was not there and is undefined on what stood on nothing', () => {
    const values = [0, 0, 100, 110].map((amount, i) => ({ day: i * 100, amount }))
    expect(chainedReturn(values, [{ day: 200, amount: 100 }], 'split').subPeriodReturns).toEqual([null, 0, 110 / 100 - 1])
    expect(chainedReturn(values, [], 'end')).toMatchObject({ status: 'undefined_nonpositive_base', twr: null })
  })
})

describe('annualising', () => {
  it('compounds by days and flags what is shorter than a year', () => {
    expect(annualise(0.21, 730).rate).toBeCloseTo(0.1, 12)
    expect(annualise(0.05, 364)).toMatchObject({ underOneYear: true })
    expect(annualise(-1, 800)).toEqual({ rate: -1, underOneYear: false })
    expect(annualise(-1.2, 800).rate).toBeNull()
    expect(annualise(0.1, 0).rate).toBeNull()
  })
})

describe('the simple return', () => {
  it('sets the profit against what was put to work', () => {
    expect(simpleReturn({ opening: 100, inflow: 100, outflow: 50, closing: 170 })).toBeCloseTo(0.1, 12)
    expect(simpleReturn({ opening: 0, inflow: 0, outflow: 0, closing: 5 })).toBeNull()
  })
})
