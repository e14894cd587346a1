import type { NewBalanceAssertion } from '@pe/contracts/assertions.ts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { apple, type CoreUnderTest, coreUnderTest, day, vwce } from './core-service.ts'

let test: CoreUnderTest

beforeAll(async () => {
  test = await coreUnderTest()
})
afterAll(() => test.stop())

const state = (body: NewBalanceAssertion) => test.core.assertBalance({ body }, test.call)
const listed = async (accountId: string) => (await test.core.listBalanceAssertions({ query: { accountId } }, test.call)).items

describe('a stated balance', () => {
  it('holds, differs by what the book has more or less, and is figured anew with every reading', async () => {
    const { id: accountId } = await test.account()
    await test.record(accountId, { kind: 'deposit', date: '2026-03-02', amount: '1000' })
    const told = await state({ accountId, date: day('2026-03-31'), cash: { amount: '995.5', currency: 'EUR' }, note: 'statement 3' })
    expect(told).toMatchObject({
      stated: '995.5',
      figured: '1000',
      difference: '4.5',
      result: 'differs',
      instrumentId: null,
      currency: 'EUR',
    })
    const { transaction: fee } = await test.record(accountId, { kind: 'fee', date: '2026-03-31', amount: '4.5' })
    expect(await listed(accountId)).toEqual([{ ...told, figured: '995.5', difference: '0', result: 'holds' }])
    await test.core.voidTransaction({ params: { transactionId: fee.id }, body: {}, ifMatch: fee.version }, test.call)
    expect(await listed(accountId)).toEqual([told])
  })

  it('of units counts those at the end of its day, and none where none are held', async () => {
    const { id: accountId } = await test.account()
    await test.record(accountId, { kind: 'buy', date: '2026-03-02', instrumentId: vwce, quantity: '10', price: '100' })
    await test.record(accountId, { kind: 'sell', date: '2026-04-01', instrumentId: vwce, quantity: '4', price: '100' })
    const units = (instrumentId: string, quantity: string) => ({ accountId, units: { instrumentId, quantity } })
    expect(await state({ ...units(vwce, '10'), date: day('2026-03-31') })).toMatchObject({ figured: '10', result: 'holds' })
    expect(await state({ ...units(vwce, '10'), date: day('2026-04-01') })).toMatchObject({ figured: '6', difference: '-4' })
    expect(await state({ ...units(apple, '1'), date: day('2026-04-01') })).toMatchObject({ figured: '0', difference: '-1' })
  })

  it('is unknown where a rate is missing, never zero', async () => {
    const { id: accountId } = await test.account()
    await test.record(accountId, {
      kind: 'dividend',
      date: '2014-03-01',
      instrumentId: vwce,
      amount: '10',
      currency: 'USD',
      cashCurrency: 'EUR',
    })
    const told = await state({ accountId, date: day('2014-03-31'), cash: { amount: '8', currency: 'EUR' } })
    expect(told).toMatchObject({ figured: null, difference: null, result: 'unknown' })
  })

  it('changes no balance and is taken back without a trace in the list', async () => {
    const { id: accountId } = await test.account()
    const { id: assertionId } = await state({ accountId, date: day('2026-03-31'), cash: { amount: '5', currency: 'EUR' } })
    const { cash } = await test.core.accountPositions({ params: { accountId }, query: {} }, test.call)
    expect(cash).toEqual([])
    await test.core.withdrawAssertion({ params: { assertionId } }, test.call)
    expect(await listed(accountId)).toEqual([])
    await expect(test.core.withdrawAssertion({ params: { assertionId } }, test.call)).rejects.toMatchObject({ code: 'not_found' })
  })

  it.each<[string, Partial<NewBalanceAssertion>, string]>([
    ['in the future', { date: day('2026-11-23') }, 'date_in_future'],
    ['of cash and units', { units: { instrumentId: vwce, quantity: '1' } }, 'field_not_allowed'],
    ['in no currency', { cash: { amount: '1', currency: 'XXQ' } }, 'unknown_currency'],
    ['of 11 decimals', { cash: { amount: '0.00000000001', currency: 'EUR' } }, 'too_precise'],
    ['of 10^18', { cash: { amount: '1000000000000000000', currency: 'EUR' } }, 'too_large'],
    ['of no account', { accountId: '01900000-0000-7000-8000-00000000cccc' }, 'not_found'],
  ])('is refused %s', async (_, more, code) => {
    const { id: accountId } = await test.account()
    const right = { accountId, date: day('2026-03-31'), cash: { amount: '1', currency: 'EUR' } }
    await expect(state({ ...right, ...more })).rejects.toMatchObject({ code })
    expect(await listed(accountId)).toEqual([])
  })

  it('comes page by page, the newest day first', async () => {
    const { id: accountId } = await test.account()
    for (const date of ['2026-01-31', '2026-03-31', '2026-02-28'])
      await state({ accountId, date: day(date), cash: { amount: '0', currency: 'EUR' } })
    const first = await test.core.listBalanceAssertions({ query: { accountId, limit: 2 } }, test.call)
    const rest = await test.core.listBalanceAssertions(
      { query: { accountId, limit: 2, ...(first.next ? { cursor: first.next } : {}) } },
      test.call,
    )
    expect([...first.items, ...rest.items].map(({ date }) => date)).toEqual(['2026-03-31', '2026-02-28', '2026-01-31'])
    expect(rest.next).toBeNull()
  })
})
