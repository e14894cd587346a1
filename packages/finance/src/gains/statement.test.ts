import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { anyCurrency, bookOf, length, prices, scopes, start, step } from '../../test/random-books.ts'
import { recompute } from '../explain/recompute.ts'
import type { LedgerTransaction } from '../ledger/transaction.ts'
import type { CostMethod } from '../lots/cost-method.ts'
import { currency } from '../money/currency.ts'
import { Decimal } from '../money/decimal.ts'
import type { Known } from '../prices/known.ts'
import { RateTable } from '../prices/rate-table.ts'
import { addDays } from '../time/plain-date.ts'
import { Book, type ViewOptions } from '../valuation/book.ts'
import { explainCost } from './explain-gains.ts'
import { explainStatement } from './explain-statement.ts'
import { costOf, lotsSincePurchase } from './lots-of.ts'
import { profit } from './profit.ts'
import { type PeriodStatement, statement } from './statement.ts'

function told(value: Known<Decimal>): Decimal {
  if (!value.known) throw new Error(value.detail)
  return value.value
}

function orNull(value: Known<Decimal>): string | null {
  return value.known ? value.value.toString() : null
}

/** opening + flows + realised + unrealised + earnings − fees − taxes + currencyGain − closing. */
function residual(of: PeriodStatement): string {
  const added = [of.openingValue, of.flows, of.realised, of.unrealised, of.earnings, of.currencyGain].map(told)
  const taken = [of.fees, of.taxes, of.closingValue].map(told)
  return Decimal.sum(added).minus(Decimal.sum(taken)).round(30, 'half-even').toString()
}

describe('the period statement', () => {
  it('adds up to the cent for every scope, period, currency, rounding and cost method', () => {
    fc.assert(
      fc.property(
        fc.array(step, { maxLength: 40 }),
        fc.array(
          fc.integer({ min: 1, max: 99999 }).map((cents) => Decimal.fromScaled(cents, 2)),
          { minLength: 1, maxLength: 9 },
        ),
        fc.record({
          scope: fc.constantFrom(...scopes),
          method: fc.constantFrom<CostMethod>('fifo', 'average-cost'),
          rounding: fc.constantFrom<NonNullable<ViewOptions['rounding']>>('minorUnit', 'none'),
          currency: anyCurrency,
          from: fc.integer({ min: 0, max: length }),
          days: fc.integer({ min: 0, max: length }),
        }),
        (steps, closes, { scope, from, days, ...options }) => {
          const book = bookOf(steps, closes)
          const result = statement(book, scope, addDays(start, from), addDays(start, from + days), options)
          expect(residual(result)).toBe('0')
          if (scope.instrumentId === undefined) {
            const earned = profit(book, scope, result.from, result.to, options)
            const gap = told(result.closingValue).minus(told(result.openingValue)).minus(told(result.flows)).minus(told(earned))
            expect(gap.round(30, 'half-even').toString()).toBe('0')
          }
        },
      ),
      { seed: 20261122, numRuns: 1500 },
    )
  })

  it('explains every line down to transactions, closes and rates', () => {
    fc.assert(
      fc.property(
        fc.array(step, { maxLength: 25 }),
        prices,
        fc.record({
          scope: fc.constantFrom(...scopes),
          method: fc.constantFrom<CostMethod>('fifo', 'average-cost'),
          rounding: fc.constantFrom<NonNullable<ViewOptions['rounding']>>('minorUnit', 'none'),
          currency: anyCurrency,
          from: fc.integer({ min: 0, max: length }),
          firstKnownDay: fc.constantFrom(-1, -1, 0, 6, 15),
        }),
        (steps, closes, { scope, from, firstKnownDay, ...options }) => {
          const book = bookOf(steps, closes, firstKnownDay)
          const to = addDays(start, length)
          const { trail, value } = explainStatement(book, scope, addDays(start, from), to, options)
          expect(recompute(trail)).toEqual([])
          expect(trail.value).toBe(orNull(value.closingValue))
          const cost = explainCost(book, scope, { basis: 'purchase', from: null, to }, options)
          expect(recompute(cost.trail)).toEqual([])
          expect(orNull(cost.value)).toBe(orNull(costOf(lotsSincePurchase(book, scope, to, options))))
          expect(cost.trail.value).toBe(orNull(cost.value))
        },
      ),
      { seed: 20261122, numRuns: 400 },
    )
  })

  it('finds no currency gain where only one currency is used', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 30 }), fc.constantFrom(...scopes.slice(0, 3)), (steps, scope) => {
        const eur = currency('EUR')
        const local = steps
          .filter(({ kind }) => kind !== 'currency-exchange')
          .map((one) => ({ ...one, currency: eur, cashCurrency: undefined, rate: undefined }))
        const result = statement(bookOf(local, [Decimal.parse('10')]), scope, start, addDays(start, length), { currency: eur })
        expect(told(result.currencyGain).toString()).toBe('0')
      }),
      { seed: 20261122, numRuns: 300 },
    )
  })

  it('says why it cannot tell when a close is missing', () => {
    const buy: LedgerTransaction = {
      id: 't',
      kind: 'buy',
      date: addDays(start, 1),
      accountId: 'A',
      instrumentId: 'Z',
      quantity: Decimal.one,
      amount: Decimal.parse('100'),
      currency: currency('EUR'),
      fee: Decimal.zero,
      tax: Decimal.zero,
    }
    const book = new Book({ transactions: [buy], closes: new Map(), rates: RateTable.empty, currencyOf: () => currency('EUR') })
    const result = statement(book, {}, start, addDays(start, 2), { currency: currency('EUR') })
    expect(told(result.openingValue).toString()).toBe('0')
    expect(result.closingValue).toMatchObject({ known: false, reason: 'missing-close' })
    expect(result.unrealised).toMatchObject({ known: false, reason: 'missing-close' })
  })
})
