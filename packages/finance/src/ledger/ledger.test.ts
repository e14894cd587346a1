import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { currency } from '../money/currency.ts'
import { Decimal } from '../money/decimal.ts'
import { Converter } from '../prices/converter.ts'
import { RateTable } from '../prices/rate-table.ts'
import { plainDate } from '../time/plain-date.ts'
import { checkPositions, uncoveredEntries } from './check-positions.ts'
import { checkTransaction } from './check-transaction.ts'
import { inOrder } from './order.ts'
import { postings } from './postings.ts'
import { type LedgerTransaction, transactionKinds } from './transaction.ts'

const eur = currency('EUR')
const usd = currency('USD')
const today = plainDate('2026-11-22')
const d = Decimal.parse
const base: LedgerTransaction = {
  id: 't1',
  kind: 'deposit',
  date: plainDate('2026-03-02'),
  accountId: 'A1',
  amount: d('1000'),
  currency: eur,
  fee: Decimal.zero,
  tax: Decimal.zero,
}
const buy: LedgerTransaction = { ...base, kind: 'buy', instrumentId: 'VWCE', quantity: d('6'), amount: d('600') }
const sell: LedgerTransaction = { ...buy, id: 't2', kind: 'sell', date: plainDate('2026-04-02') }

const code = (entry: LedgerTransaction, openedOn = '2026-01-01') => {
  const outcome = checkTransaction(entry, { today, openedOn: () => plainDate(openedOn) })
  return outcome.accepted ? 'accepted' : outcome.refusal.code
}

describe('the fields of a transaction', () => {
  it('follow its kind', () => {
    expect(code(base)).toBe('accepted')
    expect(code(buy)).toBe('accepted')
    expect(code({ ...buy, instrumentId: undefined })).toBe('instrument_missing')
    expect(code({ ...buy, quantity: undefined })).toBe('field_missing')
    expect(code({ ...base, instrumentId: 'VWCE' })).toBe('field_not_allowed')
    expect(code({ ...base, kind: 'fee', fee: d('1') })).toBe('field_not_allowed')
    expect(code({ ...base, kind: 'transfer' })).toBe('field_missing')
    expect(code({ ...base, kind: 'transfer', toAccountId: 'A1' })).toBe('same_account')
    expect(code({ ...base, kind: 'transfer', toAccountId: 'A2' })).toBe('accepted')
    expect(code({ ...base, kind: 'transfer', toAccountId: 'A2', amount: Decimal.zero })).toBe('not_positive')
    expect(code({ ...buy, kind: 'transfer', toAccountId: 'A2', amount: Decimal.zero })).toBe('accepted')
    expect(code({ ...base, kind: 'currency-exchange', received: { amount: d('1100'), currency: usd } })).toBe('accepted')
    expect(code({ ...base, kind: 'currency-exchange', received: { amount: d('1100'), currency: eur } })).toBe('field_not_allowed')
  })

  it('are positive, storable and of a day that has come', () => {
    expect(code({ ...base, amount: d('-1') })).toBe('not_positive')
    expect(code({ ...base, fee: d('-0.01') })).toBe('not_positive')
    expect(code({ ...buy, amount: Decimal.zero })).toBe('accepted')
    expect(code({ ...buy, quantity: Decimal.zero })).toBe('not_positive')
    expect(code({ ...base, amount: d('0.00000000001') })).toBe('too_precise')
    expect(code({ ...base, amount: d('1000000000000000000') })).toBe('too_large')
    expect(code({ ...base, date: plainDate('2026-11-23') })).toBe('date_in_future')
    expect([code({ ...base, date: plainDate('0206-03-01') }), code({ ...base, date: plainDate('1899-12-31') })]).toEqual([
      'date_too_early',
      'date_too_early',
    ])
    expect(code({ ...base, date: plainDate('1900-01-01') }, '1900-01-01')).toBe('accepted')
    expect(code(base, '2026-03-03')).toBe('date_before_account_opened')
  })
})

describe('positions', () => {
  const rules = { allowsShorts: () => false }

  it('may be sold out, but not beyond', () => {
    expect(checkPositions([buy, sell], rules).accepted).toBe(true)
    const outcome = checkPositions([buy, { ...sell, quantity: d('7') }], rules)
    expect(outcome).toMatchObject({
      refusal: { code: 'not_enough_units', detail: 'on 2026-04-02 account A1 holds 6 of instrument VWCE, but 7 are sold' },
    })
    expect(checkPositions([buy, { ...sell, quantity: d('7') }], { allowsShorts: () => true }).accepted).toBe(true)
  })

  it('refuse a back-dated sale that leaves a later one uncovered', () => {
    const earlierSale = { ...sell, id: 't3', date: plainDate('2026-03-10'), quantity: d('1') }
    expect(checkPositions([buy, sell, earlierSale], rules)).toMatchObject({ refusal: { code: 'not_enough_units' } })
  })

  it('tell every sale that is not covered, each left out of what follows', () => {
    const ledger = [
      buy,
      { ...sell, id: 't2', quantity: d('7') },
      { ...sell, id: 't3', quantity: d('6') },
      { ...sell, id: 't4', quantity: d('1') },
    ]
    expect([...uncoveredEntries(ledger, rules)].map(({ entry, held, leaving }) => `${entry.id}: ${held} < ${leaving}`)).toEqual([
      't2: 6 < 7',
      't4: 0 < 1',
    ])
  })

  it('of other instruments are not looked at when a change does not touch them', () => {
    const oversold = { ...sell, instrumentId: 'OLD' }
    expect(checkPositions([oversold, buy], { ...rules, touchedBy: [buy] }).accepted).toBe(true)
    expect(checkPositions([oversold, buy], { ...rules, touchedBy: [oversold] }).accepted).toBe(false)
  })
})

describe('the order of a day', () => {
  const ids = (list: LedgerTransaction[]) => list.map((entry) => entry.id).join('')
  const at = (id: string, more: Partial<LedgerTransaction> = {}): LedgerTransaction => ({ ...buy, id, ...more })

  it('is as recorded, timed entries by their time', () => {
    expect(ids(inOrder([at('a', { date: today }), at('b'), at('c')]))).toBe('bca')
    expect(ids(inOrder([at('a', { time: '15:00:00' }), at('b'), at('c', { time: '09:00:00' })]))).toBe('cba')
  })

  it('puts what comes in first where the file has no order', () => {
    const list = [at('a', { kind: 'sell' }), at('b', { kind: 'transfer' }), at('c')]
    expect(ids(inOrder(list, 'inbound-first'))).toBe('cba')
    expect(ids(inOrder(list))).toBe('abc')
  })
})

describe('postings', () => {
  const seed = 20261122
  const money = fc.integer({ min: 1, max: 10 ** 9 }).map((cents) => Decimal.fromScaled(cents, 2))
  const entry: fc.Arbitrary<LedgerTransaction> = fc.record({
    id: fc.constant('t'),
    kind: fc.constantFrom(...transactionKinds),
    date: fc.constant(base.date),
    accountId: fc.constant('A1'),
    cashAccountId: fc.constantFrom(undefined, 'C1'),
    toAccountId: fc.constantFrom(undefined, 'A2'),
    instrumentId: fc.constantFrom(undefined, 'VWCE'),
    quantity: money,
    amount: money,
    currency: fc.constantFrom(eur, usd),
    fee: money,
    tax: money,
    cashCurrency: fc.constantFrom(undefined, eur, usd),
    received: fc.option(fc.record({ amount: money, currency: fc.constantFrom(eur, usd) }), { nil: undefined }),
    rate: fc.option(
      money.map((value) => ({ from: usd, to: eur, value })),
      { nil: undefined },
    ),
  })
  const rates = new RateTable([{ base: 'EUR', quote: 'USD', points: [{ date: base.date, value: '1.0837' }] }])

  it('cancel per currency and per instrument, whatever the transaction', () => {
    fc.assert(
      fc.property(entry, fc.constantFrom('none' as const, 'minorUnit' as const), (transaction, rounding) => {
        const legs = postings(transaction, new Converter(rates, { rounding }))
        if (!legs.known) throw new Error(legs.detail)
        const totals = new Map<string, Decimal>()
        for (const leg of legs.value) totals.set(leg.unit, (totals.get(leg.unit) ?? Decimal.zero).plus(leg.amount))
        for (const [unit, total] of totals) expect(`${total.round(40, 'half-even')} ${unit}`).toBe(`0 ${unit}`)
      }),
      { seed, numRuns: 1000 },
    )
  })

  it('are unknown when cash moves in a currency without a rate', () => {
    const abroad = { ...buy, currency: usd, cashCurrency: eur }
    expect(postings(abroad, new Converter(RateTable.empty, { rounding: 'none' }))).toMatchObject({ known: false, reason: 'missing-rate' })
  })
})
