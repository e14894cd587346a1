import type { NewEvent } from '@pe/contracts/events.ts'
import { asText } from '@pe/contracts/ledger-columns.fixture.ts'
import { transactionsIn } from '@pe/contracts/ledger-reading.ts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { apple, type CoreUnderTest, coreUnderTest, day, vwce } from './core-service.ts'

let test: CoreUnderTest

beforeAll(async () => {
  test = await coreUnderTest()
})
afterAll(() => test.stop())

const drip: NewEvent = {
  kind: 'dividend-reinvested',
  date: day('2026-03-02'),
  instrumentId: vwce,
  quantity: '2',
  price: '105',
  tax: '38.85',
}
const record = (accountId: string, event: NewEvent = drip) => test.core.recordEvent({ params: { accountId }, body: event }, test.call)
const ledgerOf = async (accountId: string) =>
  asText(transactionsIn((await test.core.ledger({ body: { accountIds: [accountId] } }, test.call)).entries))
const positionsOf = (accountId: string) => test.core.accountPositions({ params: { accountId }, query: {} }, test.call)

describe('a reinvested dividend', () => {
  it('is one event with two legs: cash moves by the tax alone, and the new units cost what they stand for', async () => {
    const account = await test.account()
    await test.record(account.id, { kind: 'buy', date: '2026-01-05', instrumentId: vwce, quantity: '10', price: '100' })
    await test.news()
    const { eventId, legs, unitsAfter, cashAfter } = await record(account.id)
    expect(legs).toMatchObject([
      { kind: 'dividend', amount: '210', tax: '38.85', quantity: null, event: { id: eventId, kind: 'dividend-reinvested', leg: 'income' } },
      { kind: 'buy', amount: '210', tax: '0', quantity: '2', price: '105', event: { id: eventId, leg: 'purchase' } },
    ])
    expect([unitsAfter, cashAfter]).toEqual(['12', [{ amount: '-1038.85', currency: 'EUR' }]])
    const { positions } = await positionsOf(account.id)
    expect(positions[0]?.lots.map(({ cost }) => cost?.amount)).toEqual(['1000', '210'])
    // One fact for both legs.
    expect(await test.news()).toMatchObject([{ body: { accountId: account.id, instrumentIds: [vwce] } }])
  })

  it('may bring units of another instrument, and interest may come in kind', async () => {
    const account = await test.account()
    const inKind = await record(account.id, { ...drip, kind: 'dividend-in-kind', receivedInstrumentId: apple })
    expect(inKind.legs.map(({ kind, instrumentId }) => [kind, instrumentId])).toEqual([
      ['dividend', vwce],
      ['buy', apple],
    ])
    const staked = await record(account.id, { ...drip, kind: 'interest-in-kind', tax: '0' })
    expect(staked.legs.map(({ kind, cashEffect }) => [kind, cashEffect?.amount])).toEqual([
      ['interest', '210'],
      ['buy', '-210'],
    ])
  })

  it.each<[string, Partial<NewEvent>, string]>([
    ['after today', { date: day('2026-11-23') }, 'date_in_future'],
    ['of no units', { quantity: '0' }, 'not_positive'],
    ['worth nothing', { price: '0' }, 'not_positive'],
    ['of an unknown instrument', { receivedInstrumentId: '01900000-0000-7000-8000-00000000cccc' }, 'instrument_missing'],
    ['of 19 decimals', { quantity: '0.0000000000000000001' }, 'too_precise'],
  ])('is refused %s, and no leg of it is kept', async (_, more, code) => {
    const account = await test.account()
    await expect(record(account.id, { ...drip, ...more })).rejects.toMatchObject({ code })
    const { items } = await test.core.listTransactions({ query: { accountId: account.id } }, test.call)
    expect(items).toEqual([])
  })
})

describe('a leg', () => {
  it('is voided with the whole event, and reinstated with it, at its place of the day', async () => {
    const account = await test.account()
    const { legs } = await record(account.id)
    const [income, purchase] = legs.map(({ id }) => id)
    const later = await test.record(account.id, { kind: 'sell', date: '2026-03-02', instrumentId: vwce, quantity: '1', price: '100' })
    const voidLeg = (transactionId = '') =>
      test.core.voidTransaction({ params: { transactionId }, body: { reason: 'twice' }, ifMatch: 1 }, test.call)
    await expect(voidLeg(income)).rejects.toMatchObject({ code: 'not_enough_units' })
    await test.core.voidTransaction({ params: { transactionId: later.transaction.id }, body: {}, ifMatch: 1 }, test.call)

    expect(await voidLeg(purchase)).toMatchObject({ id: purchase, state: 'void', voidReason: 'twice' })
    expect(await ledgerOf(account.id)).toEqual([])
    await expect(voidLeg(income)).rejects.toMatchObject({ code: 'changed_meanwhile' })

    const again = await test.core.reinstateTransaction({ params: { transactionId: income ?? '' }, body: {} }, test.call)
    expect(again.transaction).toMatchObject({ kind: 'dividend', replaces: income, event: { leg: 'income' } })
    expect((await ledgerOf(account.id)).map(({ kind, amount }) => [kind, amount])).toEqual([
      ['dividend', '210'],
      ['buy', '210'],
    ])
    const reinstate = test.core.reinstateTransaction({ params: { transactionId: purchase ?? '' }, body: {} }, test.call)
    await expect(reinstate).rejects.toMatchObject({ code: 'not_void' })
  })

  it('is corrected with the whole event: by an event, or by a transaction that stands alone, and back', async () => {
    const account = await test.account()
    const { legs } = await record(account.id)
    const purchase = legs[1]?.id ?? ''
    const body = { reason: 'price of the day', event: { ...drip, price: '104' } }
    const corrected = await test.core.replaceByEvent({ params: { transactionId: purchase }, ifMatch: 1, body }, test.call)
    expect(corrected.legs.map(({ replaces, amount }) => [replaces, amount])).toEqual(legs.map(({ id }) => [id, '208']))
    const income = corrected.legs[0]?.id ?? ''
    const paidOut = await test.core.replaceTransaction(
      {
        params: { transactionId: income },
        ifMatch: 1,
        body: { transaction: { kind: 'dividend', date: day('2026-03-02'), instrumentId: vwce, amount: '208' } },
      },
      test.call,
    )
    expect(await ledgerOf(account.id)).toMatchObject([{ id: paidOut.transaction.id, kind: 'dividend' }])
    expect(paidOut.transaction.event).toBeNull()
    const { id: transactionId } = paidOut.transaction
    const back = await test.core.replaceByEvent({ params: { transactionId }, ifMatch: 1, body: { event: drip } }, test.call)
    expect((await ledgerOf(account.id)).map(({ id }) => id)).toEqual(back.legs.map(({ id }) => id))
    await expect(test.core.replaceByEvent({ params: { transactionId: income }, ifMatch: 2, body }, test.call)).rejects.toMatchObject({
      code: 'already_void',
    })
  })

  it('cannot be written apart from its event, not even by the owner of the table', async () => {
    const account = await test.account()
    const { legs } = await record(account.id)
    const change = (sql: string) => test.look.query(`update transaction set ${sql} where id = '${legs[0]?.id}'`)
    await expect(change('event_id = null, leg = null, event_kind = null')).rejects.toThrow(/never rewritten/)
    await expect(change("charges = '[]'")).rejects.toThrow(/never rewritten/)
  })
})

describe('charges', () => {
  const buy = { kind: 'buy', date: '2026-01-05', instrumentId: vwce, quantity: '10', price: '100' } as const

  it('have their own currency and rate, and their sums are figured from them', async () => {
    const account = await test.account()
    const charges = [
      { kind: 'fee', amount: '4.90', currency: 'EUR', note: 'broker' },
      { kind: 'fee', amount: '1', currency: 'USD', rate: '0.777' },
      { kind: 'tax', amount: '5', currency: 'USD' },
    ] as const
    const { transaction, cashAfter } = await test.record(account.id, { ...buy, charges: [...charges] })
    expect([transaction.fee, transaction.tax, cashAfter]).toEqual(['5.68', '4', [{ amount: '-1009.68', currency: 'EUR' }]])
    expect(transaction.charges).toEqual([
      { kind: 'fee', amount: '4.9', currency: 'EUR', rate: null, note: 'broker', booked: '4.9' },
      { kind: 'fee', amount: '1', currency: 'USD', rate: '0.777', note: '', booked: '0.78' },
      { kind: 'tax', amount: '5', currency: 'USD', rate: null, note: '', booked: '4' },
    ])
    await test.core.voidTransaction({ params: { transactionId: transaction.id }, body: {}, ifMatch: 1 }, test.call)
    const again = await test.core.reinstateTransaction({ params: { transactionId: transaction.id }, body: {} }, test.call)
    expect(again.transaction.charges).toEqual(transaction.charges)
  })

  it.each([
    ['in a currency without a rate', { charges: [{ kind: 'fee' as const, amount: '1', currency: 'CHF' }] }, 'rate_missing'],
    ['in no currency', { charges: [{ kind: 'fee' as const, amount: '1', currency: 'XXQ' }] }, 'unknown_currency'],
    ['of nothing', { charges: [{ kind: 'tax' as const, amount: '0', currency: 'EUR' }] }, 'not_positive'],
    ['of 11 decimals', { charges: [{ kind: 'tax' as const, amount: '0.00000000001', currency: 'EUR' }] }, 'too_precise'],
    ['that come to another sum', { fee: '2', charges: [{ kind: 'fee' as const, amount: '1', currency: 'EUR' }] }, 'charges_do_not_match'],
  ])('are refused %s, and nothing is kept', async (_, more, code) => {
    const account = await test.account()
    await expect(test.record(account.id, { ...buy, ...more })).rejects.toMatchObject({ code })
    expect(await ledgerOf(account.id)).toEqual([])
  })

  it('are of the income where they come with an event', async () => {
    const account = await test.account()
    const { tax: _, ...untaxed } = drip
    const { legs } = await record(account.id, { ...untaxed, charges: [{ kind: 'tax', amount: '10', currency: 'USD', rate: '0.9' }] })
    expect(legs.map(({ tax, charges }) => [tax, charges?.length ?? null])).toEqual([
      ['9', 1],
      ['0', null],
    ])
  })
})
