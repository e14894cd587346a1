import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { LedgerTransaction } from '../ledger/transaction.ts'
import { currency, digitsOf, quoteUnit } from '../money/currency.ts'
import { Decimal } from '../money/decimal.ts'
import { CloseSeries } from '../prices/close-series.ts'
import { RateTable } from '../prices/rate-table.ts'
import { dateOfDay, plainDate } from '../time/plain-date.ts'
import { Book } from '../valuation/book.ts'
import { asNumbers, exactSeries } from '../valuation/daily-series.ts'
import { closeColumn, rateColumn } from './columns.ts'
import type { ValuationInput } from './daily-valuation.ts'
import { KernelOverflow } from './exact-rounding.ts'
import { packLedger } from './packed-ledger.ts'
import { type RandomBook, randomBook } from './random-book.fixture.ts'
import { moneyOf } from './valuation-money.ts'
import { valueByDecimals } from './value-by-decimals.ts'
import { revalueDaily, valueDaily } from './value-daily.ts'

const seed = 20261122

function inputOf(book: RandomBook, transactions: readonly LedgerTransaction[] = book.transactions): ValuationInput {
  return {
    scope: book.scope,
    ledger: packLedger(transactions),
    closes: new Map([
      ['orphan', closeColumn(unitOf('EUR'), [])],
      ...book.closes.map(({ id, unit, points }) => [id, closeColumn(unitOf(unit), points)] as const),
    ]),
    rates: book.rates.map(({ base, quote, points }) => rateColumn(base, quote, points)),
    currency: book.currency,
    firstDay: book.firstDay,
    lastDay: book.lastDay,
    options: book.options,
  }
}

function unitOf(code: string) {
  const unit = quoteUnit(code)
  if (!unit) throw new RangeError(code)
  return unit
}

/** The same book by decimals: valuation/. */
function decimalPath(book: RandomBook) {
  const dated = (points: readonly { day: number; value: string }[]) => points.map(({ day, value }) => ({ date: dateOfDay(day), value }))
  const facts = new Book({
    transactions: book.transactions,
    closes: new Map(book.closes.map(({ id, unit, points }) => [id, new CloseSeries(id, unitOf(unit), dated(points))])),
    rates: new RateTable(book.rates.map(({ base, quote, points }) => ({ base, quote, points: dated(points) }))),
    currencyOf: (id) => unitOf(book.closes.find((closes) => closes.id === id)?.unit ?? 'EUR').currency,
  })
  const scope = { accounts: book.scope.accountIds, instrumentId: book.scope.instrumentId }
  const view = { currency: book.currency, rounding: book.options.rounding, beforeFirst: book.options.beforeFirst }
  return { facts, scope, view }
}

/** Within the noise of doubles that cancel out (amounts up to some 10^10 minor units): a ten-thousandth of a cent. */
function same(fast: Float64Array, exact: Float64Array, minorUnits: number): string | null {
  for (const [i, value] of fast.entries()) {
    const truth = (exact[i] as number) * minorUnits
    if (Number.isNaN(value) !== Number.isNaN(truth)) return `day ${i}: ${value} where decimals say ${truth}`
    if (Math.abs(value - truth) > 1e-4 + Math.abs(truth) * 1e-12) return `day ${i}: ${value} where decimals say ${truth}`
  }
  return null
}

describe('the fast valuation', () => {
  it('equals the decimal path on any book: currencies, pence, transfers, unknown closes and rates', () => {
    fc.assert(
      fc.property(randomBook, (book) => {
        const fast = valueDaily(inputOf(book))
        const { facts, scope, view } = decimalPath(book)
        const exact = asNumbers(exactSeries(facts, scope, dateOfDay(book.firstDay), dateOfDay(book.lastDay), view))
        const minorUnits = 10 ** digitsOf(book.currency)
        expect(same(fast.value, exact.value, minorUnits)).toBeNull()
        expect(same(fast.inflow, exact.inflow, minorUnits)).toBeNull()
        expect(same(fast.outflow, exact.outflow, minorUnits)).toBeNull()
      }),
      { seed, numRuns: 500 },
    )
  })

  it('and column by column what decimals make of it when amounts are past 2^53', () => {
    fc.assert(
      fc.property(randomBook, (book) => {
        const fast = valueDaily(inputOf(book))
        const { facts, scope, view } = decimalPath(book)
        const slow = valueByDecimals(facts, scope, book.firstDay, book.lastDay, view)
        for (const column of ['value', 'marketValue', 'cash', 'inflow', 'outflow'] as const)
          expect(same(fast[column], slow[column], 1)).toBeNull()
        for (const column of ['known', 'stale', 'observed'] as const) expect([column, ...slow[column]]).toEqual([column, ...fast[column]])
        expect([...slow.instruments.keys()]).toEqual([...fast.instruments.keys()])
        for (const [id, own] of slow.instruments) {
          expect(same(fast.instruments.get(id)?.values ?? new Float64Array(), own.values, 1)).toBeNull()
          expect(fast.instruments.get(id)?.firstDay).toBe(own.firstDay)
        }
      }),
      { seed, numRuns: 300 },
    )
  })

  it('says for every unknown day what is missing', () => {
    fc.assert(
      fc.property(randomBook, (book) => {
        const { known, gaps, firstDay } = valueDaily(inputOf(book))
        for (const [i, flag] of known.entries()) {
          const explained = gaps.some(({ from, to }) => from <= firstDay + i && to >= firstDay + i)
          expect(explained).toBe(flag === 0)
        }
      }),
      { seed, numRuns: 200 },
    )
  })

  it('after a back-dated entry equals a valuation from scratch', () => {
    fc.assert(
      fc.property(randomBook, fc.nat(), (book, pick) => {
        const at = pick % Math.max(1, book.transactions.length)
        const backDated = book.transactions[at]
        const without = inputOf(
          book,
          book.transactions.filter((_, i) => i !== at),
        )
        const input = inputOf(book)
        const changed = new Set([backDated?.instrumentId, backDated?.into?.instrumentId].filter((id) => id !== undefined))
        const { gaps: _, ...revalued } = revalueDaily(valueDaily(without), input, changed)
        const { gaps: __, ...fromScratch } = valueDaily(input)
        expect(revalued).toEqual(fromScratch)
      }),
      { seed, numRuns: 300 },
    )
  })
})

describe('a valuation of a small book', () => {
  const eur = currency('EUR')
  const day = (text: string) => Date.parse(text) / 86_400_000
  const entry = (kind: LedgerTransaction['kind'], date: string, rest: Record<string, string>): LedgerTransaction => ({
    id: `${kind} ${date}`,
    kind,
    date: plainDate(date),
    accountId: 'main',
    instrumentId: rest.instrument,
    quantity: rest.units === undefined ? undefined : decimal(rest.units),
    amount: decimal(rest.amount ?? '0'),
    currency: currency(rest.currency ?? 'EUR'),
    fee: decimal(rest.fee ?? '0'),
    tax: decimal('0'),
  })
  const transactions = [
    entry('deposit', '2026-03-02', { amount: '1000' }),
    entry('buy', '2026-03-03', { instrument: 'VOD', units: '500', amount: '400.25', fee: '5' }),
  ]
  const input = (options: ValuationInput['options'] = {}): ValuationInput => ({
    scope: { accountIds: new Set(['main']) },
    ledger: packLedger(transactions),
    closes: new Map([['VOD', closeColumn(unitOf('GBX'), [{ day: day('2026-03-04'), value: '70.125' }])]]),
    rates: [rateColumn('EUR', 'GBP', [{ day: day('2026-03-01'), value: '0.86' }])],
    currency: eur,
    firstDay: day('2026-03-01'),
    lastDay: day('2026-03-12'),
    options,
  })

  it('adds cash and pence at the rate of the day, each rounded', () => {
    const valuation = valueDaily(input())
    // 500 × 70.125 pence = 350.625, so 350.63 GBP; / 0.86 = 407.709…, so 407.71 EUR; cash 1000 − 400.25 − 5.
    expect(valuation.value[3]).toBe(59_475 + 40_771)
    expect([...valuation.inflow.slice(0, 3)]).toEqual([0, 100_000, 0])
    expect(valuation.instruments.get('VOD')?.firstDay).toBe(day('2026-03-03'))
  })

  it('does not know the value on the day before the first close, and says so', () => {
    const valuation = valueDaily(input())
    expect([...valuation.known.slice(0, 5)]).toEqual([1, 1, 0, 1, 1])
    expect(valuation.gaps).toEqual([{ reason: 'missing-close', of: 'VOD', from: day('2026-03-03'), to: day('2026-03-03') }])
    expect(valueDaily(input({ beforeFirst: 'first' })).value[2]).toBe(59_475 + 40_771)
    // Bought for 400.25 EUR: 344.215, so 344.22 GBP of value, which are 400.255…, so 400.26 EUR.
    expect(valueDaily(input({ beforeFirst: 'lastTrade' })).value[2]).toBe(59_475 + 40_026)
  })

  it('marks what rests on a close or rate of more than five days ago', () => {
    // The rate is of 1 March: 7 March is the sixth day after it.
    expect([...valueDaily(input()).stale]).toEqual([0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1])
  })

  it('comes back as money through one door', () => {
    const valuation = valueDaily(input())
    expect(moneyOf(valuation.value[3] as number, valuation)?.toString()).toBe('1002.46 EUR')
    expect(moneyOf(valuation.value[2] as number, valuation)).toBeNull()
    expect(moneyOf(100_000_000.125, valuation)?.toString()).toBe('1000000.00125 EUR')
    expect([...valuation.observed]).toEqual([0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0])
  })

  it('refuses amounts that doubles cannot count, rather than rounding them', () => {
    expect(() => packLedger([entry('deposit', '2026-03-02', { amount: '123456789012.1234567' })])).toThrow(KernelOverflow)
    expect(() => packLedger([transactions[1], transactions[0]].filter((one) => one !== undefined))).toThrow(RangeError)
  })
})

function decimal(text: string): Decimal {
  return Decimal.parse(text)
}
