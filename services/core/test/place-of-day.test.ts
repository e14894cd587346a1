import type { Booking } from '@pe/contracts/transactions.ts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type CoreUnderTest, coreUnderTest, day, type Shorthand, vwce } from './core-service.ts'

let test: CoreUnderTest

beforeAll(async () => {
  test = await coreUnderTest()
})
afterAll(() => test.stop())

const date = '2026-03-02'
const buy = (quantity: string): Shorthand => ({ kind: 'buy', date, instrumentId: vwce, quantity, price: '100' })
const sell = (quantity: string): Shorthand => ({ ...buy(quantity), kind: 'sell' })

const voided = ({ transaction: { id, version } }: Booking) =>
  test.core.voidTransaction({ params: { transactionId: id }, body: {}, ifMatch: version }, test.call)
const reinstated = ({ transaction: { id } }: Booking) =>
  test.core.reinstateTransaction({ params: { transactionId: id }, body: {} }, test.call)
const places = async (accountId: string) => {
  const { rows } = await test.look.query<{ sequence: string }>(
    `select sequence::text from transaction where account_id = $1 and state <> 'void' order by sequence`,
    [accountId],
  )
  return rows.map(({ sequence }) => sequence)
}
const journal = async (accountId: string) =>
  (await test.core.listTransactions({ query: { accountId } }, test.call)).items.map(({ kind, quantity }) => `${kind} ${quantity}`)

describe('an entry that comes back to its place of the day', () => {
  it('is refused where the book would go below nothing there, though the day ends well', async () => {
    const { id } = await test.account()
    const early = await test.record(id, { ...buy('10'), kind: 'delivery-in' })
    const sale = await test.record(id, sell('10'))
    await voided(sale)
    await voided(early)
    await test.record(id, buy('10'))
    await expect(reinstated(sale)).rejects.toMatchObject({ code: 'not_enough_units' })
    expect(await journal(id)).toEqual(['buy 10'])
  })

  it('covers what follows it on its day', async () => {
    const { id } = await test.account()
    const first = await test.record(id, buy('10'))
    const second = await test.record(id, buy('10'))
    await voided(first)
    await test.record(id, sell('10'))
    const again = await reinstated(first)
    expect(again.unitsAfter).toBe('10')
    await voided(second)
    expect(await journal(id)).toEqual(['sell 10', 'buy 10'])
  })

  it('is judged there as a draft that is posted, too', async () => {
    const { id } = await test.account()
    const draft = await test.record(id, { ...sell('10'), state: 'draft' })
    await test.record(id, buy('10'))
    await expect(
      test.core.postDraft({ params: { transactionId: draft.transaction.id }, body: {}, ifMatch: 1 }, test.call),
    ).rejects.toMatchObject({ code: 'not_enough_units' })
  })

  it('shares it with nobody: of a correction and what it corrected the second one takes a place of its own', async () => {
    const { id } = await test.account()
    const original = await test.record(id, buy('10'))
    const body = { transaction: { ...buy('12'), date: day(date) } }
    const correction = await test.core.replaceTransaction(
      { params: { transactionId: original.transaction.id }, body, ifMatch: 1 },
      test.call,
    )
    await test.record(id, { kind: 'deposit', date, amount: '5' })
    await voided(correction)
    await reinstated(original)
    await reinstated(correction)
    expect(await journal(id)).toEqual(['buy 12', 'deposit null', 'buy 10'])
    expect(new Set(await places(id)).size).toBe(3)
  })
})

it('lines of a sheet are judged at their places of the day, each at its own', async () => {
  const { id } = await test.account()
  const first = await test.record(id, buy('10'))
  await test.record(id, sell('10'))
  const last = await test.record(id, buy('10'))
  const line = (number: number, { transaction }: Booking, quantity: string) => ({
    line: number,
    transactionId: transaction.id,
    version: 1,
    transaction: { ...buy(quantity), date: day(date) },
  })
  const lines = [line(1, first, '5'), line(2, last, '15')]
  await expect(test.core.saveSheet({ body: { lines } }, test.call)).rejects.toMatchObject({
    code: 'rows_in_error',
    errors: [{ code: 'not_enough_units' }, { code: 'not_enough_units' }],
  })
  expect(await journal(id)).toEqual(['buy 10', 'sell 10', 'buy 10'])
})
