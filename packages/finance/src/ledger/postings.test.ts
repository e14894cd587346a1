import { describe, expect, it } from 'vitest'
import { currency } from '../money/currency.ts'
import { Decimal } from '../money/decimal.ts'
import { Converter } from '../prices/converter.ts'
import { RateTable } from '../prices/rate-table.ts'
import { plainDate } from '../time/plain-date.ts'
import { moneyPostings, type Posting, postings, unitMovement, unitPostings } from './postings.ts'
import type { LedgerTransaction } from './transaction.ts'
import { UnitCounts } from './unit-counts.ts'

const [eur, usd] = [currency('EUR'), currency('USD')]
const d = Decimal.parse
const converter = new Converter(RateTable.empty, { rounding: 'minorUnit' })
const cash = (kind: LedgerTransaction['kind'], more: Partial<LedgerTransaction> = {}): LedgerTransaction => ({
  ...{ id: 't', kind, date: plainDate('2026-03-02'), accountId: 'Depot', currency: eur },
  ...{ amount: d('600'), fee: d('5'), tax: d('2') },
  ...more,
})
const units = (kind: LedgerTransaction['kind'], more: Partial<LedgerTransaction> = {}) =>
  cash(kind, { instrumentId: 'VWCE', quantity: d('6'), ...more })

/** Legs as lines of a journal: book, account, amount, unit. */
const lines = (legs: readonly Posting[]) => legs.map((leg) => `${leg.book} ${leg.accountId} ${leg.amount} ${leg.unit}`)
const journal = (entry: LedgerTransaction) => {
  const legs = postings(entry, converter)
  return legs.known ? lines(legs.value) : [legs.reason]
}

describe('the journal of a transaction', () => {
  it('a purchase: units from the market, money into the position, charges, and cash for all of it', () => {
    expect(journal(units('buy'))).toEqual([
      ...['market Depot -6 VWCE', 'units Depot 6 VWCE'],
      ...['position Depot 600 EUR', 'fee Depot 5 EUR', 'tax Depot 2 EUR', 'cash Depot -607 EUR'],
    ])
  })

  it('a sale: units to the market, and cash less the charges', () => {
    expect(journal(units('sell'))).toEqual([
      ...['units Depot -6 VWCE', 'market Depot 6 VWCE'],
      ...['position Depot -600 EUR', 'fee Depot 5 EUR', 'tax Depot 2 EUR', 'cash Depot 593 EUR'],
    ])
  })

  it('a delivery: its value and its charges come from outside, and no cash moves', () => {
    expect(journal(units('delivery-in'))).toEqual([
      ...['market Depot -6 VWCE', 'units Depot 6 VWCE', 'position Depot 600 EUR'],
      ...['external Depot -600 EUR', 'external Depot -5 EUR', 'external Depot -2 EUR', 'fee Depot 5 EUR', 'tax Depot 2 EUR'],
    ])
    expect(journal(units('delivery-out'))).toEqual([
      ...['units Depot -6 VWCE', 'market Depot 6 VWCE', 'position Depot -600 EUR'],
      ...['external Depot 600 EUR', 'external Depot -5 EUR', 'external Depot -2 EUR', 'fee Depot 5 EUR', 'tax Depot 2 EUR'],
    ])
  })

  const charges = ['fee Depot 5 EUR', 'tax Depot 2 EUR']
  it.each([
    ['deposit', ['external Depot -600 EUR', ...charges, 'cash Depot 593 EUR']],
    ['withdrawal', ['external Depot 600 EUR', ...charges, 'cash Depot -607 EUR']],
    ['dividend', ['income Depot -600 EUR', ...charges, 'cash Depot 593 EUR']],
    ['interest', ['income Depot -600 EUR', ...charges, 'cash Depot 593 EUR']],
    ['interest-charge', ['income Depot 600 EUR', ...charges, 'cash Depot -607 EUR']],
    ['return-of-capital', ['position Depot -600 EUR', ...charges, 'cash Depot 593 EUR']],
  ] as const)('%s', (kind, legs) => {
    expect(journal(cash(kind))).toEqual(legs)
  })

  it.each([
    ['fee', ['fee Depot 600 EUR', 'cash Depot -600 EUR']],
    ['fee-refund', ['fee Depot -600 EUR', 'cash Depot 600 EUR']],
    ['tax', ['tax Depot 600 EUR', 'cash Depot -600 EUR']],
    ['tax-refund', ['tax Depot -600 EUR', 'cash Depot 600 EUR']],
  ] as const)('%s is its own charge', (kind, legs) => {
    expect(journal(cash(kind))).toEqual(legs)
  })

  it('leaves out what is nothing', () => {
    expect(journal(cash('deposit', { fee: Decimal.zero, tax: Decimal.zero }))).toEqual(['external Depot -600 EUR', 'cash Depot 600 EUR'])
  })

  it('books cash where it moves, in the currency in which it moves, against the exchange', () => {
    const abroad = { cashAccountId: 'Cash', currency: usd, cashCurrency: eur, rate: { from: usd, to: eur, value: d('0.9') } }
    expect(journal(cash('dividend', abroad))).toEqual([
      ...['income Depot -600 USD', 'fee Depot 5 USD', 'tax Depot 2 USD'],
      ...['cash Cash 533.7 EUR', 'exchange Cash -533.7 EUR', 'exchange Depot 593 USD'],
    ])
    expect(journal(cash('dividend', { ...abroad, cashCurrency: usd }))).toEqual([
      ...['income Depot -600 USD', 'fee Depot 5 USD', 'tax Depot 2 USD', 'cash Cash 593 USD'],
    ])
    expect(journal(cash('dividend', { ...abroad, rate: undefined }))).toEqual(['missing-rate'])
  })
})

describe('the journal of a transfer', () => {
  const across = (more: Partial<LedgerTransaction> = {}) =>
    cash('transfer', { toAccountId: 'Broker', fee: Decimal.zero, tax: Decimal.zero, ...more })

  it('of units: from one account to the other, and no money', () => {
    expect(journal(across({ instrumentId: 'VWCE', quantity: d('6') }))).toEqual(['units Depot -6 VWCE', 'units Broker 6 VWCE'])
  })

  it('of cash: no exchange where the same arrives', () => {
    const legs = ['cash Depot -600 EUR', 'cash Broker 600 EUR']
    expect(journal(across())).toEqual(legs)
    expect(journal(across({ received: { amount: d('600'), currency: eur } }))).toEqual(legs)
    expect(journal(across({ cashAccountId: 'Cash' }))).toEqual(['cash Cash -600 EUR', 'cash Broker 600 EUR'])
  })

  it('of cash: what arrives otherwise is an exchange, by its amount or by its currency alone', () => {
    expect(journal(across({ received: { amount: d('590'), currency: eur } }))).toEqual([
      ...['cash Depot -600 EUR', 'cash Broker 590 EUR', 'exchange Depot 600 EUR', 'exchange Broker -590 EUR'],
    ])
    expect(journal(across({ received: { amount: d('600'), currency: usd } }))).toEqual([
      ...['cash Depot -600 EUR', 'cash Broker 600 USD', 'exchange Depot 600 EUR', 'exchange Broker -600 USD'],
    ])
  })

  it('of a currency into another, in one account, with its charge', () => {
    const exchange = across({
      kind: 'currency-exchange',
      toAccountId: undefined,
      received: { amount: d('650'), currency: usd },
      fee: d('5'),
    })
    expect(journal(exchange)).toEqual([
      ...['cash Depot -600 EUR', 'cash Depot 650 USD', 'exchange Depot 600 EUR', 'exchange Depot -650 USD'],
      ...['fee Depot 5 EUR', 'cash Depot -5 EUR'],
    ])
  })
})

describe('what moves units', () => {
  const into = { instrumentId: 'NEW', quantity: d('3'), costShare: Decimal.one }

  it.each([
    ['in', ['buy', 'delivery-in', 'split']],
    ['out', ['sell', 'delivery-out']],
    ['none', ['dividend', 'return-of-capital', 'transfer', 'conversion']],
  ] as const)('%s', (movement, kinds) => {
    for (const kind of kinds) expect(unitMovement(units(kind))).toBe(movement)
  })

  it('only a transfer goes across, and only a conversion that says into what is one', () => {
    expect(unitMovement(units('transfer', { toAccountId: 'Broker' }))).toBe('across')
    expect(unitMovement(units('dividend', { toAccountId: 'Broker' }))).toBe('none')
    expect(unitMovement(units('conversion', { into }))).toBe('converted')
    expect(unitMovement(units('buy', { into }))).toBe('in')
  })

  it('nothing does without an instrument or units; a conversion of none lets others come beside them', () => {
    for (const more of [{ instrumentId: undefined }, { quantity: undefined }, { quantity: Decimal.zero }]) {
      expect(unitMovement(units('sell', more))).toBe('none')
      expect(unitPostings(units('sell', more))).toEqual([])
    }
    expect(unitMovement(units('conversion', { into, quantity: Decimal.zero }))).toBe('converted')
  })

  it('a dividend that tells its units moves none', () => {
    expect(unitPostings(units('dividend'))).toEqual([])
    const counts = new UnitCounts()
    counts.apply(units('dividend'))
    expect([...counts.counted()]).toEqual([])
  })

  it('a conversion takes units to the market and brings others from it', () => {
    expect(lines(unitPostings(units('conversion', { into })))).toEqual([
      ...['units Depot -6 VWCE', 'market Depot 6 VWCE', 'market Depot -3 NEW', 'units Depot 3 NEW'],
    ])
    const money = moneyPostings(units('conversion', { into, fee: Decimal.zero, tax: Decimal.zero }), converter)
    expect(money.known && lines(money.value)).toEqual(['position Depot -600 EUR', 'cash Depot 600 EUR'])
  })
})
