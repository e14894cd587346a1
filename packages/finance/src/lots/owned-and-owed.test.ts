import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { withActions } from '../actions/with-actions.ts'
import type { LedgerTransaction } from '../ledger/transaction.ts'
import { currency } from '../money/currency.ts'
import { Decimal } from '../money/decimal.ts'
import { Converter } from '../prices/converter.ts'
import { RateTable } from '../prices/rate-table.ts'
import { addDays, plainDate } from '../time/plain-date.ts'
import { type CostMethod, costMethods } from './cost-method.ts'
import { foldLots } from './lot-book.ts'

const eur = currency('EUR')
const first = plainDate('2026-01-05')
const d = Decimal.parse

/** Account A owns, B owes; what A sends lies beside what B owes, since a transfer realises nothing. */
function ledger(owned: number, owed: number): LedgerTransaction[] {
  const none = Decimal.zero
  const entry = (id: string, day: number, more: Partial<LedgerTransaction> & Pick<LedgerTransaction, 'kind'>): LedgerTransaction => ({
    ...{ id, date: addDays(first, day), accountId: 'A', instrumentId: 'X', currency: eur, fee: none, tax: none },
    ...{ quantity: d(String(owned)), amount: none },
    ...more,
  })
  return [
    entry('bought', 0, { kind: 'buy', amount: d(String(owned * 10)) }),
    entry('sold', 1, { kind: 'sell', accountId: 'B', quantity: d(String(owed)), amount: d(String(owed * 30)) }),
    entry('sent', 2, { kind: 'transfer', toAccountId: 'B' }),
  ]
}

function booked(owned: number, owed: number, method: CostMethod, kind: 'merger' | 'spin-off', ratio = { new: d('1'), old: d('2') }) {
  const action = { id: 'action', kind, instrumentId: 'X', intoInstrumentId: 'Y', exDate: addDays(first, 10), currency: eur, ratio }
  const costShare = kind === 'spin-off' ? { costShare: d('0.25') } : {}
  const entries = withActions(ledger(owned, owed), [{ ...action, ...costShare, accounts: [{ accountId: 'B' }] }])
  const converter = new Converter(RateTable.empty, { rounding: 'minorUnit' })
  return foldLots(entries, { method, fees: 'excluded', currency: eur, converter, currencyOf: () => eur })
}

const lotsOf = (book: ReturnType<typeof foldLots>, instrumentId: string) =>
  book.lots({ instrumentId }).map(({ units, cost }) => `${units} for ${cost.reporting.known ? cost.reporting.value : '?'}`)

describe('an instrument that an account owns and owes at once', () => {
  it('goes over whole in a merger: what is owned as owned, what is owed as owed', () => {
    const book = booked(8, 5, 'fifo', 'merger')
    expect(lotsOf(book, 'X')).toEqual([])
    expect(lotsOf(book, 'Y')).toEqual(['4 for 80', '-2.5 for -150'])
    expect(book.carried.map(({ cost }) => (cost.known ? cost.value.toString() : '?'))).toEqual(['-70'])
  })

  it('gives a spin-off its part of the cost of both, and keeps its units', () => {
    const book = booked(8, 5, 'fifo', 'spin-off')
    expect(lotsOf(book, 'X')).toEqual(['8 for 60', '-5 for -112.5'])
    expect(lotsOf(book, 'Y')).toEqual(['4 for 20', '-2.5 for -37.5'])
  })

  it('more of it owed than owned goes over as well', () => {
    expect(lotsOf(booked(2, 5, 'fifo', 'merger'), 'Y')).toEqual(['1 for 20', '-2.5 for -150'])
  })

  it('leaves lots that add up to the position and no cost behind, by any method and ratio', () => {
    const amount = fc.integer({ min: 1, max: 1000 })
    fc.assert(
      fc.property(
        fc.record({ owned: amount, owed: amount, before: amount, after: amount, method: fc.constantFrom(...costMethods) }),
        fc.constantFrom('merger' as const, 'spin-off' as const),
        ({ owned, owed, before, after, method }, kind) => {
          fc.pre(owned !== owed)
          const book = booked(owned, owed, method, kind, { new: d(String(after)), old: d(String(before)) })
          for (const instrumentId of ['X', 'Y']) {
            const lots = book.lots({ accounts: new Set(['B']), instrumentId })
            expect(Decimal.sum(lots.map(({ units }) => units)).toString()).toBe(book.unitsIn('B', instrumentId).toString())
            if (kind === 'merger' && instrumentId === 'X') expect(lots).toEqual([])
          }
          const costs = book.lots().map(({ cost }) => (cost.reporting.known ? cost.reporting.value : d('1e9')))
          expect(Decimal.sum(costs).toString()).toBe(String(owned * 10 - owed * 30))
        },
      ),
      { numRuns: 300 },
    )
  })
})
