import { describe, expect, it } from 'vitest'
import { Decimal } from '../money/decimal.ts'
import type { Known } from '../prices/known.ts'
import { plainDate } from '../time/plain-date.ts'
import { changeOf, profitOf, rateOfReturnOf, returnOnCostOf, timeWeightedReturnOf, type ValuationSeries } from './valuation-series.ts'

const dated = (...pairs: readonly (readonly [string, string])[]) =>
  pairs.map(([date, amount]) => ({ date: plainDate(date), amount: Decimal.parse(amount) }))
const [from, middle, to] = ['2025-01-01', '2025-07-01', '2026-01-01'].map(plainDate) as [never, never, never]
const told = <T>(value: Known<T>) => (value.known ? value.value : value.reason)

const values = dated([from, '100'], [middle, '160'], [to, '120'])
const known: ValuationSeries = {
  values,
  flows: dated([from, '999'], ['2025-05-01', '70'], ['2025-06-01', '-20'], [to, '-52']),
  costs: dated([to, '96']),
}

describe('a series of values', () => {
  it('gains what its value changed beyond the flows of the period', () => {
    expect(told(changeOf(known, from, to))?.toString()).toBe('20')
    // 120 − 100 − (70 − 20 − 52): the flow dated `from` is in the opening value.
    expect(told(profitOf(known, from, to))?.toString()).toBe('22')
    expect(told(returnOnCostOf(known, to))?.toString()).toBe('0.25')
  })

  it('chains from entry to entry, money that comes at the start and money that leaves at the end of each', () => {
    const rateOf = (timing?: 'split' | 'start' | 'end') => {
      const found = timeWeightedReturnOf(known, from, to, timing)
      return found.known ? found.value.twr : null
    }
    expect(rateOf()).toBeCloseTo(((160 + 20) / (100 + 70)) * ((120 + 52) / 160) - 1, 14)
    expect(rateOf('start')).toBeCloseTo((160 / 150) * (120 / 108) - 1, 14)
    expect(rateOf('end')).toBeCloseTo((110 / 100) * (172 / 160) - 1, 14)
  })

  it('has the rate that its flows earn per year', () => {
    const plain = { values: dated([from, '100'], [to, '110']), flows: [] }
    const found = rateOfReturnOf(plain, from, to)
    expect(found.known && found.value.rate).toBeCloseTo(0.1, 12)
    const withFlow = { values: dated([from, '100'], [to, '220']), flows: dated([to, '110']) }
    expect(rateOfReturnOf(withFlow, from, to)).toMatchObject({ known: true, value: { status: 'ok' } })
    const same = rateOfReturnOf(withFlow, from, to)
    expect(same.known && same.value.rate).toBeCloseTo(0.1, 12)
  })

  it('without known flows tells no return and no profit, only what cost and value say', () => {
    const holdings: ValuationSeries = { ...known, flows: null }
    expect([profitOf, timeWeightedReturnOf, rateOfReturnOf].map((figure) => told<unknown>(figure(holdings, from, to)))).toEqual([
      'flows-unknown',
      'flows-unknown',
      'flows-unknown',
    ])
    expect(told(changeOf(holdings, from, to))?.toString()).toBe('20')
    expect(told(returnOnCostOf(holdings, to))?.toString()).toBe('0.25')
  })

  it('is unknown on a day that it does not have, and undefined over a cost of 0', () => {
    const other = plainDate('2025-03-03')
    expect(told(changeOf(known, other, to))).toBe('missing-close')
    expect(told(returnOnCostOf(known, middle))).toBe('missing-close')
    expect(told(rateOfReturnOf(known, from, other))).toBe('missing-close')
    expect(told(returnOnCostOf({ ...known, costs: dated([to, '0']) }, to))).toBe(null)
  })

  it('tells why its chain is undefined', () => {
    const negative = { values: dated([from, '100'], [middle, '-10'], [to, '120']), flows: [] }
    expect(timeWeightedReturnOf(negative, from, to)).toMatchObject({ known: true, value: { twr: null } })
    const lost = { values: dated([from, '100'], [to, '0']), flows: [] }
    expect(timeWeightedReturnOf(lost, from, to)).toMatchObject({ known: true, value: { twr: -1, status: 'total_loss' } })
  })
})
