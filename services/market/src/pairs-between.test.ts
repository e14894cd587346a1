import { describe, expect, it } from 'vitest'
import { pairsBetween } from './pairs-between.ts'

const pairs = (...texts: string[]) => texts.map((text) => ({ base: text.slice(0, 3), quote: text.slice(3) }))
const told = (all: string[], wanted: string[]) => pairsBetween(pairs(...all), new Set(wanted)).map(({ base, quote }) => base + quote)

describe('the pairs between two currencies', () => {
  it('are the direct one and those that cross over a third', () => {
    expect(told(['EURUSD', 'EURCHF', 'EURJPY', 'USDCHF'], ['USD', 'CHF'])).toEqual(['EURUSD', 'EURCHF', 'USDCHF'])
  })

  it('leave out chains that end nowhere', () => {
    expect(told(['EURUSD', 'USDJPY', 'JPYKRW'], ['EUR', 'USD'])).toEqual(['EURUSD'])
    expect(told(['EURUSD', 'USDJPY'], ['CHF'])).toEqual([])
  })
})
