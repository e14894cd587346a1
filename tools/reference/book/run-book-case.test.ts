import { describe, expect, it } from 'vitest'
import type { Expectation, PeerCase } from '../peer-case.ts'
import { runBookCase } from './run-book-case.ts'
import { UnknownShape } from './shapes.ts'

type Fields = Record<string, unknown>

const book = (more: Fields = {}): Fields => ({
  baseCurrency: 'EUR',
  accounts: [{ id: 'A', currency: 'EUR' }],
  instruments: [{ id: 'X', currency: 'EUR' }],
  closes: { X: [['2026-01-02', '11']] },
  rates: [],
  transactions: [{ date: '2026-01-02', type: 'buy', account: 'A', instrument: 'X', quantity: '10', price: '10', fee: '1' }],
  ...more,
})

const run = (expected: Partial<Expectation> & { value: Expectation['value'] }, more: Partial<PeerCase> = {}) => {
  const line = { figure: 'value', date: '2026-01-03', tolerance: '0', ...expected } as Expectation
  return runBookCase({ id: 'own', type: 'book', title: 'own', needs: [], book: book(), expect: [line], ...more })[0]
}

describe('a book case', () => {
  it('passes and fails by its tolerance', () => {
    expect(run({ value: '9' })?.status).toBe('passed')
    expect(run({ value: '9.01' })?.status).toBe('failed')
    expect(run({ value: '9.01', tolerance: '0.02' })?.status).toBe('passed')
  })

  it('waits for what the case, the line, an option, a transaction or an instrument needs', () => {
    const waits = (need: string) => ({ status: 'waiting', needs: [need] })
    expect(run({ value: '9' }, { needs: ['credit'] })).toMatchObject(waits('credit'))
    expect(run({ value: '9', needs: ['option-multiplier'] })).toMatchObject(waits('option-multiplier'))
    expect(run({ value: '9', options: { quantityEpsilon: '0.001' } })).toMatchObject(waits('quantity-epsilon'))
    const credited = { transactions: [{ date: '2026-01-02', type: 'credit', account: 'A', amount: '5' }] }
    expect(run({ value: '5' }, { book: book(credited) })).toMatchObject(waits('credit'))
    const contracts = { instruments: [{ id: 'X', currency: 'EUR', multiplier: '100' }] }
    expect(run({ value: '9' }, { book: book(contracts) })).toMatchObject(waits('option-multiplier'))
  })

  it('refuses names that the shapes do not list', () => {
    expect(() => run({ figure: 'luck', value: '1' })).toThrow(UnknownShape)
    expect(() => run({ value: '9', options: { mood: 'good' } })).toThrow(UnknownShape)
    expect(() => run({ value: '9', options: { rounding: 'up' } })).toThrow(UnknownShape)
    expect(() => run({ value: '9', scope: { planet: 'Mars' } })).toThrow(UnknownShape)
    expect(() => run({ value: '9' }, { book: book({ colour: 'red' }) })).toThrow(UnknownShape)
    const [odd, extra] = [{ type: 'gift' }, { type: 'deposit', mood: 'good' }].map((fields) => ({
      date: '2026-01-02',
      account: 'A',
      amount: '1',
      ...fields,
    }))
    expect(() => run({ value: '9' }, { book: book({ transactions: [odd] }) })).toThrow(UnknownShape)
    expect(() => run({ value: '9' }, { book: book({ transactions: [extra] }) })).toThrow(UnknownShape)
  })

  it('tells an unknown by its reason', () => {
    const closes = { closes: {} }
    expect(run({ value: null, reason: 'missing-close' }, { book: book(closes) })?.status).toBe('passed')
    expect(run({ value: null, reason: 'missing-rate' }, { book: book(closes) })?.status).toBe('failed')
    expect(run({ value: null, reason: 'missing-rate', options: { currency: 'USD' } })?.status).toBe('passed')
  })
})

describe('the shapes of a book', () => {
  it('read pence as hundredths, in closes and in transactions', () => {
    const pence = {
      accounts: [{ id: 'A', currency: 'GBP' }],
      instruments: [{ id: 'X', currency: 'GBP', closeCurrency: 'GBX' }],
      closes: { X: [['2026-01-02', '1100']] },
      baseCurrency: 'GBP',
      transactions: [{ date: '2026-01-02', type: 'buy', account: 'A', instrument: 'X', quantity: '10', price: '1000', currency: 'GBX' }],
    }
    expect(run({ figure: 'marketValue', value: '110' }, { book: book(pence) })?.status).toBe('passed')
    expect(run({ figure: 'cost', scope: { instrument: 'X' }, value: '100' }, { book: book(pence) })?.status).toBe('passed')
    expect(run({ figure: 'price', scope: { instrument: 'X' }, value: '11' }, { book: book(pence) })?.status).toBe('passed')
    expect(run({ figure: 'cash', scope: { currency: 'GBP' }, value: '-100' }, { book: book(pence) })?.status).toBe('passed')
  })

  it('put a moment on the day it has in the zone of the book', () => {
    const late = {
      zone: 'America/New_York',
      transactions: [
        { date: '2026-01-03', time: '01:00:00', zone: 'Europe/Berlin', type: 'deposit', account: 'A', amount: '5' },
        { date: '2026-01-03', time: '10:00:00', type: 'deposit', account: 'A', amount: '7' },
      ],
    }
    expect(run({ figure: 'cash', date: '2026-01-02', value: '5' }, { book: book(late) })?.status).toBe('passed')
    expect(run({ figure: 'cash', date: '2026-01-03', value: '12' }, { book: book(late) })?.status).toBe('passed')
  })

  it('ignore the sign of an amount', () => {
    const signed = {
      transactions: [
        { date: '2026-01-02', type: 'deposit', account: 'A', amount: '100' },
        { date: '2026-01-02', type: 'withdrawal', account: 'A', amount: '-30' },
        { date: '2026-01-02', type: 'fee', account: 'A', amount: '-1' },
      ],
    }
    expect(run({ value: '69' }, { book: book(signed) })?.status).toBe('passed')
  })

  it('split gains by currency, on cost and on value', () => {
    const abroad = {
      instruments: [{ id: 'X', currency: 'USD' }],
      rates: [
        {
          base: 'EUR',
          quote: 'USD',
          series: [
            ['2026-01-02', '1.25'],
            ['2026-01-03', '1'],
          ],
        },
      ],
      closes: { X: [['2026-01-03', '120']] },
      transactions: [{ date: '2026-01-02', type: 'buy', account: 'A', instrument: 'X', quantity: '1', price: '100', currency: 'USD' }],
    }
    const scope = { instrument: 'X' }
    expect(run({ figure: 'unrealisedGain', scope, value: '40' }, { book: book(abroad) })?.status).toBe('passed')
    expect(run({ figure: 'unrealisedCurrencyGain', scope, value: '20' }, { book: book(abroad) })?.status).toBe('passed')
    expect(run({ figure: 'unrealisedPriceGain', scope, value: '20' }, { book: book(abroad) })?.status).toBe('passed')
    const onValue = { options: { currencyPart: 'onValue' }, scope }
    expect(run({ figure: 'unrealisedCurrencyGain', ...onValue, value: '24' }, { book: book(abroad) })?.status).toBe('passed')
    expect(run({ figure: 'unrealisedPriceGain', ...onValue, value: '16' }, { book: book(abroad) })?.status).toBe('passed')
  })

  it('value a lot, its price and its fee', () => {
    const sold = [
      { date: '2026-01-02', type: 'buy', account: 'A', instrument: 'X', quantity: '10', price: '10', fee: '1' },
      { date: '2026-01-03', type: 'sell', account: 'A', instrument: 'X', quantity: '4', price: '12' },
    ]
    const line = { scope: { instrument: 'X', lot: '0' } }
    const read = (figure: string, value: string) => run({ figure, ...line, value }, { book: book({ transactions: sold }) })?.status
    expect([read('lotQuantity', '6'), read('lotPrice', '10'), read('lotFee', '0.6'), read('lotCount', '1')]).toEqual([
      'passed',
      'passed',
      'passed',
      'passed',
    ])
    expect(
      run({ figure: 'lotDate', ...line, value: '2026-01-02', tolerance: undefined }, { book: book({ transactions: sold }) })?.status,
    ).toBe('passed')
  })
})

describe('the figures of trades, dividends and of Ghostfolio', () => {
  const scope = { instrument: 'X' }
  const sold = book({
    transactions: [
      { date: '2025-01-02', type: 'buy', account: 'A', instrument: 'X', quantity: '10', price: '10', fee: '10' },
      { date: '2025-07-01', type: 'dividend', account: 'A', instrument: 'X', amount: '22' },
      { date: '2026-01-02', type: 'sell', account: 'A', instrument: 'X', quantity: '6', price: '12', fee: '6' },
    ],
  })
  const on = (figure: string, value: Expectation['value'], more: Partial<Expectation> = {}) => {
    const exact = typeof value === 'string' && /^[-\d.]+$/.test(value)
    return run({ figure, value, tolerance: exact ? '0.000000000001' : undefined, ...more }, { book: sold })
  }

  it('count closed trades before open ones', () => {
    const lines = [
      on('tradeSide', 'long', { scope: { trade: '0' } }),
      on('tradeClosed', true, { scope: { trade: '0' } }),
      on('tradeEntry', '66', { scope: { trade: '0' } }),
      on('tradeExit', '66', { scope: { trade: '0' } }),
      on('tradeProfit', '12', { scope: { trade: '0' }, options: { fees: 'excluded' } }),
      on('tradeReturn', '0.2', { scope: { trade: '0' }, options: { fees: 'excluded' } }),
      on('tradeXirr', '0.2', { scope: { trade: '0' }, options: { fees: 'excluded' } }),
      on('tradeClosed', false, { scope: { trade: '1' } }),
      on('tradeQuantity', '4', { scope: { trade: '1' } }),
    ]
    expect(lines.map((line) => line?.verdict)).toEqual(lines.map(() => ({ kind: 'passed' })))
    expect(() => on('tradeSide', 'long', { scope: { trade: '2' } })).toThrow(UnknownShape)
  })

  it('tell what an instrument pays', () => {
    expect(on('dividendYieldOnCost', '0.2', { scope, from: '2024-12-31' })?.verdict).toEqual({ kind: 'passed' })
    expect(on('dividendRhythm', 'unknown', { scope, from: '2024-12-31' })?.verdict).toEqual({ kind: 'passed' })
    expect(() => on('dividendRhythm', 'unknown', { from: '2024-12-31' })).toThrow(UnknownShape)
  })

  it("keep the peer's own percentages apart", () => {
    const period = { from: '2025-01-01', to: '2026-01-02', scope }
    expect(on('ghostfolio:timeWeightedInvestment', '100', period)?.verdict).toEqual({ kind: 'passed' })
    // 6 units were sold for 12, and 4 are worth 11
    expect(on('ghostfolio:grossPercentage', '0.16', period)?.verdict).toEqual({ kind: 'passed' })
    expect(on('ghostfolio:netPercentage', '0', period)?.verdict).toEqual({ kind: 'passed' })
    expect(on('ghostfolio:liabilities', '0')?.verdict).toEqual({ kind: 'passed' })
    expect(() => on('value', '1', { scope: { currency: 'EUR' } })).toThrow(UnknownShape)
  })
})
