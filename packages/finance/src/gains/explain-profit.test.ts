import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { anyCurrency, bookOf, length, prices, scopes, start, step } from '../../test/random-books.ts'
import { recompute } from '../explain/recompute.ts'
import type { CostMethod } from '../lots/cost-method.ts'
import { Decimal } from '../money/decimal.ts'
import type { Known } from '../prices/known.ts'
import { minusKnown, sumKnown } from '../prices/known-sum.ts'
import { addDays } from '../time/plain-date.ts'
import type { ViewOptions } from '../valuation/book.ts'
import { explainProfit } from './explain-profit.ts'
import { explainRestOfProfit, explainStatement } from './explain-statement.ts'
import { profit } from './profit.ts'
import { statement } from './statement.ts'

function orNull(value: Known<Decimal>): string | null {
  return value.known ? value.value.toString() : null
}

const views = fc.record({
  scope: fc.constantFrom(...scopes),
  method: fc.constantFrom<CostMethod>('fifo', 'average-cost'),
  rounding: fc.constantFrom<NonNullable<ViewOptions['rounding']>>('minorUnit', 'none'),
  currency: anyCurrency,
  from: fc.integer({ min: 0, max: length }),
  firstKnownDay: fc.constantFrom(-1, -1, 0, 6, 15),
})
const seed = { seed: 20261123, numRuns: 300 }

describe('an explained profit', () => {
  it('follows from values, flows, income and charges, for accounts and for an instrument', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 25 }), prices, views, (steps, closes, { scope, from, firstKnownDay, ...options }) => {
        const book = bookOf(steps, closes, firstKnownDay)
        const [first, to] = [addDays(start, from), addDays(start, length)]
        const { trail } = explainProfit(book, scope, first, to, options)
        expect(recompute(trail)).toEqual([])
        expect(trail.value).toBe(orNull(profit(book, scope, first, to, options)))
      }),
      seed,
    )
  })

  it('of a scope is that of its instruments and the rest, to the last digit', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 25 }), prices, views, (steps, closes, { scope, from, firstKnownDay, ...options }) => {
        const accounts = { accounts: scope.accounts }
        const book = bookOf(steps, closes, firstKnownDay)
        const [first, to] = [addDays(start, from), addDays(start, length)]
        const rows = ['X', 'Y'].map((instrumentId) => profit(book, { ...accounts, instrumentId }, first, to, options))
        const rest = minusKnown(profit(book, accounts, first, to, options), sumKnown(rows))
        const { lines } = explainStatement(book, accounts, first, to, options)
        const trail = explainRestOfProfit(book, accounts, first, to, lines, options)
        expect(recompute(trail)).toEqual([])
        // Endless conversions carry 80 digits; cents come out exactly.
        const places = options.rounding === 'none' ? 30 : 9
        if (rest.known) expect(Decimal.parse(String(trail.value)).minus(rest.value).round(places, 'half-even').toString()).toBe('0')
      }),
      seed,
    )
  })
})

describe('the lines of an explained statement', () => {
  it('are each explained, also where another one is unknown and there is no sum', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 25 }), prices, views, (steps, closes, { scope, from, firstKnownDay, ...options }) => {
        const book = bookOf(steps, closes, firstKnownDay)
        const [first, to] = [addDays(start, from), addDays(start, length)]
        const { lines } = explainStatement(book, scope, first, to, options)
        const stated = statement(book, scope, first, to, options)
        expect(lines.realisedGain.value).toBe(orNull(stated.realised))
        expect(lines.unrealisedGain.value).toBe(orNull(stated.unrealised))
        expect(lines.income.value).toBe(orNull(stated.earnings))
        expect(lines.fees.value).toBe(orNull(stated.fees))
        expect(lines.currencyGain.value).toBe(orNull(stated.currencyGain))
        for (const trail of Object.values(lines)) if (trail) expect(recompute(trail)).toEqual([])
      }),
      seed,
    )
  })
})
