import { describe, expect, it } from 'vitest'
import type { LedgerTransaction } from '../ledger/transaction.ts'
import { currency, quoteUnit } from '../money/currency.ts'
import { Decimal } from '../money/decimal.ts'
import { CloseSeries } from '../prices/close-series.ts'
import type { Known } from '../prices/known.ts'
import { RateTable } from '../prices/rate-table.ts'
import { plainDate } from '../time/plain-date.ts'
import { Book } from './book.ts'
import { asNumbers, exactSeries } from './daily-series.ts'
import { explainValue } from './explain-value.ts'
import { flowsOf, totalOf } from './flows.ts'
import type { Scope } from './scope.ts'
import { valueOn } from './value.ts'

const [eur, usd] = [currency('EUR'), currency('USD')]
const d = Decimal.parse
const [first, second, third] = ['2026-03-02', '2026-03-03', '2026-03-04'].map(plainDate) as [
  ReturnType<typeof plainDate>,
  ReturnType<typeof plainDate>,
  ReturnType<typeof plainDate>,
]
const euros = quoteUnit('EUR')
if (!euros) throw new Error('EUR is a quote unit')

let count = 0
const entry = (kind: LedgerTransaction['kind'], amount: string, more: Partial<LedgerTransaction> = {}): LedgerTransaction => {
  count += 1
  return {
    id: `t${count}`,
    kind,
    date: first,
    accountId: 'cash',
    amount: d(amount),
    currency: eur,
    fee: Decimal.zero,
    tax: Decimal.zero,
    ...more,
  }
}
const shares = { instrumentId: 'X', quantity: d('10') }
const closes = new Map([
  [
    'X',
    new CloseSeries('X', euros, [
      { date: first, value: '10' },
      { date: third, value: '12' },
    ]),
  ],
])
const rates = new RateTable([{ base: 'EUR', quote: 'USD', points: [{ date: first, value: '1.25' }] }])
const bookOf = (...transactions: LedgerTransaction[]) => new Book({ transactions, closes, rates, currencyOf: () => eur })
const told = (value: Known<Decimal>) => (value.known ? value.value.toString() : value.reason)
const flow = (book: Book, scope: Scope) => told(totalOf(flowsOf(book, scope, null, third, { currency: eur })))
const only = (...accounts: string[]): Scope => ({ accounts: new Set(accounts) })

describe('the value of a scope', () => {
  const book = bookOf(
    entry('deposit', '1000'),
    entry('buy', '100', { ...shares, accountId: 'depot', cashAccountId: 'cash', fee: d('1') }),
    entry('deposit', '125', { currency: usd }),
  )

  it('is cash and market value, in every currency held', () => {
    expect(told(valueOn(book, {}, third, { currency: eur }).value)).toBe('1119')
    expect(told(valueOn(book, {}, third, { currency: usd }).value)).toBe('1398.75')
    expect(told(valueOn(book, only('depot'), second, { currency: eur }).value)).toBe('100')
    expect(told(valueOn(book, { instrumentId: 'X' }, third, { currency: eur }).value)).toBe('120')
  })

  it('is unknown without a close or a rate, with the reason', () => {
    const odd = bookOf(entry('delivery-in', '5', { ...shares, instrumentId: 'Y' }))
    expect(told(valueOn(odd, {}, third, { currency: eur }).value)).toBe('missing-close')
    expect(told(valueOn(odd, {}, third, { currency: eur, beforeFirst: 'lastTrade' }).value)).toBe('5')
    expect(told(valueOn(book, {}, third, { currency: currency('JPY') }).value)).toBe('missing-rate')
  })

  it('is stale, and says so, when a close or a rate is older than five days', () => {
    const { value, warnings } = explainValue(book, {}, plainDate('2026-03-20'), { currency: eur })
    expect(value).toMatchObject({ known: true, stale: true, date: first })
    expect(warnings.map(({ code, date }) => `${code} ${date}`)).toEqual(['stale-close 2026-03-04', 'stale-rate 2026-03-02'])
  })
})

describe('the flows of a scope', () => {
  it('are deposits, withdrawals and deliveries with their full amount', () => {
    const charges = { fee: d('3'), tax: d('2') }
    const book = bookOf(
      entry('deposit', '100', charges),
      entry('withdrawal', '40', charges),
      entry('delivery-in', '50', { ...shares, ...charges }),
      entry('delivery-out', '30', { ...shares, ...charges }),
    )
    expect(flow(book, {})).toBe('90')
  })

  it('take a trade whose cash lies outside for a delivery, seen from the other side for a withdrawal', () => {
    const book = bookOf(entry('buy', '100', { ...shares, accountId: 'depot', cashAccountId: 'cash', fee: d('5'), tax: d('1') }))
    expect([flow(book, only('depot')), flow(book, only('cash')), flow(book, {})]).toEqual(['106', '-106', '0'])
    const dividend = bookOf(entry('dividend', '20', { instrumentId: 'X', accountId: 'depot', cashAccountId: 'cash', tax: d('5') }))
    expect([flow(dividend, only('depot')), flow(dividend, only('cash')), flow(dividend, {})]).toEqual(['-15', '15', '0'])
  })

  it('count transfers only where they cross the border: cash as paid, units at the market value of the day', () => {
    const cash = bookOf(entry('transfer', '100', { toAccountId: 'other', received: { amount: d('125'), currency: usd } }))
    expect([flow(cash, only('cash')), flow(cash, only('other')), flow(cash, {})]).toEqual(['-100', '100', '0'])
    const units = bookOf(entry('transfer', '0', { ...shares, toAccountId: 'other', date: second }))
    expect([flow(units, only('cash')), flow(units, only('other')), flow(units, {})]).toEqual(['-100', '100', '0'])
  })

  it('of an instrument are before tax and after fees', () => {
    const book = bookOf(
      entry('buy', '100', { ...shares, fee: d('5'), tax: d('1') }),
      entry('dividend', '20', { instrumentId: 'X', fee: d('1'), tax: d('5') }),
      entry('fee', '2', { instrumentId: 'X' }),
      entry('tax', '9', { instrumentId: 'X' }),
      entry('sell', '60', { ...shares, quantity: d('5'), fee: d('4'), tax: d('1') }),
    )
    const flows = flowsOf(book, { instrumentId: 'X' }, null, third, { currency: eur })
    expect(flows.map(({ amount }) => told(amount))).toEqual(['105', '-19', '2', '-56'])
  })
})

describe('the daily series', () => {
  it('has the value at the end of each day and its flows apart', () => {
    const book = bookOf(
      entry('deposit', '1000', { date: second }),
      entry('withdrawal', '100', { date: second }),
      entry('buy', '100', { ...shares, date: second }),
    )
    const { value, inflow, outflow } = asNumbers(exactSeries(book, {}, first, third, { currency: eur }))
    expect([[...value], [...inflow], [...outflow]]).toEqual([
      [0, 900, 920],
      [0, 1000, 0],
      [0, 100, 0],
    ])
  })
})
