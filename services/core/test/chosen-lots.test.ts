import type { CostMethod } from '@pe/finance/lots/cost-method.ts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { apple, type CoreUnderTest, coreUnderTest, day, type Shorthand, vwce } from './core-service.ts'

let test: CoreUnderTest

beforeAll(async () => {
  test = await coreUnderTest()
})
afterAll(() => test.stop())

const buy = (date: string, quantity: string, amount: string): Shorthand => ({ kind: 'buy', date, instrumentId: vwce, quantity, amount })
const sell = (date: string, quantity: string, lots?: Record<string, string>): Shorthand => ({
  ...buy(date, quantity, '500'),
  kind: 'sell',
  ...(lots ? { lots: Object.entries(lots).map(([transactionId, units]) => ({ transactionId, quantity: units })) } : {}),
})

/** An account with an old, a dear and a young lot of ten units each. */
async function threeLots() {
  const { id } = await test.account()
  const lot = async (date: string, amount: string) => (await test.record(id, buy(date, '10', amount))).transaction
  return { id, old: await lot('2026-01-05', '1000'), dear: await lot('2026-02-05', '3000'), young: await lot('2026-03-05', '2000') }
}

const portfolio = (name: string, accountIds: string[], costMethod: CostMethod, lotScope?: 'account' | 'portfolio') =>
  test.core.createPortfolio({ body: { name, baseCurrency: 'EUR', accountIds, costMethod, ...(lotScope ? { lotScope } : {}) } }, test.call)

async function lotsOf(portfolioId: string, query: { costMethod?: CostMethod } = {}) {
  const { positions } = await test.core.portfolioPositions({ params: { portfolioId }, query }, test.call)
  return positions.flatMap(({ lots }) => lots.map(({ quantity, acquiredOn }) => `${quantity} of ${acquiredOn}`))
}

describe('lots that a person chose', () => {
  it('leave under every method, and stay chosen when the method changes', async () => {
    const { id, young } = await threeLots()
    const { transaction } = await test.record(id, sell('2026-04-01', '12', { [young.id]: '4' }))
    expect(transaction.lots).toEqual([{ transactionId: young.id, quantity: '4' }])
    const { id: portfolioId } = await portfolio('Chosen', [id], 'fifo')
    expect(await lotsOf(portfolioId)).toEqual(['2 of 2026-01-05', '10 of 2026-02-05', '6 of 2026-03-05'])
    const change = (costMethod: CostMethod, ifMatch: number) =>
      test.core.changePortfolio({ params: { portfolioId }, body: { costMethod }, ifMatch }, test.call)
    expect(await change('lifo', 1)).toMatchObject({ costMethod: 'lifo', lotScope: 'account' })
    expect(await lotsOf(portfolioId)).toEqual(['10 of 2026-01-05', '8 of 2026-02-05'])
    expect(await change('hifo', 2)).toMatchObject({ costMethod: 'hifo' })
    expect(await lotsOf(portfolioId)).toEqual(['10 of 2026-01-05', '2 of 2026-02-05', '6 of 2026-03-05'])
    expect(await change('average-cost', 3)).toMatchObject({ costMethod: 'average-cost', lotScope: 'portfolio' })
    expect(await lotsOf(portfolioId)).toEqual(['18 of 2026-01-05'])
  })

  it.each<[string, (lots: Awaited<ReturnType<typeof threeLots>>) => Record<string, string>]>([
    ['of no transaction', () => ({ '01900000-0000-7000-8000-00000000dddd': '1' })],
    ['with too few units', ({ old }) => ({ [old.id]: '11' })],
  ])('are refused %s, and nothing is written', async (_, chosen) => {
    const lots = await threeLots()
    await test.news()
    await expect(test.record(lots.id, sell('2026-04-01', '12', chosen(lots)))).rejects.toMatchObject({ code: 'lots_do_not_match' })
    expect(await test.news()).toEqual([])
    const { items } = await test.core.listTransactions({ query: { accountId: lots.id } }, test.call)
    expect(items.map(({ kind }) => kind)).toEqual(['buy', 'buy', 'buy'])
  })

  it('are refused of another instrument, another account, a later day, or when an earlier sale took them', async () => {
    const [{ id, old, young }, elsewhere] = [await threeLots(), await threeLots()]
    const other = await test.record(id, { ...buy('2026-01-07', '10', '100'), instrumentId: apple })
    const refused = (sale: Shorthand) => expect(test.record(id, sale)).rejects.toMatchObject({ code: 'lots_do_not_match' })
    await refused(sell('2026-04-01', '1', { [other.transaction.id]: '1' }))
    await refused(sell('2026-04-01', '1', { [elsewhere.old.id]: '1' }))
    await refused(sell('2026-02-01', '1', { [young.id]: '1' }))
    await test.record(id, sell('2026-04-01', '8'))
    await refused(sell('2026-04-02', '3', { [old.id]: '3' }))
    await test.record(id, sell('2026-04-02', '2', { [old.id]: '2' }))
  })

  it('follow the method of a portfolio that shows the account', async () => {
    const { id, old } = await threeLots()
    await portfolio('Youngest first', [id], 'lifo')
    await test.record(id, sell('2026-04-01', '10'))
    await test.record(id, sell('2026-04-02', '10', { [old.id]: '10' }))
  })

  it('hold their purchase: it can neither be voided nor made smaller, nor sold before', async () => {
    const { id, old } = await threeLots()
    await test.record(id, sell('2026-04-01', '10', { [old.id]: '10' }))
    const params = { transactionId: old.id }
    const mismatch = { code: 'lots_do_not_match' }
    await expect(test.core.voidTransaction({ params, body: {}, ifMatch: 1 }, test.call)).rejects.toMatchObject(mismatch)
    const smaller = { ...buy('2026-01-05', '9', '900'), date: day('2026-01-05') }
    await expect(test.core.replaceTransaction({ params, body: { transaction: smaller }, ifMatch: 1 }, test.call)).rejects.toMatchObject(
      mismatch,
    )
    await expect(test.record(id, sell('2026-03-10', '1'))).rejects.toMatchObject(mismatch)
    await test.record(id, buy('2026-01-02', '5', '500'))
  })
})

describe('one account in two portfolios', () => {
  it('keeps its lots by the method of each', async () => {
    const { id } = await threeLots()
    const { id: other } = await test.account()
    await test.record(other, buy('2026-01-02', '10', '5000'))
    await test.record(id, sell('2026-04-01', '10'))
    const [first, last, dearest, across] = await Promise.all([
      portfolio('Two: first', [id, other], 'fifo'),
      portfolio('Two: last', [id, other], 'lifo'),
      portfolio('Two: dearest', [id], 'hifo'),
      portfolio('Two: across', [id, other], 'fifo', 'portfolio'),
    ])
    expect(await lotsOf(first.id)).toEqual(['10 of 2026-01-02', '10 of 2026-02-05', '10 of 2026-03-05'])
    expect(await lotsOf(last.id)).toEqual(['10 of 2026-01-02', '10 of 2026-01-05', '10 of 2026-02-05'])
    expect(await lotsOf(dearest.id)).toEqual(['10 of 2026-01-05', '10 of 2026-03-05'])
    expect(await lotsOf(across.id)).toEqual(['10 of 2026-01-05', '10 of 2026-02-05', '10 of 2026-03-05'])
    expect(across.lotScope).toBe('portfolio')
  })
})
