import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { dayNumber, plainDate } from '../time/plain-date.ts'
import type { DatedAmount } from './chained-return.ts'
import { internalRateOfReturn } from './internal-rate-of-return.ts'

const on = (date: string, amount: number): DatedAmount => ({ day: dayNumber(plainDate(date)), amount })

describe('the internal rate of return', () => {
  it('agrees with the example of the Microsoft documentation', () => {
    const flows = [on('2008-01-01', -10000), on('2008-03-01', 2750), on('2008-10-30', 4250), on('2009-02-15', 3250), on('2009-04-01', 2750)]
    const found = internalRateOfReturn(flows)
    expect(found.status).toBe('ok')
    expect(found.rate).toBeCloseTo(0.373362535, 8)
  })

  it('lists both rates of a flow that turns twice, the one nearest to 0 first of all', () => {
    // 100 → 230 → 132 grows by 10 % and by 20 %.
    const found = internalRateOfReturn([on('2021-01-01', -100), on('2022-01-01', 230), on('2023-01-01', -132)])
    expect(found.status).toBe('multiple_roots')
    expect(found.roots.map((root) => root.toFixed(9))).toEqual(['0.100000000', '0.200000000'])
    expect(found.rate).toBeCloseTo(0.1, 9)
  })

  it('finds the touching root of a flow that turns twice at one rate', () => {
    const found = internalRateOfReturn([on('2021-01-01', -100), on('2022-01-01', 220), on('2023-01-01', -121)])
    expect(found.roots).toHaveLength(1)
    expect(found.rate).toBeCloseTo(0.1, 6)
  })

  it('stays finite over one day', () => {
    const found = internalRateOfReturn([on('2026-03-02', -1), on('2026-03-03', 1000)])
    expect(found.rate).toBe(Number.MAX_VALUE)
    expect(found.logRate).toBeCloseTo(365 * Math.log(1000), 6)
    expect(found.periodReturn).toBeCloseTo(999, 9)
  })

  it('finds 0 % where rounding would hide it', () => {
    const found = internalRateOfReturn([on('2025-01-01', -0.1), on('2025-06-01', -0.2), on('2026-01-01', 0.3)])
    expect(found).toMatchObject({ status: 'ok', rate: 0 })
  })

  it.each([
    ['undefined_all_zero', [on('2025-01-01', 0), on('2026-01-01', 0)]],
    ['undefined_zero_span', [on('2025-01-01', -5), on('2025-01-01', 7)]],
    ['undefined_no_sign_change', [on('2025-01-01', -5), on('2026-01-01', -7)]],
    ['no_root', [on('2021-01-01', -100), on('2022-01-01', 150), on('2023-01-01', -100)]],
    ['total_loss', [on('2025-01-01', -5), on('2025-02-01', -7), on('2026-01-01', 0)]],
  ] as const)('says %s', (status, flows) => {
    expect(internalRateOfReturn(flows).status).toBe(status)
  })

  const amounts = fc.array(fc.tuple(fc.integer({ min: 0, max: 3000 }), fc.integer({ min: -1000, max: 1000 })), {
    minLength: 2,
    maxLength: 12,
  })

  it('solves its equation at every root, and misses none that a fine grid sees', () => {
    fc.assert(
      fc.property(amounts, (list) => {
        const flows = list.map(([day, amount]) => ({ day, amount }))
        const first = Math.min(...flows.map(({ day }) => day))
        const found = internalRateOfReturn(flows)
        if (!['ok', 'multiple_roots', 'no_root'].includes(found.status)) return
        const balance = (logRate: number) =>
          flows.reduce((sum, { day, amount }) => sum + amount * Math.exp((-logRate * (day - first)) / 365), 0)
        const size = (logRate: number) =>
          flows.reduce((sum, { day, amount }) => sum + Math.abs(amount) * Math.exp((-logRate * (day - first)) / 365), 0)
        for (const root of found.roots) {
          const log = Math.log1p(root)
          // Near −100 % a rate no longer tells its logarithm to nine digits.
          if (Math.abs(log) < 8) expect(Math.abs(balance(log)) / size(log)).toBeLessThan(1e-9)
        }
        let crossings = 0
        for (let k = -1000; k < 1000; k++) {
          const [a, b] = [balance((k + 0.5) / 200), balance((k + 1.5) / 200)]
          if (a > 0 !== b > 0) crossings++
        }
        expect(found.roots.length).toBeGreaterThanOrEqual(crossings)
      }),
      { seed: 20261122, numRuns: 400 },
    )
  })
})
