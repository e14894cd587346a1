import { describe, expect, it } from 'vitest'
import { costMethods, usualLotScope } from './cost-method.ts'

describe('the accounts whose lots a sale takes', () => {
  it('are all of the portfolio for an average, and its own for every other method', () => {
    expect(costMethods.map((method) => `${method}: ${usualLotScope(method)}`)).toEqual([
      'fifo: account',
      'lifo: account',
      'hifo: account',
      'average-cost: portfolio',
    ])
  })
})
