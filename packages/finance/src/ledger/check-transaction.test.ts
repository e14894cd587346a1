import { describe, expect, it } from 'vitest'
import { currency } from '../money/currency.ts'
import { Decimal } from '../money/decimal.ts'
import { plainDate } from '../time/plain-date.ts'
import { checkDay, checkTransaction, fieldsOf, type TransactionRules } from './check-transaction.ts'
import { type LedgerTransaction, type RecordedKind, recordedKinds } from './transaction.ts'

const [eur, usd] = [currency('EUR'), currency('USD')]
const d = Decimal.parse
const rules: TransactionRules = { today: plainDate('2026-11-22') }
const common = {
  ...{ id: 't', date: plainDate('2026-03-02'), accountId: 'Depot', currency: eur },
  ...{ amount: d('600'), fee: Decimal.zero, tax: Decimal.zero },
}
const deposit: LedgerTransaction = { ...common, kind: 'deposit' }
const buy: LedgerTransaction = { ...common, kind: 'buy', instrumentId: 'VWCE', quantity: d('6') }
const sell: LedgerTransaction = { ...buy, kind: 'sell' }
const cashAcross: LedgerTransaction = { ...common, kind: 'transfer', toAccountId: 'Broker' }
const unitsAcross: LedgerTransaction = { ...cashAcross, instrumentId: 'VWCE', quantity: d('6'), amount: Decimal.zero }
const exchange: LedgerTransaction = { ...common, kind: 'currency-exchange', received: { amount: d('650'), currency: usd } }
const lot = (transactionId: string, quantity: string) => ({ transactionId, quantity: d(quantity) })

/** 'accepted', or what the refusal says. */
const told = (entry: LedgerTransaction, more: Partial<TransactionRules> = {}) => {
  const outcome = checkTransaction(entry, { ...rules, ...more })
  return outcome.accepted ? 'accepted' : outcome.refusal
}
const refused = (code: string, detail: string, facts: Record<string, string> = {}) => ({ code, detail, facts })

/** Just what a kind needs, and nothing more. */
function least(kind: RecordedKind): LedgerTransaction {
  const fields = fieldsOf[kind]
  return {
    ...{ ...common, kind },
    ...(fields.instrument === 'needed' ? { instrumentId: 'VWCE' } : {}),
    ...(fields.quantity === 'needed' ? { quantity: d('6') } : {}),
    ...(fields.toAccount === 'needed' ? { toAccountId: 'Broker' } : {}),
    ...(fields.received === 'needed' ? { received: { amount: d('650'), currency: usd } } : {}),
  }
}

describe('the fields of a kind', () => {
  it.each(recordedKinds)('%s is accepted with what it needs', (kind) => {
    expect(told(least(kind))).toBe('accepted')
  })

  it.each(['buy', 'sell', 'delivery-in', 'delivery-out', 'dividend', 'return-of-capital'] as const)('%s needs an instrument', (kind) => {
    expect(told({ ...least(kind), instrumentId: undefined })).toEqual(
      refused('instrument_missing', `${kind} names no instrument`, { kind }),
    )
  })

  it.each(['deposit', 'withdrawal', 'currency-exchange'] as const)('%s takes no instrument', (kind) => {
    expect(told({ ...least(kind), instrumentId: 'VWCE' })).toEqual(refused('field_not_allowed', `${kind} takes no instrument`))
  })

  it.each([
    [{ ...buy, quantity: undefined }, 'quantity'],
    [{ ...cashAcross, toAccountId: undefined }, 'toAccountId'],
    [{ ...exchange, received: undefined }, 'received'],
  ])('$0.kind needs $1', (entry, field) => {
    expect(told(entry)).toEqual(refused('field_missing', `${entry.kind} needs ${field}`, { kind: entry.kind, field }))
  })

  it.each([
    [{ ...deposit, quantity: d('1') }, 'quantity'],
    [{ ...buy, toAccountId: 'Broker' }, 'toAccountId'],
    [{ ...deposit, received: { amount: d('1'), currency: usd } }, 'received'],
  ])('$0.kind takes no $1', (entry, field) => {
    expect(told(entry)).toEqual(refused('field_not_allowed', `${entry.kind} takes no ${field}`, { kind: entry.kind, field }))
  })

  it.each(['fee', 'fee-refund', 'tax', 'tax-refund'] as const)('%s is a charge and takes none beside it', (kind) => {
    const answer = refused('field_not_allowed', `${kind} takes no fee and no tax beside its amount`)
    expect([told({ ...least(kind), fee: d('1') }), told({ ...least(kind), tax: d('1') })]).toEqual([answer, answer])
  })

  it('a draft may lack its units, but nothing else', () => {
    expect(told({ ...buy, quantity: undefined }, { incomplete: true })).toBe('accepted')
    expect(told({ ...buy, instrumentId: undefined }, { incomplete: true })).toMatchObject({ code: 'instrument_missing' })
    expect(told({ ...deposit, quantity: d('1') }, { incomplete: true })).toMatchObject({ code: 'field_not_allowed' })
  })

  it('what follows from a corporate action is not recorded', () => {
    expect(told({ ...buy, kind: 'split' })).toEqual(
      refused('field_not_allowed', 'split follows from a corporate action and is not recorded itself'),
    )
  })
})

describe('a transfer', () => {
  it('moves units or cash', () => {
    expect([told(unitsAcross), told(cashAcross)]).toEqual(['accepted', 'accepted'])
    expect(told({ ...cashAcross, received: { amount: d('650'), currency: usd } })).toBe('accepted')
  })

  it.each([
    [{ ...cashAcross, toAccountId: 'Depot' }, refused('same_account', 'a transfer goes to another account')],
    [{ ...unitsAcross, quantity: undefined }, refused('field_missing', 'a transfer of an instrument needs quantity')],
    [{ ...unitsAcross, instrumentId: undefined }, refused('instrument_missing', 'a transfer of units names no instrument')],
    [
      { ...unitsAcross, received: { amount: d('1'), currency: eur } },
      refused('field_not_allowed', 'a transfer of units takes no received money'),
    ],
    [{ ...cashAcross, amount: Decimal.zero }, refused('not_positive', 'amount must be more than 0')],
  ])('is refused otherwise: $1.detail', (entry, answer) => {
    expect(told(entry)).toEqual(answer)
  })
})

describe('a currency exchange', () => {
  it('pays out another currency than it takes, while a transfer of cash may keep its own', () => {
    expect(told({ ...exchange, received: { amount: d('600'), currency: eur } })).toEqual(
      refused('field_not_allowed', 'a currency exchange turns EUR into another currency'),
    )
    expect(told({ ...cashAcross, received: { amount: d('600'), currency: eur } })).toBe('accepted')
  })
})

describe('chosen lots', () => {
  it('are taken where units leave: all of them or a part', () => {
    for (const entry of [sell, { ...sell, kind: 'delivery-out' as const }, unitsAcross])
      expect(told({ ...entry, lots: [lot('first', '2'), lot('second', '4')] })).toBe('accepted')
    expect(told({ ...sell, lots: [lot('first', '0.5')] })).toBe('accepted')
  })

  it('are refused where none leave', () => {
    for (const entry of [buy, deposit, cashAcross])
      expect(told({ ...entry, lots: [lot('first', '2')] })).toEqual(refused('field_not_allowed', `${entry.kind} takes no lots`))
  })

  it('each hold something, are named once, and are no more than what leaves', () => {
    const empty = refused('not_positive', 'the quantity of a chosen lot must be more than 0')
    expect(told({ ...sell, lots: [lot('first', '2'), lot('second', '0')] })).toEqual(empty)
    expect(told({ ...sell, lots: [lot('first', '-2')] })).toEqual(empty)
    expect(told({ ...sell, lots: [lot('first', '2'), lot('first', '1')] })).toEqual(
      refused('lots_do_not_match', 'a lot is chosen twice', { case: 'twice' }),
    )
    expect(told({ ...sell, lots: [lot('first', '2'), lot('second', '4.5')] })).toEqual(
      refused('lots_do_not_match', 'the chosen lots hold 6.5 units, but 6 leave', { case: 'too-many', chosen: '6.5', leaving: '6' }),
    )
  })

  it('may be chosen in a draft before its units are known', () => {
    expect(told({ ...sell, quantity: undefined, lots: [lot('first', '2')] }, { incomplete: true })).toBe('accepted')
  })
})

describe('amounts', () => {
  it.each([
    ['quantity', { ...buy, quantity: d('0') }, '0'],
    ['received amount', { ...exchange, received: { amount: d('-1'), currency: usd } }, '-1'],
    ['rate', { ...buy, rate: { from: usd, to: eur, value: d('0') } }, '0'],
    ['amount', { ...deposit, amount: d('0') }, '0'],
  ])('%s is more than nothing', (field, entry, value) => {
    expect(told(entry)).toEqual(refused('not_positive', `${field} must be more than 0, not ${value}`, { field, value }))
  })

  it.each([
    ['amount', { ...buy, amount: d('-5') }],
    ['fee', { ...buy, fee: d('-5') }],
    ['tax', { ...buy, tax: d('-5') }],
  ])('%s may be nothing, but not less', (field, entry) => {
    expect(told(entry)).toEqual(refused('not_positive', `${field} must not be negative: -5`, { field, value: '-5' }))
    expect(told({ ...entry, [field]: Decimal.zero })).toBe('accepted')
  })

  it.each([
    ['quantity', (value: Decimal) => ({ ...buy, quantity: value }), 18],
    ['amount', (value: Decimal) => ({ ...buy, amount: value }), 10],
    ['fee', (value: Decimal) => ({ ...buy, fee: value }), 10],
    ['tax', (value: Decimal) => ({ ...buy, tax: value }), 10],
    ['received amount', (value: Decimal) => ({ ...exchange, received: { amount: value, currency: usd } }), 10],
    ['rate', (value: Decimal) => ({ ...buy, rate: { from: usd, to: eur, value } }), 18],
  ])('%s fits what the book can store', (field, entry, places) => {
    expect(told(entry(Decimal.fromScaled(1, places)))).toBe('accepted')
    expect(told(entry(Decimal.fromScaled(1, places + 1)))).toMatchObject({
      code: 'too_precise',
      facts: { field, places: String(places) },
    })
    expect(told(entry(d(`1${'0'.repeat(places === 18 ? 20 : 18)}`)))).toMatchObject({ code: 'too_large', facts: { field } })
  })

  // Codes as an importer or an old row may bring them: the type alone keeps none out.
  const none = 'XYQ' as typeof eur
  it.each([
    ['the transaction', { ...deposit, currency: none }],
    ['its cash', { ...buy, cashCurrency: none }],
    ['what is paid out', { ...exchange, received: { amount: d('1'), currency: none } }],
    ['the rate, from', { ...buy, rate: { from: none, to: eur, value: d('1') } }],
    ['the rate, to', { ...buy, rate: { from: eur, to: none, value: d('1') } }],
  ])('are in currencies that exist: %s', (_, entry) => {
    expect(told(entry)).toEqual(refused('unknown_currency', 'XYQ is no currency', { currency: 'XYQ' }))
  })
})

describe('the day', () => {
  it('is today at the latest', () => {
    expect(told({ ...deposit, date: rules.today })).toBe('accepted')
    expect(told({ ...deposit, date: plainDate('2026-11-23') })).toEqual(
      refused('date_in_future', '2026-11-23 is after 2026-11-22', { date: '2026-11-23', today: '2026-11-22' }),
    )
  })

  it('is no slip of the keyboard: the first that is kept is in 1900', () => {
    expect(told({ ...deposit, date: plainDate('1900-01-01') })).toBe('accepted')
    expect(told({ ...deposit, date: plainDate('1899-12-31') })).toEqual(
      refused('date_too_early', '1899-12-31 is before 1900-01-01, the first day that is kept', {
        ...{ date: '1899-12-31', earliest: '1900-01-01' },
      }),
    )
  })

  const over: LedgerTransaction = { ...cashAcross, cashAccountId: 'Cash' }
  const only = (account: string, day: string) => (id: string) => (id === account ? plainDate(day) : null)

  it.each(['Depot', 'Cash', 'Broker'])('is not before any account that it touches was opened: %s', (account) => {
    expect(told(over, { openedOn: only(account, '2026-03-02') })).toBe('accepted')
    expect(told(over, { openedOn: only(account, '2026-03-03') })).toEqual(
      refused('date_before_account_opened', '2026-03-02 is before the account was opened on 2026-03-03', {
        ...{ date: '2026-03-02', opened: '2026-03-03' },
      }),
    )
  })

  it.each(['Depot', 'Cash', 'Broker'])('is not after any account that it touches was archived: %s', (account) => {
    expect(told(over, { archivedOn: only(account, '2026-03-02') })).toBe('accepted')
    expect(told(over, { archivedOn: only(account, '2026-03-01') })).toEqual(
      refused('account_archived', '2026-03-02 is after the account was archived on 2026-03-01', {
        ...{ date: '2026-03-02', archived: '2026-03-01' },
      }),
    )
  })

  it('is held only against accounts that the transaction names', () => {
    const asked: string[] = []
    const ask = (id: string) => {
      asked.push(id)
      return null
    }
    expect(told(deposit, { openedOn: ask, archivedOn: ask })).toBe('accepted')
    expect(asked).toEqual(['Depot', 'Depot'])
  })

  it('is judged alone for what was judged before', () => {
    const unfit = { ...deposit, amount: d('-1') }
    expect(checkDay(unfit, rules)).toEqual({ accepted: true, value: unfit })
    expect(checkDay({ ...deposit, date: plainDate('2026-11-23') }, rules)).toMatchObject({ refusal: { code: 'date_in_future' } })
  })
})
