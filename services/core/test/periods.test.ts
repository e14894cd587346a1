import type { PeriodLock } from '@pe/contracts/periods.ts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type CoreUnderTest, coreUnderTest, day, row, type Shorthand, vwce } from './core-service.ts'

let test: CoreUnderTest

beforeAll(async () => {
  test = await coreUnderTest()
})
afterAll(() => test.stop())

const buy: Shorthand = { kind: 'buy', date: '2026-03-02', instrumentId: vwce, quantity: '10', price: '100' }
const closed = { code: 'period_closed' }

function close(closedThrough: string, accountId?: string): Promise<PeriodLock> {
  const body = { closedThrough: day(closedThrough), reason: 'audited', ...(accountId ? { accountId } : {}) }
  return test.core.closePeriod({ body }, test.call)
}
const entriesOf = async (accountId: string) =>
  (await test.core.listTransactions({ query: { accountId } }, test.call)).items.map(({ date, state }) => `${date} ${state}`)

describe('a closed period', () => {
  it('takes no entry on its last day, takes one on the day after, and says until when it is closed', async () => {
    const account = await test.account()
    await close('2026-03-31', account.id)
    await expect(test.record(account.id, { ...buy, date: '2026-03-31' })).rejects.toMatchObject({
      ...closed,
      detail: '2026-03-31 lies in a closed period: the account is closed through 2026-03-31',
    })
    await test.record(account.id, { ...buy, date: '2026-04-01' })
    expect(await entriesOf(account.id)).toEqual(['2026-04-01 posted'])
  })

  it('refuses to void, to correct into or out of it, and to reinstate; nothing is written', async () => {
    const account = await test.account()
    const { transaction: early } = await test.record(account.id, buy)
    const { transaction: late } = await test.record(account.id, { ...buy, date: '2026-05-04' })
    const { transaction: gone } = await test.record(account.id, { ...buy, date: '2026-02-02' })
    await test.core.voidTransaction({ params: { transactionId: gone.id }, body: {}, ifMatch: gone.version }, test.call)
    await close('2026-03-31', account.id)
    const before = await entriesOf(account.id)
    const correct = (of: { id: string; version: number }, date: string) =>
      test.core.replaceTransaction(
        { params: { transactionId: of.id }, body: { transaction: { ...buy, date: day(date) } }, ifMatch: of.version },
        test.call,
      )
    const voiding = test.core.voidTransaction({ params: { transactionId: early.id }, body: {}, ifMatch: early.version }, test.call)
    await expect(voiding).rejects.toMatchObject(closed)
    await expect(correct(early, '2026-05-05')).rejects.toMatchObject(closed)
    await expect(correct(late, '2026-03-30')).rejects.toMatchObject(closed)
    await expect(test.core.reinstateTransaction({ params: { transactionId: gone.id }, body: {} }, test.call)).rejects.toMatchObject(closed)
    expect(await entriesOf(account.id)).toEqual(before)
  })

  it('holds for whoever gives or receives: cash account and receiver', async () => {
    const [depot, cash] = [await test.account(), await test.account()]
    await close('2026-03-31', cash.id)
    await expect(test.record(depot.id, { ...buy, cashAccountId: cash.id })).rejects.toMatchObject(closed)
    const over: Shorthand = { kind: 'transfer', date: '2026-03-05', amount: '4', toAccountId: cash.id }
    await expect(test.record(depot.id, over)).rejects.toMatchObject(closed)
    await test.record(depot.id, buy)
  })

  it('keeps drafts, which are no part of the books', async () => {
    const account = await test.account()
    await close('2026-03-31', account.id)
    const { transaction } = await test.record(account.id, { ...buy, state: 'draft' })
    await test.core.voidTransaction({ params: { transactionId: transaction.id }, body: {}, ifMatch: transaction.version }, test.call)
    expect(await entriesOf(account.id)).toEqual([])
  })

  it('refuses rows of a batch one by one, and an undo as a whole', async () => {
    const importId = '01900000-0000-7000-8000-0000000000e1'
    const depot = await test.account()
    const batch = (rows: ReturnType<typeof row>[], dryRun = false) =>
      test.core.recordBatch(
        {
          body: {
            importId,
            dryRun,
            skipRefused: true,
            accounts: [{ key: 'depot', accountId: depot.id, account: { name: depot.name, currency: 'EUR' } }],
            transactions: rows,
          },
        },
        test.call,
      )
    await batch([row(1, { date: '2026-03-02' })])
    await close('2026-03-31', depot.id)
    const judged = await batch([row(2, { date: '2026-03-03' }), row(3, { date: '2026-04-03' })])
    expect(judged.rows.map(({ result, code }) => code ?? result)).toEqual(['period_closed', 'recorded'])
    await expect(test.core.undoBatch({ params: { importId }, body: {} }, test.call)).rejects.toMatchObject(closed)
    expect(await entriesOf(depot.id)).toEqual(['2026-04-03 posted', '2026-03-02 posted'])
  })

  it('is written to by whoever overrides it with a reason, which is kept with the lock and audited', async () => {
    const account = await test.account()
    const lock = await close('2026-03-31', account.id)
    await test.core.recordTransaction(
      { params: { accountId: account.id }, body: { ...buy, date: day(buy.date) } },
      { ...test.call, override: 'late statement' },
    )
    expect(await entriesOf(account.id)).toEqual(['2026-03-02 posted'])
    const { items } = await test.core.listPeriodOverrides({ params: { lockId: lock.id }, query: {} }, test.call)
    expect(items).toEqual([expect.objectContaining({ reason: 'late statement', firstDay: '2026-03-02', entries: 1 })])
    const { rows } = await test.look.query(`select action from audit where subject = 'period-lock:${lock.id}' order by seq`)
    expect(rows.map(({ action }) => action)).toEqual(['period.close', 'period.override'])
    const [told] = (await test.core.listPeriodLocks({ query: { accountId: account.id } }, test.call)).items
    expect(told).toMatchObject({ id: lock.id, overrides: 1, reopenedAt: null })
  })

  it('opens again, stays in the list with both reasons, and reopens only once', async () => {
    const account = await test.account()
    const lock = await close('2026-03-31', account.id)
    const reopened = await test.core.reopenPeriod({ params: { lockId: lock.id }, body: { reason: 'bank corrected' } }, test.call)
    expect(reopened).toMatchObject({ reason: 'audited', reopenReason: 'bank corrected', reopenedAt: '2026-11-22T12:00:00.000Z' })
    await test.record(account.id, buy)
    const again = test.core.reopenPeriod({ params: { lockId: lock.id }, body: {} }, test.call)
    await expect(again).rejects.toMatchObject({ code: 'already_reopened' })
    const closedNow = await test.core.listPeriodLocks({ query: { accountId: account.id, closed: true } }, test.call)
    expect(closedNow.items).toEqual([])
  })

  it('is not closed ahead of time, nor for an account that is not there', async () => {
    await expect(close('2026-11-23')).rejects.toMatchObject({ code: 'date_in_future' })
    await expect(close('2026-03-31', '01900000-0000-7000-8000-00000000cccc')).rejects.toMatchObject({ code: 'not_found' })
  })

  it('of all accounts is refused while there is none: the chains of accounts are where it is sealed', async () => {
    const call = test.callAs({ organisationId: '01900000-0000-7000-8000-0000000000f2' })
    await expect(test.core.closePeriod({ body: { closedThrough: day('2026-01-31') } }, call)).rejects.toMatchObject({ code: 'not_found' })
  })

  it('of all accounts holds for those opened later too', async () => {
    const lock = await close('2026-06-30')
    const account = await test.account()
    await expect(test.record(account.id, { ...buy, date: '2026-06-30' })).rejects.toMatchObject({
      ...closed,
      detail: '2026-06-30 lies in a closed period: all accounts are closed through 2026-06-30',
    })
    await test.core.reopenPeriod({ params: { lockId: lock.id }, body: {} }, test.call)
  })

  it('comes page by page', async () => {
    const account = await test.account()
    for (const last of ['2026-01-31', '2026-02-28', '2026-03-31']) await close(last, account.id)
    const first = await test.core.listPeriodLocks({ query: { accountId: account.id, closed: true, limit: 2 } }, test.call)
    const second = await test.core.listPeriodLocks(
      { query: { accountId: account.id, closed: true, limit: 2, ...(first.next ? { cursor: first.next } : {}) } },
      test.call,
    )
    const days = [...first.items, ...second.items].map(({ closedThrough }) => closedThrough)
    expect([days, second.next]).toEqual([['2026-03-31', '2026-02-28', '2026-01-31'], null])
  })
})
