import { describe, expect, it } from 'vitest'
import { recompute } from './recompute.ts'
import { given, type Trail, unknownLeaf } from './trail.ts'

const marketValue = (stated: string): Trail => ({
  figure: 'position.marketValue',
  value: stated,
  unit: 'EUR',
  op: 'round',
  parameters: { places: 2 },
  inputs: [
    {
      figure: 'position.exactValue',
      value: '1000.125',
      op: 'product',
      inputs: [given('units', '8.001', { unit: 'units' }), given('close', '125', { source: { kind: 'close', date: '2026-03-31' } })],
    },
  ],
})

describe('recompute', () => {
  it('finds nothing to object to in a sound trail', () => {
    expect(recompute(marketValue('1000.13'))).toEqual([])
  })

  it('names the node whose value does not follow from its inputs', () => {
    expect(recompute(marketValue('1000.12'))).toEqual([{ path: 'position.marketValue', stated: '1000.12', recomputed: '1000.13' }])
  })

  it('makes a figure unknown as soon as one input is', () => {
    const inputs = [given('cash', '10'), unknownLeaf('position', 'missing-close')]
    expect(recompute({ figure: 'value', value: null, op: 'sum', inputs })).toEqual([])
    expect(recompute({ figure: 'value', value: '10', op: 'sum', inputs })).toHaveLength(1)
  })

  it('divides exact amounts before they become a statistic', () => {
    const inputs = [given('part', '90071992547409930.1'), given('whole', '90071992547409930.3')]
    const exact = Number('0.99999999999999999777955395074968719151')
    expect(recompute({ figure: 'weight', value: exact, op: 'quotient', inputs })).toEqual([])
    const thirds = [given('part', '1'), given('whole', '3')]
    expect(recompute({ figure: 'weight', value: 1 / 3, op: 'quotient', inputs: thirds })).toEqual([])
    expect(recompute({ figure: 'weight', value: 0.33, op: 'quotient', inputs: thirds })).toHaveLength(1)
  })

  it('believes the peak and the trough of a drawdown only where the deepest fall lies between them', () => {
    const between = (peak: number, trough: number): Trail => ({
      ...{ figure: 'maxDrawdown', value: 0.5, op: 'max-drawdown', parameters: { curve: [1, 2, 1, 1.5] } },
      inputs: [given('drawdown.peak', peak), given('drawdown.trough', trough)],
    })
    expect(recompute(between(2, 1))).toEqual([])
    expect(recompute(between(2, 1.5))).toHaveLength(1)
  })

  it('chains growths, with inflows first and outflows last', () => {
    const parameters = { timing: 'split', opening: [0, 100], inflow: [100, 50], outflow: [0, 20], closing: [100, 145] }
    expect(recompute({ figure: 'twr', value: 165 / 150 - 1, op: 'growth-chain', inputs: [], parameters })).toEqual([])
    expect(recompute({ figure: 'twr', value: 0.2, op: 'growth-chain', inputs: [], parameters })).toHaveLength(1)
  })

  it('believes a rate that makes the present values cancel, and no other', () => {
    const parameters = { amounts: [-100, 110], days: [0, 365] }
    expect(recompute({ figure: 'xirr', value: 0.1, op: 'internal-rate', inputs: [], parameters })).toEqual([])
    expect(recompute({ figure: 'xirr', value: 0.11, op: 'internal-rate', inputs: [], parameters })).toHaveLength(1)
  })

  it('knows drawdowns, deviations and annualised returns', () => {
    const drawdown: Trail = { figure: 'maxDrawdown', value: 0.5, op: 'max-drawdown', inputs: [], parameters: { curve: [1, 2, 1, 1.5] } }
    const deviation: Trail = {
      figure: 'volatility',
      value: Math.sqrt(0.02 * 252),
      op: 'sample-deviation',
      inputs: [],
      parameters: { returns: [0.1, -0.1], scale: 252 },
    }
    const yearly: Trail = {
      figure: 'twrAnnualised',
      value: 1.1 ** 2 - 1,
      op: 'annualise',
      inputs: [given('twr', 0.1)],
      parameters: { days: 182.5 },
    }
    for (const trail of [drawdown, deviation, yearly]) expect(recompute(trail)).toEqual([])
  })
})
