import { describe, expect, it } from 'vitest'
import { recompute } from '../explain/recompute.ts'
import { explainCost, explainRealisedGain } from '../gains/explain-gains.ts'
import { explainStatement } from '../gains/explain-statement.ts'
import { costOf, lotsSincePurchase, realisedGain } from '../gains/lots-of.ts'
import { type PeriodStatement, statement } from '../gains/statement.ts'
import type { LedgerTransaction } from '../ledger/transaction.ts'
import type { CostMethod } from '../lots/cost-method.ts'
import { currency, quoteUnit } from '../money/currency.ts'
import { Decimal } from '../money/decimal.ts'
import { CloseSeries } from '../prices/close-series.ts'
import type { Known } from '../prices/known.ts'
import { RateTable } from '../prices/rate-table.ts'
import { timeWeightedReturn } from '../returns/time-weighted-return.ts'
import { type PlainDate, plainDate } from '../time/plain-date.ts'
import { Book } from '../valuation/book.ts'
import { asNumbers, exactSeries } from '../valuation/daily-series.ts'
import { valueOn } from '../valuation/value.ts'
import type { AccountChoice, AppliedAction } from './corporate-action.ts'
import { withActions } from './with-actions.ts'

const eur = currency('EUR')
const d = Decimal.parse
const exDate = plainDate('2026-03-02')
const [opening, closing] = [plainDate('2026-01-01'), plainDate('2026-03-31')]
const day = (text: string): PlainDate => plainDate(`2026-${text}`)

let count = 0
function entry(kind: LedgerTransaction['kind'], on: string, units: string, amount: string, fee = '0'): LedgerTransaction {
  count += 1
  return {
    id: `t${count}`,
    kind,
    date: day(on),
    accountId: 'Depot',
    instrumentId: 'OLD',
    quantity: d(units),
    amount: d(amount),
    currency: eur,
    fee: d(fee),
    tax: Decimal.zero,
  }
}

/** 10 at 100, 5 at 130: 15 units for 1,650. */
const long = () => [entry('buy', '01-05', '10', '1000'), entry('buy', '02-02', '5', '650')]
/** 10 sold at 120 without having them. */
const short = () => [entry('sell', '01-05', '10', '1200')]

function action(terms: Partial<AppliedAction> & Pick<AppliedAction, 'kind'>, choice: Partial<AccountChoice> = {}): AppliedAction {
  return { id: 'a', instrumentId: 'OLD', exDate, currency: eur, ...terms, accounts: [{ accountId: 'Depot', ...choice }] }
}

const ratio = (after: string, before: string) => ({ new: d(after), old: d(before) })

const kinds: Readonly<Record<string, AppliedAction>> = {
  'split 2:1': action({ kind: 'split', ratio: ratio('2', '1') }),
  'reverse split 1:10 with cash in lieu': action({ kind: 'split', ratio: ratio('1', '10'), fractionPrice: d('1234.5') }),
  'stock dividend of 5 %': action({ kind: 'stock-dividend', ratio: ratio('1', '20') }),
  'spin-off with a fifth of the cost': action({ kind: 'spin-off', ratio: ratio('1', '3'), intoInstrumentId: 'NEW', costShare: d('0.2') }),
  'merger for stock': action({ kind: 'merger', ratio: ratio('3', '7'), intoInstrumentId: 'NEW' }),
  'merger for cash': action({ kind: 'merger', cashPerUnit: d('111.11') }),
  'merger for both': action({ kind: 'merger', ratio: ratio('1', '2'), intoInstrumentId: 'NEW', cashPerUnit: d('40'), costShare: d('0.7') }),
  rights: action({ kind: 'rights', ratio: ratio('1', '1'), intoInstrumentId: 'NEW' }),
  'symbol change': action({ kind: 'symbol-change', intoInstrumentId: 'NEW' }),
  'return of capital': action({ kind: 'return-of-capital', cashPerUnit: d('12.345') }),
  'return of more than the cost': action({ kind: 'return-of-capital', cashPerUnit: d('150') }),
  'write-off': action({ kind: 'write-off' }),
}

const afterwards = [day('03-02'), day('03-20')]

function bookWith(ledger: readonly LedgerTransaction[], ...actions: AppliedAction[]): Book {
  const closes = (id: string, points: readonly (readonly [string, string])[]) => {
    const unit = quoteUnit('EUR')
    if (!unit) throw new Error('EUR')
    return [
      id,
      new CloseSeries(
        id,
        unit,
        points.map(([on, value]) => ({ date: day(on), value })),
      ),
    ] as const
  }
  return new Book({
    transactions: withActions(ledger, actions),
    closes: new Map([
      closes('OLD', [
        ['01-05', '100'],
        ['03-01', '120'],
        ['03-02', '60'],
        ['03-20', '66'],
      ]),
      closes('NEW', [
        ['03-02', '31'],
        ['03-20', '29.5'],
      ]),
    ]),
    rates: RateTable.empty,
    currencyOf: () => eur,
  })
}

const told = (value: Known<Decimal>): Decimal => {
  if (!value.known) throw new Error(value.detail)
  return value.value
}

function lotsOf(book: Book, method: CostMethod = 'fifo') {
  return lotsSincePurchase(book, {}, closing, { currency: eur, method })
    .lots.map((lot) => `${lot.units} ${lot.instrumentId} of ${lot.acquiredOn} for ${told(lot.cost.reporting)}`)
    .toSorted()
}

function gainOf(book: Book, method: CostMethod = 'fifo'): string {
  return told(realisedGain(lotsSincePurchase(book, {}, closing, { currency: eur, method }), null)).toString()
}

function cashOf(book: Book): string {
  return told(valueOn(book, {}, closing, { currency: eur }).cash).toString()
}

function residual(of: PeriodStatement): string {
  const added = [of.openingValue, of.flows, of.realised, of.unrealised, of.earnings, of.currencyGain].map(told)
  const taken = [of.fees, of.taxes, of.closingValue].map(told)
  return Decimal.sum(added).minus(Decimal.sum(taken)).round(30, 'half-even').toString()
}

function named(name: string): AppliedAction {
  const found = kinds[name]
  if (!found) throw new Error(name)
  return found
}

describe('what an action does to a long position', () => {
  it('split: more units, same cost and dates', () => {
    const book = bookWith(long(), named('split 2:1'))
    expect(lotsOf(book)).toEqual(['10 OLD of 2026-02-02 for 650', '20 OLD of 2026-01-05 for 1000'])
    expect([gainOf(book), cashOf(book)]).toEqual(['0', '-1650'])
    expect(lotsOf(book, 'average-cost')).toEqual(['30 OLD of 2026-01-05 for 1650'])
  })

  it('reverse split: the fraction is paid out and sold', () => {
    const book = bookWith(long(), named('reverse split 1:10 with cash in lieu'))
    // 1.5 units; the half leaves the oldest lot: 500 of its 1,000 for 617.25.
    expect(lotsOf(book)).toEqual(['0.5 OLD of 2026-01-05 for 500', '0.5 OLD of 2026-02-02 for 650'])
    expect([gainOf(book), cashOf(book)]).toEqual(['117.25', '-1032.75'])
    // On average it costs a third of 1,650.
    expect(lotsOf(bookWith(long(), named('reverse split 1:10 with cash in lieu')), 'average-cost')).toEqual([
      '1 OLD of 2026-01-05 for 1100',
    ])
  })

  it('cash in lieu as the broker paid it wins over the price', () => {
    const paid = action({ kind: 'split', ratio: ratio('1', '10'), fractionPrice: d('1234.5') }, { cashInLieu: d('600') })
    expect(cashOf(bookWith(long(), paid))).toBe('-1050')
  })

  it('a fraction is kept where no price is paid for it', () => {
    expect(lotsOf(bookWith(long(), action({ kind: 'split', ratio: ratio('1', '10') })))).toEqual([
      '0.5 OLD of 2026-02-02 for 650',
      '1 OLD of 2026-01-05 for 1000',
    ])
  })

  it('stock dividend: units beside the old ones at no cost', () => {
    expect(lotsOf(bookWith(long(), named('stock dividend of 5 %')))).toEqual([
      '10.5 OLD of 2026-01-05 for 1000',
      '5.25 OLD of 2026-02-02 for 650',
    ])
  })

  it('spin-off: a fifth of the cost goes along, with the dates', () => {
    expect(lotsOf(bookWith(long(), named('spin-off with a fifth of the cost')))).toEqual([
      '1.666666666666666667 NEW of 2026-02-02 for 130',
      '10 OLD of 2026-01-05 for 800',
      '3.333333333333333333 NEW of 2026-01-05 for 200',
      '5 OLD of 2026-02-02 for 520',
    ])
    expect(lotsOf(bookWith(long(), action({ ...named('spin-off with a fifth of the cost') }, { costShare: d('0.5') }))).at(1)).toBe(
      '10 OLD of 2026-01-05 for 500',
    )
  })

  it('merger for stock: all of the cost goes over', () => {
    const book = bookWith(long(), named('merger for stock'))
    const lots = lotsOf(book)
    expect(lots.map((lot) => lot.replace(/^\S+ /, ''))).toEqual(['NEW of 2026-02-02 for 650', 'NEW of 2026-01-05 for 1000'])
    // 15 × 3 / 7, multiplied first; to the eight places in which positions are counted.
    expect(valueOn(book, {}, closing, { currency: eur }).positions.map(({ units }) => units.toString())).toEqual(['6.42857143'])
    expect(gainOf(book)).toBe('0')
  })

  it('merger for cash is a sale, for both a sale of the rest of the cost', () => {
    const cash = bookWith(long(), named('merger for cash'))
    expect([lotsOf(cash), gainOf(cash), cashOf(cash)]).toEqual([[], '16.65', '16.65'])
    const both = bookWith(long(), named('merger for both'))
    expect(lotsOf(both)).toEqual(['2.5 NEW of 2026-02-02 for 455', '5 NEW of 2026-01-05 for 700'])
    // 15 × 40 less the 495 that stayed.
    expect([gainOf(both), cashOf(both)]).toEqual(['105', '-1050'])
  })

  it('rights come at no cost, a new symbol keeps everything', () => {
    expect(lotsOf(bookWith(long(), named('rights')))).toEqual([
      '10 NEW of 2026-01-05 for 0',
      '10 OLD of 2026-01-05 for 1000',
      '5 NEW of 2026-02-02 for 0',
      '5 OLD of 2026-02-02 for 650',
    ])
    expect(lotsOf(bookWith(long(), named('symbol change')))).toEqual(['10 NEW of 2026-01-05 for 1000', '5 NEW of 2026-02-02 for 650'])
  })

  it('return of capital: lowers the cost, beyond it is a gain', () => {
    const book = bookWith(long(), named('return of capital'))
    // 15 × 12.345 = 185.175, paid as 185.18; by units 123.45 and 61.73.
    expect(lotsOf(book)).toEqual(['10 OLD of 2026-01-05 for 876.55', '5 OLD of 2026-02-02 for 588.27'])
    expect([gainOf(book), cashOf(book)]).toEqual(['0', '-1464.82'])
    const more = bookWith(long(), named('return of more than the cost'))
    expect(lotsOf(more)).toEqual(['10 OLD of 2026-01-05 for 0', '5 OLD of 2026-02-02 for 0'])
    expect(gainOf(more)).toBe('600')
  })

  it('write-off: gone for nothing', () => {
    const book = bookWith(long(), named('write-off'))
    expect([lotsOf(book), gainOf(book), cashOf(book)]).toEqual([[], '-1650', '-1650'])
  })
})

describe('what an action does to a short position', () => {
  it.each([
    ['split 2:1', ['-20 OLD of 2026-01-05 for -1200'], '0', '1200'],
    ['reverse split 1:10 with cash in lieu', ['-1 OLD of 2026-01-05 for -1200'], '0', '1200'],
    ['stock dividend of 5 %', ['-10.5 OLD of 2026-01-05 for -1200'], '0', '1200'],
    ['rights', ['-10 NEW of 2026-01-05 for 0', '-10 OLD of 2026-01-05 for -1200'], '0', '1200'],
    ['symbol change', ['-10 NEW of 2026-01-05 for -1200'], '0', '1200'],
    ['merger for cash', [], '88.9', '88.9'],
    ['merger for both', ['-5 NEW of 2026-01-05 for -840'], '-40', '800'],
    // Who is short pays the lender what the company paid out.
    ['return of capital', ['-10 OLD of 2026-01-05 for -1200'], '0', '1076.55'],
    ['write-off', [], '1200', '1200'],
  ])('%s', (name, lots, gain, cash) => {
    const book = bookWith(short(), named(name))
    expect([lotsOf(book), gainOf(book), cashOf(book)]).toEqual([lots, gain, cash])
  })
})

describe.each(Object.keys(kinds))('%s', (name) => {
  const applied = named(name)
  const books: Readonly<Record<string, () => LedgerTransaction[]>> = {
    long,
    short,
    'bought before and after, sold in part': () => [
      ...long(),
      entry('sell', '02-10', '4', '500', '1.99'),
      entry('buy', '03-10', '1', '61.30', '0.99'),
    ],
    'in fractions of a cent': () => [entry('buy', '01-05', '3', '100.12345', '0.33335'), entry('buy', '02-02', '7', '33.3333')],
  }

  describe.each(Object.keys(books))('%s', (of) => {
    it.each(['fifo', 'lifo', 'hifo', 'average-cost'] as const)(
      '%s: units and cost are conserved, the statement adds up, trails recompute',
      (method) => {
        const ledger = books[of]?.() ?? []
        const book = bookWith(ledger, applied)
        for (const rounding of ['minorUnit', 'none'] as const) {
          const options = { currency: eur, method, rounding }
          const lots = lotsSincePurchase(book, {}, closing, options)
          const held = Map.groupBy(lots.lots, (lot) => lot.instrumentId)
          for (const { instrumentId, units } of valueOn(book, {}, closing, options).positions)
            expect(Decimal.sum((held.get(instrumentId) ?? []).map((lot) => lot.units)).toString()).toBe(units.toString())

          // All the cash that ever moved for units is in what is left or in what was gained.
          const paid = valueOn(book, {}, closing, options).cash
          const lent = Decimal.sum(book.transactions.filter(({ kind }) => kind === 'interest-charge').map(({ amount }) => amount))
          const balance = told(realisedGain(lots, null))
            .minus(told(costOf(lots)))
            .minus(told(paid))
            .minus(lent)
          expect(balance.round(30, 'half-even').toString()).toBe('0')

          for (const from of [opening, exDate, day('03-05')]) {
            const result = statement(book, {}, from, closing, options)
            expect(residual(result)).toBe('0')
            const explained = explainStatement(book, {}, from, closing, options)
            expect(recompute(explained.trail)).toEqual([])
            for (const scope of [{ instrumentId: 'OLD' }, { instrumentId: 'NEW' }]) {
              expect(residual(statement(book, scope, from, closing, options))).toBe('0')
              expect(recompute(explainStatement(book, scope, from, closing, options).trail)).toEqual([])
            }
          }
          for (const scope of [{}, { instrumentId: 'OLD' }, { instrumentId: 'NEW' }]) {
            const period = { basis: 'purchase', from: null, to: closing } as const
            const cost = explainCost(book, scope, period, options)
            expect(recompute(cost.trail)).toEqual([])
            expect(cost.trail.value).toBe(told(cost.value).toString())
            expect(recompute(explainRealisedGain(book, scope, period, options).trail)).toEqual([])
          }
        }
      },
    )
  })

  it('leaves the ledger as it was when it is taken back', () => {
    const ledger = long()
    expect(withActions(ledger, [])).toBe(ledger)
    expect(withActions(ledger, [applied]).filter(({ id }) => !id.startsWith('a/'))).toEqual(ledger)
  })
})

describe('the return of the portfolio', () => {
  it('is not changed by a split', () => {
    const buys = [
      { ...entry('deposit', '01-05', '0', '2000'), instrumentId: undefined, quantity: undefined },
      entry('buy', '01-05', '10', '1000'),
    ]
    const series = exactSeries(bookWith(buys, named('split 2:1')), {}, day('01-05'), closing, { currency: eur })
    // 1,000 in cash and 10 × 100; at the end 20 × 66.
    expect(timeWeightedReturn(asNumbers(series)).twr).toBeCloseTo(2320 / 2000 - 1, 12)
    const onTheDay = exactSeries(bookWith(buys, named('split 2:1')), {}, day('03-01'), exDate, { currency: eur })
    expect(timeWeightedReturn(asNumbers(onTheDay)).twr).toBe(0)
    for (const date of afterwards) expect(valueOn(bookWith(buys, named('split 2:1')), {}, date, { currency: eur }).value.known).toBe(true)
  })
})

describe('several actions', () => {
  it('apply by day, on one day in the order given, and before everything else of it', () => {
    const [split, spin] = [named('split 2:1'), named('spin-off with a fifth of the cost')]
    const sold = entry('sell', '03-02', '30', '1800')
    expect(lotsOf(bookWith([...long(), sold], split))).toEqual([])
    const units = (actions: AppliedAction[]) =>
      valueOn(bookWith(long(), ...actions), {}, closing, { currency: eur }).positions.map(({ units: held }) => held.toString())
    expect(units([split, { ...spin, id: 'b' }])).toEqual(['30', '10'])
    expect(units([{ ...spin, id: 'b' }, split])).toEqual(['30', '5'])
  })
})
