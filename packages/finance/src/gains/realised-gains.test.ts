import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { anyCurrency, bookOf, length, prices, scopes, start, step } from '../../test/random-books.ts'
import { withActions } from '../actions/with-actions.ts'
import type { LedgerTransaction } from '../ledger/transaction.ts'
import { costMethods } from '../lots/cost-method.ts'
import { currency } from '../money/currency.ts'
import { Decimal } from '../money/decimal.ts'
import type { Known } from '../prices/known.ts'
import { RateTable } from '../prices/rate-table.ts'
import { addDays, plainDate } from '../time/plain-date.ts'
import { taxYear, taxYearOf } from '../time/tax-year.ts'
import { Book } from '../valuation/book.ts'
import { holdingTerm } from './holding-term.ts'
import { lotsOverPeriod, lotsSincePurchase, realisedCurrencyGain, realisedGain } from './lots-of.ts'
import { realisedGains } from './realised-gains.ts'
import type { RealisedRow } from './realised-row.ts'

const [eur, usd] = [currency('EUR'), currency('USD')]
const d = Decimal.parse
const day = plainDate
const told = (value: Known<Decimal> | undefined): string | undefined => (value?.known ? value.value.toString() : value?.reason)

function entry(kind: LedgerTransaction['kind'], date: string, units: string, amount: string, more: Partial<LedgerTransaction> = {}) {
  const none = Decimal.zero
  const common = { id: `${kind} ${date}`, accountId: 'A', instrumentId: 'X', currency: eur, fee: none, tax: none }
  return { ...common, kind, date: day(date), quantity: d(units), amount: d(amount), ...more } satisfies LedgerTransaction
}

function bookWith(transactions: readonly LedgerTransaction[], instrumentCurrency = eur, rates = RateTable.empty): Book {
  return new Book({ transactions, closes: new Map(), rates, currencyOf: () => instrumentCurrency })
}

const sincePurchase = (to: string, from: string | null = null) =>
  ({ basis: 'purchase', from: from === null ? null : day(from), to: day(to) }) as const
const line = ({ units, acquiredOn, proceeds, cost, gain, term }: RealisedRow) =>
  `${units} of ${acquiredOn}: ${told(proceeds)} - ${told(cost)} = ${told(gain)} ${term}`

describe('a sale of several lots', () => {
  const trades = [
    entry('buy', '2024-01-10', '6', '600'),
    entry('buy', '2025-02-02', '8', '880', { fee: d('3.20') }),
    entry('sell', '2025-03-02', '10', '1250', { fee: d('4.90') }),
  ]

  it('is told lot by lot; the last row gets what is left of the proceeds', () => {
    const { rows, totals, byTerm } = realisedGains(bookWith(trades), {}, sincePurchase('2025-12-31'), { currency: eur })
    expect(rows.map(line)).toEqual(['6 of 2024-01-10: 747.06 - 600 = 147.06 long', '4 of 2025-02-02: 498.04 - 441.6 = 56.44 short'])
    expect(rows.map(({ days }) => days)).toEqual([417, 28])
    expect([told(totals.proceeds), told(totals.cost), told(totals.gain)]).toEqual(['1245.1', '1041.6', '203.5'])
    expect([told(byTerm.get('long')?.gain), told(byTerm.get('short')?.gain)]).toEqual(['147.06', '56.44'])
  })

  it('belongs to the year it was sold in', () => {
    const over = ({ from, lastDay }: ReturnType<typeof taxYear>) =>
      realisedGains(bookWith(trades), {}, sincePurchase(lastDay, from), { currency: eur }).rows.length
    expect([taxYear(2024), taxYear(2025), taxYear(2026), taxYear(2024, 4), taxYear(2025, 4)].map(over)).toEqual([0, 2, 0, 2, 0])
  })

  it('under an average has no day of purchase, hence no term', () => {
    const { rows } = realisedGains(bookWith(trades), {}, sincePurchase('2025-12-31'), { currency: eur, method: 'average-cost' })
    expect(rows.map(({ term, units }) => [term, units.toString()])).toEqual([[null, '10']])
  })
})

// rebalance-reference.json, case lots-4.
describe('four lots at 125.00', () => {
  const trades = [
    entry('buy', '2021-03-01', '50', '4000'),
    entry('buy', '2022-11-15', '40', '5260'),
    entry('buy', '2024-02-01', '60', '7080'),
    entry('buy', '2024-06-20', '30', '4207.50'),
    entry('sell', '2024-09-30', '100', '12500'),
  ]

  it.each([
    ['fifo', '70', '1990'],
    ['lifo', '-37.5', '-65'],
    ['hifo', '-247.5', '-260'],
  ] as const)('%s: short %s, long %s', (method, short, long) => {
    const { byTerm } = realisedGains(bookWith(trades), {}, sincePurchase('2024-12-31'), { currency: eur, method })
    expect([told(byTerm.get('short')?.gain), told(byTerm.get('long')?.gain)]).toEqual([short, long])
  })
})

describe('the holding period', () => {
  it.each([
    ['2025-03-10', '2026-03-10', 'short'],
    ['2025-03-10', '2026-03-11', 'long'],
    ['2024-02-29', '2025-02-28', 'short'],
    ['2024-02-29', '2025-03-01', 'long'],
    ['2023-02-28', '2024-02-28', 'short'],
    ['2023-02-28', '2024-02-29', 'long'],
    ['2023-03-01', '2024-02-29', 'short'],
  ] as const)('from %s to %s is %s', (bought, sold, term) => {
    expect(holdingTerm(day(bought), day(sold))).toBe(term)
  })

  it('of a year that begins in April goes to the end of March', () => {
    expect(taxYear(2025, 4)).toMatchObject({ firstDay: '2025-04-01', lastDay: '2026-03-31', from: '2025-03-31' })
    expect([taxYearOf(day('2026-03-31'), 4).year, taxYearOf(day('2026-04-01'), 4).year, taxYearOf(day('2026-03-31')).year]).toEqual([
      2025, 2026, 2026,
    ])
    expect(taxYear(2024, 3).lastDay).toBe('2025-02-28')
  })
})

describe('a loss', () => {
  const bought = entry('buy', '2025-01-10', '10', '1000')
  const sold = entry('sell', '2025-06-10', '10', '800')
  const hint = (more: readonly LedgerTransaction[], asOf?: string) =>
    realisedGains(
      bookWith([bought, ...more]),
      {},
      sincePurchase('2025-12-31'),
      { currency: eur },
      asOf === undefined ? undefined : day(asOf),
    ).rows.map(({ washSaleUnits }) => washSaleUnits.toString())

  it('names the units that were bought again within 30 days before or after', () => {
    expect(hint([sold, entry('buy', '2025-07-10', '4', '300')])).toEqual(['4'])
    expect(hint([sold, entry('buy', '2025-07-11', '4', '300')])).toEqual(['0'])
    expect(hint([entry('buy', '2025-05-11', '3', '300'), sold])).toEqual(['3'])
    expect(hint([entry('buy', '2025-05-10', '3', '300'), sold])).toEqual(['0'])
    expect(hint([entry('buy', '2025-05-20', '6', '300'), sold, entry('buy', '2025-06-20', '9', '300')])).toEqual(['10'])
    expect(hint([sold, entry('buy', '2025-07-10', '4', '300')], '2025-07-01')).toEqual(['0'])
  })

  it('is not put off by a gain, by another instrument, or by the very units that were sold', () => {
    expect(hint([entry('sell', '2025-06-10', '10', '1200'), entry('buy', '2025-06-11', '4', '300')])).toEqual(['0'])
    expect(hint([sold, entry('buy', '2025-06-11', '4', '300', { instrumentId: 'Y' })])).toEqual(['0'])
    expect(hint([entry('buy', '2025-06-01', '5', '500'), entry('sell', '2025-06-10', '15', '1200')])).toEqual(['0', '0'])
  })

  it('shares a purchase with an earlier loss, each unit once', () => {
    const again = [entry('sell', '2025-06-10', '4', '300'), entry('sell', '2025-06-12', '6', '450'), entry('buy', '2025-06-20', '7', '600')]
    expect(hint(again)).toEqual(['4', '3'])
  })
})

describe('other ways to realise', () => {
  it('a cover is short, its days run from the sale that opened it', () => {
    const trades = [entry('sell', '2024-01-10', '10', '1000'), entry('buy', '2025-06-10', '10', '700')]
    const { rows, totals } = realisedGains(bookWith(trades), {}, sincePurchase('2025-12-31'), { currency: eur })
    expect(rows.map(line)).toEqual(['10 of 2024-01-10: -700 - -1000 = 300 short'])
    expect([rows[0]?.kind, told(totals.gain)]).toEqual(['cover', '300'])
  })

  it('capital that comes back lowers the cost; what exceeds a lot is its gain', () => {
    const back = entry('return-of-capital', '2025-06-01', '1', '300', { quantity: undefined })
    const trades = [entry('buy', '2024-01-10', '10', '100'), entry('buy', '2025-01-10', '20', '2000'), back]
    const { rows } = realisedGains(bookWith(trades), {}, sincePurchase('2025-12-31'), { currency: eur })
    expect(rows.map(line)).toEqual(['0 of 2024-01-10: 100 - 100 = 0 long', '0 of 2025-01-10: 200 - 200 = 0 short'])
    const more = realisedGains(bookWith([...trades, { ...back, id: 'again' }]), {}, sincePurchase('2025-12-31'), { currency: eur })
    expect(more.rows.slice(2).map(line)).toEqual(['0 of 2024-01-10: 100 - 0 = 100 long', '0 of 2025-01-10: 200 - 200 = 0 short'])
  })

  it('the cash part of a merger goes against its part of the cost', () => {
    const merger = {
      id: 'm',
      kind: 'merger' as const,
      instrumentId: 'X',
      exDate: day('2025-06-01'),
      ratio: { new: d('1'), old: d('2') },
      intoInstrumentId: 'Y',
      cashPerUnit: d('20'),
      costShare: d('0.8'),
      currency: eur,
      accounts: [{ accountId: 'A' }],
    }
    const bought = [entry('buy', '2024-01-10', '10', '500'), entry('buy', '2025-01-10', '30', '3000')]
    const { rows, totals } = realisedGains(bookWith(withActions(bought, [merger])), {}, sincePurchase('2025-12-31'), { currency: eur })
    expect(rows.map(line)).toEqual(['0 of 2024-01-10: 200 - 100 = 100 long', '0 of 2025-01-10: 600 - 600 = 0 short'])
    expect(told(totals.gain)).toBe('100')
  })

  it('the currency part is told lot by lot and adds up', () => {
    const at = (rate: string): Partial<LedgerTransaction> => ({ currency: usd, rate: { from: usd, to: eur, value: d(rate) } })
    const trades = [
      entry('buy', '2024-01-10', '1', '100', at('0.8')),
      entry('buy', '2025-01-10', '2', '220', at('0.85')),
      entry('sell', '2025-06-10', '3', '360', at('0.9')),
    ]
    const { rows, totals, byCurrency } = realisedGains(bookWith(trades, usd), {}, sincePurchase('2025-12-31'), { currency: eur })
    expect(rows.map(({ currencyGain }) => told(currencyGain))).toEqual(['10', '11'])
    expect([told(totals.gain), told(totals.currencyGain), told(byCurrency.get(usd)?.gain)]).toEqual(['57', '21', '57'])
  })

  it('a sale at an unknown rate leaves the total unknown and the other rows told', () => {
    const trades = [
      entry('buy', '2024-01-10', '1', '100'),
      entry('sell', '2025-06-09', '0.5', '80'),
      entry('sell', '2025-06-10', '0.5', '80', { currency: usd }),
    ]
    const { rows, totals } = realisedGains(bookWith(trades), {}, sincePurchase('2025-12-31'), { currency: eur })
    expect(rows.map(({ gain }) => told(gain))).toEqual(['30', 'missing-rate'])
    expect(told(totals.gain)).toBe('missing-rate')
  })
})

describe('in every book', () => {
  it('the rows add up to the realised gain, on both bases, under every method, per account and across', () => {
    fc.assert(
      fc.property(
        fc.array(step, { maxLength: 40 }),
        prices,
        fc.record({
          scope: fc.constantFrom(...scopes),
          method: fc.constantFrom(...costMethods),
          acrossAccounts: fc.constantFrom(undefined, true, false),
          rounding: fc.constantFrom('minorUnit' as const, 'none' as const),
          basis: fc.constantFrom('purchase' as const, 'period' as const),
          currency: anyCurrency,
          from: fc.integer({ min: 0, max: length }),
          days: fc.integer({ min: 0, max: length }),
        }),
        (steps, closes, { scope, basis, from: first, days, ...options }) => {
          const book = bookOf(steps, closes)
          const [from, to] = [addDays(start, first), addDays(start, first + days)]
          const lots = basis === 'period' ? lotsOverPeriod(book, scope, from, to, options) : lotsSincePurchase(book, scope, to, options)
          const own = {
            ...lots,
            disposals: lots.disposals.filter((sale) => !scope.instrumentId || sale.instrumentId === scope.instrumentId),
          }
          const gains = realisedGains(book, scope, { basis, from, to }, options)
          expect(exact(gains.totals.gain)).toBe(exact(realisedGain(own, from)))
          expect(exact(gains.totals.currencyGain)).toBe(exact(realisedCurrencyGain(own, from)))
          const summed = (parts: Iterable<{ gain: Known<Decimal> }>) =>
            exact({
              ...gains.totals.gain,
              value: Decimal.sum([...parts].map(({ gain }) => (gain.known ? gain.value : Decimal.zero))),
            } as Known<Decimal>)
          for (const parts of [gains.byTerm, gains.byInstrument, gains.byCurrency])
            expect(summed(parts.values())).toBe(exact(gains.totals.gain))
          for (const { washSaleUnits, units } of gains.rows) expect(washSaleUnits.compare(units)).toBeLessThanOrEqual(0)
        },
      ),
      { seed: 20261122, numRuns: 600 },
    )
  })

  const exact = (value: Known<Decimal>) => (value.known ? value.value.round(30, 'half-even').toString() : value.reason)
})
