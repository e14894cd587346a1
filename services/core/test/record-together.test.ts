import type { Booking, NewTransaction } from '@pe/contracts/transactions.ts'
import { plainDate } from '@pe/finance/time/plain-date.ts'
import { Refused } from '@pe/platform/http/refused.ts'
import { newTraceId } from '@pe/platform/http/trace.ts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { verifyBook } from '../src/chain/verify-book.ts'
import { apple, type CoreUnderTest, coreUnderTest, type Shorthand, vwce } from './core-service.ts'

let test: CoreUnderTest

beforeAll(async () => {
  test = await coreUnderTest()
})
afterAll(() => test.stop())

const stated = ({ date, ...rest }: Shorthand): NewTransaction => ({ ...rest, date: plainDate(date) })
const record = (accountId: string, transaction: Shorthand, idempotencyKey?: string) =>
  test.served.recordTransaction(
    { params: { accountId }, body: stated(transaction), ...(idempotencyKey ? { idempotencyKey } : {}) },
    test.call,
  )
const codeOf = (settled: PromiseSettledResult<unknown>) =>
  settled.status === 'fulfilled' ? 'recorded' : settled.reason instanceof Refused ? settled.reason.code : String(settled.reason)
/** A reply without what differs from one account to the other. */
const figuresOf = ({ transaction, unitsAfter, cashAfter }: Booking) => {
  const { id: _, accountId: __, recordedAt: ___, ...rest } = transaction
  return { ...rest, unitsAfter, cashAfter }
}

const usual: Shorthand[] = [
  { kind: 'deposit', date: '2026-03-01', amount: '10000' },
  { kind: 'buy', date: '2026-03-02', instrumentId: vwce, quantity: '10', price: '101.25', fee: '1.50' },
  { kind: 'buy', date: '2026-03-04', instrumentId: apple, quantity: '5', amount: '800', currency: 'USD' },
  { kind: 'sell', date: '2026-03-03', instrumentId: vwce, quantity: '4', price: '107.5', tax: '3.25' },
  { kind: 'dividend', date: '2026-03-05', instrumentId: vwce, amount: '12.34', tax: '3.25' },
  { kind: 'sell', date: '2026-03-02', instrumentId: vwce, quantity: '6', price: '102' },
  { kind: 'fee', date: '2026-02-28', amount: '2.5', note: 'back-dated' },
  { kind: 'interest', date: '2026-03-06', amount: '0.0000000001' },
]

describe('transactions that are recorded together', () => {
  it('are answered as if they had come one after the other', async () => {
    const [alone, grouped] = [await test.account(), await test.account()]
    const one: Booking[] = []
    for (const transaction of usual) one.push(await test.record(alone.id, transaction))
    const all = await Promise.all(usual.map((transaction) => record(grouped.id, transaction)))
    expect(all.map(figuresOf)).toEqual(one.map(figuresOf))
    const proof = await verifyBook(test.look.sql, test.deps.keys, new Map(), grouped.id)
    expect(proof).toMatchObject({ entries: usual.length + 1, transactions: usual.length })
  })

  it('count a change of the book each, and say so in a fact each under its own trace', async () => {
    const [first, second] = [await test.account(), await test.account()]
    const before = (await test.announced('transaction-recorded')).length
    const body = stated({ kind: 'deposit', date: '2026-03-01', amount: '1' })
    const asked = [first, second, first, second, first].map(({ id }) => ({ id, traceId: newTraceId() }))
    await Promise.all(
      asked.map(({ id, traceId }) => test.served.recordTransaction({ params: { accountId: id }, body }, { ...test.call, traceId })),
    )
    const facts = (await test.announced('transaction-recorded')).slice(before)
    expect(facts.map(({ body: { accountId, version }, traceId }) => [accountId, version, traceId])).toEqual([
      [first.id, 1, asked[0]?.traceId],
      [second.id, 1, asked[1]?.traceId],
      [first.id, 2, asked[2]?.traceId],
      [second.id, 2, asked[3]?.traceId],
      [first.id, 3, asked[4]?.traceId],
    ])
    const { versions } = await test.core.bookVersions({ body: { accountIds: [first.id, second.id] } }, test.call)
    expect(versions.map(({ version }) => version)).toEqual([3, 2])
  })

  it('give away no more than there is, however many ask for it at once', async () => {
    const { id } = await test.account()
    await test.record(id, { kind: 'buy', date: '2026-03-02', instrumentId: vwce, quantity: '10', amount: '1000' })
    const sale: Shorthand = { kind: 'sell', date: '2026-03-03', instrumentId: vwce, quantity: '4', amount: '400' }
    const settled = await Promise.allSettled(Array.from({ length: 5 }, () => record(id, sale)))
    expect(settled.map(codeOf).sort()).toEqual(['not_enough_units', 'not_enough_units', 'not_enough_units', 'recorded', 'recorded'])
    const { positions } = await test.core.accountPositions({ params: { accountId: id }, query: {} }, test.call)
    expect(positions.map(({ quantity }) => quantity)).toEqual(['2'])
  })

  it('leave alone what is unusual: it is judged as ever', async () => {
    const [{ id }, other] = [await test.account(), await test.account()]
    await test.record(id, { kind: 'buy', date: '2026-03-02', instrumentId: vwce, quantity: '10', amount: '1000' })
    const missing = '01900000-0000-7000-8000-00000000dead'
    const all: Shorthand[] = [
      { kind: 'deposit', date: '2026-03-01', amount: '1' },
      { kind: 'transfer', date: '2026-03-03', instrumentId: vwce, quantity: '1', toAccountId: other.id },
      { kind: 'buy', date: '2026-03-03', instrumentId: missing, quantity: '1', amount: '1' },
      { kind: 'deposit', date: '2099-01-01', amount: '1' },
      { kind: 'deposit', date: '2099-01-01', amount: '1', state: 'draft' },
      { kind: 'sell', date: '2026-03-03', instrumentId: vwce, quantity: '1', amount: '100', time: '10:00:00' },
      { kind: 'buy', date: '2026-03-03', instrumentId: vwce, quantity: '0', amount: '1' },
      { kind: 'deposit', date: '2026-03-04', amount: '2', cashCurrency: 'USD' },
    ]
    const settled = await Promise.allSettled([
      ...all.map((one) => record(id, one)),
      record(missing, { kind: 'fee', date: '2026-03-01', amount: '1' }),
    ])
    expect(settled.map(codeOf)).toEqual([
      ...['recorded', 'recorded', 'instrument_missing', 'date_in_future', 'recorded', 'recorded', 'not_positive', 'recorded', 'not_found'],
    ])
    // the day has a time now and the cash another currency: neither is told from memory
    const after = await Promise.all(
      [1, 2].map(() => record(id, { kind: 'buy', date: '2026-03-03', instrumentId: vwce, quantity: '1', amount: '100' })),
    )
    expect(after.map(({ unitsAfter }) => unitsAfter).sort()).toEqual(['10', '9'])
  })

  it('hear of what others wrote meanwhile', async () => {
    const { id } = await test.account()
    const pay = () => record(id, { kind: 'deposit', date: '2026-03-01', amount: '1' })
    await Promise.all([pay(), pay()])
    const { transaction } = await test.record(id, { kind: 'deposit', date: '2026-03-01', amount: '100' })
    expect((await pay()).cashAfter).toEqual([{ amount: '103', currency: 'EUR' }])
    await test.core.voidTransaction({ params: { transactionId: transaction.id }, body: {}, ifMatch: 1 }, test.call)
    expect((await pay()).cashAfter).toEqual([{ amount: '4', currency: 'EUR' }])
  })

  it('meet closed periods', async () => {
    const { id } = await test.account()
    const lock = await test.core.closePeriod({ body: { accountId: id, closedThrough: plainDate('2026-03-31') } }, test.call)
    const days = ['2026-03-31', '2026-04-01', '2026-03-01']
    const settled = await Promise.allSettled(days.map((date) => record(id, { kind: 'deposit', date, amount: '1' })))
    expect(settled.map(codeOf)).toEqual(['period_closed', 'recorded', 'period_closed'])
    await test.core.reopenPeriod({ params: { lockId: lock.id }, body: { reason: 'the test is over' } }, test.call)
  })

  it('are recorded once per key', async () => {
    const { id } = await test.account()
    const pay = (key: string) => record(id, { kind: 'deposit', date: '2026-03-01', amount: '1' }, key)
    const replies = await Promise.all([pay('once'), pay('twice'), pay('once'), pay('twice')])
    expect(new Set(replies.map(({ transaction }) => transaction.id)).size).toBe(2)
    expect((await pay('once')).transaction.id).toBe(replies[0]?.transaction.id)
    const { items } = await test.core.listTransactions({ query: { accountId: id } }, test.call)
    expect(items.length).toBe(2)
  })
})
