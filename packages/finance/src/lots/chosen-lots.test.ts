import { describe, expect, it } from 'vitest'
import type { LedgerTransaction } from '../ledger/transaction.ts'
import { currency } from '../money/currency.ts'
import { Decimal } from '../money/decimal.ts'
import { Converter } from '../prices/converter.ts'
import { RateTable } from '../prices/rate-table.ts'
import { addDays, plainDate } from '../time/plain-date.ts'
import { type ChosenLotsView, unmatchedChoices, unmatchedInEvery, unmatchedRefusal } from './chosen-lots.ts'
import { type CostMethod, costMethods } from './cost-method.ts'
import { foldLots, type LotBook } from './lot-book.ts'

const eur = currency('EUR')
const d = Decimal.parse
const first = plainDate('2026-01-05')
const converter = new Converter(RateTable.empty, { rounding: 'minorUnit' })

/** Entries on days that follow each other; the id is what the test calls them. */
interface Told extends Partial<Omit<LedgerTransaction, 'id' | 'kind' | 'amount' | 'quantity'>> {
  readonly id: string
  readonly kind: LedgerTransaction['kind']
  readonly units: string
  readonly amount?: string
}

function ledger(...entries: readonly Told[]): LedgerTransaction[] {
  return entries.map(({ units, amount = '0', ...entry }, at): LedgerTransaction => {
    const none = Decimal.zero
    const common = { date: addDays(first, at), accountId: 'A', instrumentId: 'VWCE', currency: eur, fee: none, tax: none }
    return { ...common, quantity: d(units), amount: d(amount), ...entry }
  })
}

const choose = (transactionId: string, quantity: string) => ({ transactionId, quantity: d(quantity) })
const fold = (entries: readonly LedgerTransaction[], method: CostMethod, acrossAccounts?: boolean): LotBook =>
  foldLots(entries, { method, fees: 'excluded', currency: eur, converter, currencyOf: () => eur, acrossAccounts })
const left = (book: LotBook, accountId?: string) =>
  book
    .lots(accountId === undefined ? {} : { accounts: new Set([accountId]) })
    .map(({ transactionId, units }) => `${units} of ${transactionId}`)
    .sort()
const gone = (book: LotBook, at = 0) => book.disposals[at]?.lots.map(({ transactionId, units }) => `${units} of ${transactionId}`)

const three = [
  { id: 'old', kind: 'buy', units: '10', amount: '1000' },
  { id: 'dear', kind: 'buy', units: '10', amount: '3000' },
  { id: 'young', kind: 'buy', units: '10', amount: '2000' },
] as const

describe('lots that leave', () => {
  it.each([
    ['fifo', ['10 of old', '2 of dear']],
    ['lifo', ['10 of young', '2 of dear']],
    ['hifo', ['10 of dear', '2 of young']],
  ] as const)('%s', (method, expected) => {
    expect(gone(fold(ledger(...three, { id: 'sale', kind: 'sell', units: '12', amount: '2400' }), method))).toEqual(expected)
  })

  it('are those a person chose under every method, then what the method takes; an average ignores the choice', () => {
    const sale = { id: 'sale', kind: 'sell', units: '12', amount: '2400', lots: [choose('young', '4'), choose('dear', '3')] } as const
    const after = (method: CostMethod) => left(fold(ledger(...three, sale), method))
    expect(gone(fold(ledger(...three, sale), 'fifo'))).toEqual(['4 of young', '3 of dear', '5 of old'])
    expect(after('fifo')).toEqual(['5 of old', '6 of young', '7 of dear'])
    expect(after('lifo')).toEqual(['1 of young', '10 of old', '7 of dear'])
    expect(after('hifo')).toEqual(['10 of old', '2 of dear', '6 of young'])
    expect(after('average-cost')).toEqual(['18 of old'])
  })

  it('of equal cost go by age, the oldest first', () => {
    const same = ledger(
      { id: 'b', kind: 'buy', units: '3', amount: '30' },
      { id: 'c', kind: 'buy', units: '1', amount: '10' },
      { id: 'a', kind: 'delivery-in', units: '7', amount: '70', date: first },
      { id: 'sale', kind: 'sell', units: '4', amount: '40' },
    )
    expect(gone(fold(same, 'hifo'))).toEqual(['3 of b', '1 of a'])
  })

  it('leave no residue when the last part goes, however odd the parts', () => {
    const thirds = [
      { id: 'odd', kind: 'buy', units: '3.000000000000000001', amount: '100' } as const,
      ...['1', '2', '3'].map((id) => ({ id, kind: 'sell' as const, units: id === '3' ? '1.000000000000000001' : '1', amount: '33' })),
    ]
    for (const method of costMethods) {
      const book = fold(ledger(...thirds), method)
      expect(book.lots()).toEqual([])
      const cost = book.disposals.map((sale) => (sale.cost.known ? sale.cost.value : d('-1')))
      expect(Decimal.sum(cost).toString()).toBe('100')
    }
  })

  it('close shorts in the order of the method', () => {
    const shorts = ledger(
      { id: 'first', kind: 'sell', units: '5', amount: '500' },
      { id: 'second', kind: 'sell', units: '5', amount: '400' },
      { id: 'cover', kind: 'buy', units: '6', amount: '540' },
    )
    expect(gone(fold(shorts, 'fifo'))).toEqual(['-5 of first', '-1 of second'])
    expect(gone(fold(shorts, 'lifo'))).toEqual(['-5 of second', '-1 of first'])
    expect(left(fold(shorts, 'fifo'))).toEqual(['-4 of second'])
  })

  it('travel as chosen, with day and cost, and leave from where they went', () => {
    const over = ledger(
      ...three,
      { id: 'over', kind: 'transfer', units: '12', toAccountId: 'B', lots: [choose('dear', '10')] },
      { id: 'sale', kind: 'sell', units: '3', amount: '900', accountId: 'B', lots: [choose('dear', '3')] },
    )
    const book = fold(over, 'fifo')
    expect(left(book, 'A')).toEqual(['10 of young', '8 of old'])
    expect(left(book, 'B')).toEqual(['2 of old', '7 of dear'])
    expect(gone(book)).toEqual(['3 of dear'])
  })
})

describe('lots that accounts share', () => {
  const two = [
    { id: 'here', kind: 'buy', units: '10', amount: '1000' },
    { id: 'there', kind: 'buy', units: '10', amount: '2000', accountId: 'B' },
  ] as const

  it('leave by the method whichever account sells; each account goes on holding its own number of units', () => {
    const book = fold(ledger(...two, { id: 'sale', kind: 'sell', units: '6', amount: '900', accountId: 'B' }), 'fifo', true)
    expect(gone(book)).toEqual(['6 of here'])
    expect([left(book, 'A'), left(book, 'B')]).toEqual([['4 of here', '6 of there'], ['4 of there']])
  })

  it('stay in an account that owes none: a purchase does not cover the short of another account', () => {
    const book = fold(ledger(two[0], { id: 'short', kind: 'sell', units: '4', amount: '500', accountId: 'B' }), 'fifo', true)
    expect(book.disposals).toEqual([])
    expect([left(book, 'A'), left(book, 'B')]).toEqual([['10 of here'], ['-4 of short']])
  })

  it('are split and spun off account by account, each lot once', () => {
    const none = Decimal.zero
    const event = { date: addDays(first, 9), currency: eur, amount: none, fee: none, tax: none, instrumentId: 'VWCE' }
    const spun = (accountId: string): LedgerTransaction => ({
      ...event,
      id: `x/${accountId}`,
      kind: 'conversion',
      accountId,
      quantity: none,
      into: { instrumentId: 'SPUN', quantity: d('1'), costShare: d('0.2') },
    })
    const split = (accountId: string): LedgerTransaction => ({
      ...event,
      id: `s/${accountId}`,
      kind: 'split',
      accountId,
      quantity: d('20'),
    })
    for (const method of costMethods) {
      const book = fold([...ledger(...two), split('A'), split('B'), spun('A'), spun('B')], method, true)
      const cost = (instrumentId: string) =>
        Decimal.sum(book.lots({ instrumentId }).map((lot) => (lot.cost.reporting.known ? lot.cost.reporting.value : d('-1')))).toString()
      expect([cost('VWCE'), cost('SPUN')]).toEqual(['2400', '600'])
      if (method === 'average-cost') continue
      const lots = book
        .lots({ instrumentId: 'VWCE' })
        .map(({ transactionId, units, accountId }) => `${units} of ${transactionId} in ${accountId}`)
      expect(lots.sort()).toEqual(['30 of here in A', '30 of there in B'])
    }
  })
})

describe('choices that do not match', () => {
  const view: ChosenLotsView = { method: 'fifo', currency: eur }
  const wrong = (...entries: readonly Told[]) =>
    [...unmatchedChoices(ledger(...entries), view)].map(
      ({ entry, choice, there }) => `${entry.id}: ${choice.quantity} of ${choice.transactionId}, there ${there}`,
    )

  it('name a lot that is none, one that is gone, one with too few units, or one of a later day', () => {
    const sale = (id: string, lot: string, units: string) => ({ id, kind: 'sell' as const, units, amount: '1', lots: [choose(lot, units)] })
    expect(wrong(...three, sale('sale', 'old', '10'))).toEqual([])
    expect(wrong(...three, sale('sale', 'nothing', '1'))).toEqual(['sale: 1 of nothing, there 0'])
    expect(wrong(...three, sale('one', 'old', '8'), sale('two', 'old', '3'))).toEqual(['two: 3 of old, there 2'])
    expect(wrong(three[0], sale('sale', 'dear', '1'), three[1])).toEqual(['sale: 1 of dear, there 0'])
    const { id, ...unchosen } = { id: 'plain', kind: 'sell' as const, units: '10', amount: '1' }
    expect(wrong(...three, { id, ...unchosen }, sale('sale', 'old', '1'))).toEqual(['sale: 1 of old, there 0'])
  })

  it('look for the lot in the account that it went to', () => {
    const over = { id: 'over', kind: 'transfer' as const, units: '10', toAccountId: 'B' }
    const sale = (accountId: string) => ({
      id: 'sale',
      kind: 'sell' as const,
      units: '5',
      amount: '1',
      accountId,
      lots: [choose('old', '5')],
    })
    expect(wrong(...three, over, sale('B'))).toEqual([])
    expect(wrong(...three, over, sale('A'))).toEqual(['sale: 5 of old, there 0'])
  })

  it('count units as splits left them', () => {
    const split = { id: 'split', kind: 'split' as const, units: '30' }
    const sale = { id: 'sale', kind: 'sell' as const, units: '20', amount: '1', lots: [choose('old', '20')] }
    expect(wrong(...three, split, sale)).toEqual([])
  })

  it('are looked up in every view: one that has the lot is enough, and the most that one has is told', () => {
    const plain = { id: 'plain', kind: 'sell' as const, units: '8', amount: '1' }
    const sale = (units: string) => ({ id: 'sale', kind: 'sell' as const, units, amount: '1', lots: [choose('old', units)] })
    const views = (['fifo', 'lifo'] as const).map((method): ChosenLotsView => ({ method, currency: eur }))
    const found = (units: string) => [...unmatchedInEvery(ledger(...three, plain, sale(units)), views)].map(({ there }) => there.toString())
    expect(found('10')).toEqual([])
    expect(found('11')).toEqual(['10'])
    expect([...unmatchedInEvery(ledger(...three, plain, sale('11')), views.slice(0, 1))].map(({ there }) => there.toString())).toEqual([
      '2',
    ])
  })

  it('take nothing from what follows when they are left out', () => {
    const sale = (id: string, units: string) => ({ id, kind: 'sell' as const, units, amount: '1', lots: [choose('old', units)] })
    const entries = ledger(...three, sale('one', '11'), sale('two', '10'))
    const view: ChosenLotsView = { method: 'fifo', currency: eur }
    const names = (leavesOut: (entry: LedgerTransaction) => boolean) =>
      [...unmatchedInEvery(entries, [view], leavesOut)].map(({ entry }) => entry.id)
    expect(names(() => true)).toEqual(['one'])
    expect(names(() => false)).toEqual(['one', 'two'])
  })

  it('are told in words and facts: a lot that is not there, and one that has too few', () => {
    const refusals = [choose('gone', '2'), choose('old', '11')].map((choice) => {
      const entries = ledger(...three, { id: 'sale', kind: 'sell', units: '12', amount: '1', lots: [choice] })
      return [...unmatchedChoices(entries, { method: 'fifo', currency: eur })].map(unmatchedRefusal)
    })
    const named = { date: '2026-01-08', transaction: 'sale' }
    expect(refusals.flat()).toEqual([
      {
        code: 'lots_do_not_match',
        detail: 'on 2026-01-08 the lot gone, chosen by transaction sale, is not in its account',
        facts: { case: 'not-there', ...named, lot: 'gone', chosen: '2' },
      },
      {
        code: 'lots_do_not_match',
        detail: 'on 2026-01-08 the lot old holds 10 units, but 11 of them are chosen by transaction sale',
        facts: { case: 'too-few', ...named, lot: 'old', chosen: '11', held: '10' },
      },
    ])
  })
})
