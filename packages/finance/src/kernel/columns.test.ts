import { describe, expect, it } from 'vitest'
import type { LedgerTransaction } from '../ledger/transaction.ts'
import { currency, quoteUnit } from '../money/currency.ts'
import { Decimal } from '../money/decimal.ts'
import { plainDate } from '../time/plain-date.ts'
import { closeColumn, lastUpTo, rateColumn } from './columns.ts'
import { packLedger } from './packed-ledger.ts'

const euros = quoteUnit('EUR')
if (!euros) throw new RangeError('EUR')

describe('a column of closes', () => {
  it('takes the scale of the most precise one, trailing zeros apart', () => {
    const column = closeColumn(euros, [
      { day: 1, value: '101.250000000000000000' },
      { day: 2, value: '99' },
      { day: 3, value: '0.1' },
    ])
    expect(column.scale).toBe(2)
    expect([...column.closes]).toEqual([10_125, 9_900, 10])
    expect(column.exact).toBeUndefined()
  })

  it('keeps the text of a close that does not fit a double', () => {
    const column = closeColumn(euros, [
      { day: 1, value: '65432.123456789012' },
      { day: 2, value: '1.5' },
    ])
    expect(column.exact?.get(0)).toBe('65432.123456789012')
    expect(column.closes[1]).toBe(1_500_000_000_000)
  })

  it('keeps the text of a large close next to a precise one', () => {
    const column = closeColumn(euros, [
      { day: 1, value: '123456789012.12' },
      { day: 2, value: '0.00000001' },
    ])
    expect(column.exact?.get(0)).toBe('123456789012.12')
    expect(column.closes[1]).toBe(1)
  })

  it('finds the last entry up to a day', () => {
    const days = Int32Array.of(3, 5, 9)
    expect([2, 3, 4, 9, 100].map((day) => lastUpTo(days, day))).toEqual([-1, 0, 0, 2, 2])
  })
})

describe('a column of rates', () => {
  it('keeps the text of a rate with more than 15 digits and refuses unknown codes', () => {
    const column = rateColumn('EUR', 'GBX', [
      { day: 1, value: '86.5' },
      { day: 2, value: '1.0863662958145141' },
    ])
    expect(column.exact?.get(1)).toBe('1.0863662958145141')
    expect(column.exact?.has(0)).toBe(false)
    expect(() => rateColumn('EUR', 'XXX', [])).toThrow(RangeError)
  })
})

describe('a packed ledger', () => {
  const deposit = (amount: string, code: string): LedgerTransaction => ({
    id: amount,
    kind: 'deposit',
    date: plainDate('2026-03-02'),
    accountId: 'main',
    amount: Decimal.parse(amount),
    currency: currency(code),
    fee: Decimal.parse('0.01'),
    tax: Decimal.zero,
  })

  it('scales a currency up when a later amount needs more places, and others not', () => {
    const packed = packLedger([deposit('10', 'EUR'), deposit('5', 'USD'), deposit('1.2345', 'EUR')])
    expect(packed.moneyScales).toEqual([4, 2])
    expect([...packed.amount]).toEqual([100_000, 500, 12_345])
    expect([...packed.fee]).toEqual([100, 1, 100])
    expect([...packed.received]).toEqual([100_000, 500, 12_345])
  })
})
