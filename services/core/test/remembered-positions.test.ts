import { afterAll, beforeAll, expect, it } from 'vitest'
import { type CoreUnderTest, coreUnderTest, vwce } from './core-service.ts'

let test: CoreUnderTest

beforeAll(async () => {
  test = await coreUnderTest()
})
afterAll(() => test.stop())

it('positions that were asked for before follow every change of a book they rest on, also of one that sent units', async () => {
  const [here, there] = [await test.account(), await test.account()]
  const held = async () => {
    const ask = () => test.core.accountPositions({ params: { accountId: there.id }, query: {} }, test.call)
    const [first, again] = [await ask(), await ask()]
    expect(again).toEqual(first)
    return first.positions.flatMap(({ lots }) => lots.map(({ quantity, cost }) => `${quantity} for ${cost?.amount}`))
  }
  const buy = { kind: 'buy', date: '2026-03-02', instrumentId: vwce, quantity: '10', amount: '1000' } as const
  const { transaction: bought } = await test.record(here.id, buy)
  expect(await held()).toEqual([])
  const transfer = { kind: 'transfer', date: '2026-03-03', instrumentId: vwce, quantity: '4', toAccountId: there.id } as const
  await test.record(here.id, transfer)
  expect(await held()).toEqual(['4 for 400'])
  // A correction in the book that sent them changes what they cost.
  const body = { transaction: { ...buy, date: bought.date, amount: '1200' } }
  await test.core.replaceTransaction({ params: { transactionId: bought.id }, body, ifMatch: 1 }, test.call)
  expect(await held()).toEqual(['4 for 480'])
})
