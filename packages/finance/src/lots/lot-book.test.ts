import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { LedgerTransaction } from '../ledger/transaction.ts'
import { currency } from '../money/currency.ts'
import { Decimal } from '../money/decimal.ts'
import { Converter } from '../prices/converter.ts'
import type { Known } from '../prices/known.ts'
import { RateTable } from '../prices/rate-table.ts'
import { addDays, plainDate } from '../time/plain-date.ts'
import { type CostMethod, costMethods } from './cost-method.ts'
import { priceOf } from './lot.ts'
import { foldLots, type LotOptions } from './lot-book.ts'

const [eur, usd] = [currency('EUR'), currency('USD')]
const first = plainDate('2026-01-05')
const d = Decimal.parse
let count = 0

function entry(kind: LedgerTransaction['kind'], units: string, amount: string, more: Partial<LedgerTransaction> = {}): LedgerTransaction {
  count += 1
  const days = { date: addDays(first, count), id: `t${count}` }
  return {
    ...days,
    kind,
    accountId: 'A',
    instrumentId: 'VWCE',
    quantity: d(units),
    amount: d(amount),
    currency: eur,
    fee: Decimal.zero,
    tax: Decimal.zero,
    ...more,
  }
}

function options(method: CostMethod, more: Partial<LotOptions> = {}): LotOptions {
  return {
    method,
    fees: 'excluded',
    currency: eur,
    converter: new Converter(RateTable.empty, { rounding: 'minorUnit' }),
    currencyOf: () => eur,
    ...more,
  }
}

const told = (value: Known<Decimal> | undefined) => (value?.known ? value.value.toString() : value?.reason)
const costOf = (book: ReturnType<typeof foldLots>, instrumentId = 'VWCE') =>
  Decimal.sum(book.lots({ instrumentId }).map((lot) => (lot.cost.reporting.known ? lot.cost.reporting.value : d('-1')))).toString()

describe('first in, first out', () => {
  const book = () => [entry('buy', '6', '600'), entry('buy', '8', '880'), entry('sell', '10', '1250', { fee: d('4.90') })]

  it('sells part of two lots', () => {
    const lots = foldLots(book(), options('fifo', { fees: 'included' }))
    expect(lots.lots()).toMatchObject([{ units: d('4') }])
    expect(lots.lots().map((lot) => String(priceOf(lot)))).toEqual(['110 EUR'])
    const [sale] = lots.disposals
    expect([told(sale?.cost), told(sale?.proceeds)]).toEqual(['1040', '1245.1'])
  })

  it('runs per account; a transfer carries lots in order of acquisition', () => {
    const old = entry('buy', '10', '150', { accountId: 'B' })
    const young = entry('buy', '10', '90')
    const over = entry('transfer', '5', '0', { accountId: 'B', toAccountId: 'A' })
    const lots = foldLots([old, young, over], options('fifo'))
    expect(lots.lots({ accounts: new Set(['A']) })).toMatchObject([
      { units: d('5'), acquiredOn: old.date, cost: { reporting: { value: d('75') } } },
      { units: d('10'), acquiredOn: young.date },
    ])
    expect(costOf(foldLots([old, young, over, entry('sell', '5', '100')], options('fifo')))).toBe('165')
  })

  it('opens a short lot for what is sold beyond the position and closes it by a purchase', () => {
    const trades = [entry('buy', '10', '100'), entry('sell', '15', '150')]
    const lots = foldLots(trades, options('fifo'))
    expect(lots.lots()).toMatchObject([{ units: d('-5'), cost: { reporting: { value: d('-50') } } }])
    const covered = foldLots([...trades, entry('buy', '5', '40')], options('fifo'))
    expect(covered.lots()).toEqual([])
    const cover = covered.disposals[1]
    expect([told(cover?.proceeds), told(cover?.cost)]).toEqual(['-40', '-50'])
  })
})

describe('the moving average', () => {
  it('runs over all accounts', () => {
    const buys = [entry('buy', '10', '150', { accountId: 'B' }), entry('buy', '30', '50')]
    const lots = foldLots([...buys, entry('sell', '20', '400')], options('average-cost'))
    expect(told(lots.disposals[0]?.cost)).toBe('100')
    expect(lots.lots({ accounts: new Set(['B']) })).toMatchObject([{ units: d('10'), cost: { reporting: { value: d('50') } } }])
    expect(costOf(lots)).toBe('100')
  })
})

describe('cost in other currencies', () => {
  const rates = new RateTable([{ base: 'EUR', quote: 'USD', points: [{ date: first, value: '1.25' }] }])
  const converter = new Converter(rates, { rounding: 'minorUnit' })
  const abroad = { converter, currencyOf: () => usd }

  it('is taken at the rate of purchase, the recorded one first', () => {
    const market = entry('buy', '1', '100')
    const recorded = entry('buy', '1', '100', { rate: { from: usd, to: eur, value: d('0.5') } })
    const lots = foldLots([market, recorded], options('fifo', abroad)).lots()
    expect(lots.map((lot) => told(lot.cost.instrument))).toEqual(['125', '200'])
    expect(lots.map((lot) => told(lot.cost.reporting))).toEqual(['100', '100'])
  })

  it('splits the currency part off a gain', () => {
    const trades = [
      entry('buy', '1', '100', { currency: usd }),
      entry('sell', '1', '100', { currency: usd, rate: { from: usd, to: eur, value: d('0.9') } }),
    ]
    const [sale] = foldLots(trades, options('fifo', abroad)).disposals
    expect([told(sale?.cost), told(sale?.proceeds), told(sale?.currencyGain)]).toEqual(['80', '90', '10'])
  })

  it('is unknown without a rate, and stays so', () => {
    const lots = foldLots([entry('buy', '2', '100', { currency: currency('JPY') }), entry('sell', '1', '80')], options('fifo', abroad))
    expect(lots.disposals[0]?.cost).toMatchObject({ known: false, reason: 'missing-rate' })
    expect(lots.lots()[0]?.cost.reporting).toMatchObject({ known: false, reason: 'missing-rate' })
  })
})

describe('in every book', () => {
  const accounts = fc.constantFrom('A', 'B')
  const step = fc.record({
    kind: fc.constantFrom('buy' as const, 'sell' as const, 'transfer' as const),
    accountId: accounts,
    share: fc.integer({ min: 1, max: 100 }),
    cents: fc.integer({ min: 0, max: 10 ** 7 }),
    feeCents: fc.integer({ min: 0, max: 999 }),
    currency: fc.constantFrom(eur, usd),
  })
  const rates = new RateTable([{ base: 'EUR', quote: 'USD', points: [{ date: first, value: '1.0837' }] }])

  /** Turns steps into a book that never sells more than it holds: shares are hundredths of what is there. */
  function bookOf(steps: readonly (typeof step extends fc.Arbitrary<infer T> ? T : never)[]): LedgerTransaction[] {
    const held: Record<string, Decimal> = { A: Decimal.zero, B: Decimal.zero }
    return steps.flatMap(({ kind, accountId, share, cents, feeCents, currency: paidIn }) => {
      const here = held[accountId] ?? Decimal.zero
      const units =
        kind === 'buy' ? Decimal.fromScaled(share, 1) : share === 100 ? here : here.times(Decimal.fromScaled(share, 2)).round(8, 'down')
      if (units.isZero()) return []
      const toAccountId = accountId === 'A' ? 'B' : 'A'
      held[accountId] = kind === 'buy' ? here.plus(units) : here.minus(units)
      if (kind === 'transfer') held[toAccountId] = (held[toAccountId] ?? Decimal.zero).plus(units)
      const fee = Decimal.fromScaled(feeCents, 2)
      return [
        entry(kind, units.toString(), Decimal.fromScaled(cents, 2).toString(), {
          accountId,
          toAccountId,
          fee,
          currency: paidIn,
          date: first,
        }),
      ]
    })
  }

  it('lots add up to the position, and cost in equals cost out plus cost left', () => {
    fc.assert(
      fc.property(
        fc.array(step, { maxLength: 40 }),
        fc.constantFrom(...costMethods),
        fc.constantFrom(undefined, true, false),
        fc.constantFrom('none', 'minorUnit'),
        (steps, method, acrossAccounts, rounding) => {
          const converter = new Converter(rates, { rounding: rounding as 'none' | 'minorUnit' })
          const book = bookOf(steps)
          const lots = foldLots(book, options(method, { converter, acrossAccounts, fees: 'included', currencyOf: () => usd }))
          for (const accountId of ['A', 'B']) {
            const open = Decimal.sum(lots.lots({ accounts: new Set([accountId]) }).map((lot) => lot.units))
            expect(open.toString()).toBe(lots.unitsIn(accountId, 'VWCE').toString())
          }
          const bought = book
            .filter(({ kind }) => kind === 'buy')
            .map(({ amount, fee, currency: from }) => converter.convert(amount.plus(fee), from, eur, first))
          const sum = (values: Known<Decimal>[]) => Decimal.sum(values.map((value) => (value.known ? value.value : Decimal.zero)))
          const left = sum(lots.lots().map((lot) => lot.cost.reporting))
          const relieved = sum(lots.disposals.map((sale) => sale.cost))
          expect(sum(bought).minus(relieved).minus(left).round(40, 'half-even').toString()).toBe('0')
        },
      ),
      { seed: 20261122, numRuns: 400 },
    )
  })
})
