import type { Transaction } from '@pe/contracts/transactions.ts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type CoreUnderTest, coreUnderTest, day, row, type Shorthand, vwce } from './core-service.ts'

let test: CoreUnderTest

beforeAll(async () => {
  test = await coreUnderTest()
})
afterAll(() => test.stop())

const buy: Shorthand = { kind: 'buy', date: '2026-03-02', instrumentId: vwce, quantity: '10', price: '100', state: 'draft' }
const post = ({ id, version }: Transaction) => test.core.postDraft({ params: { transactionId: id }, body: {}, ifMatch: version }, test.call)
const standing = async (accountId: string) =>
  (await test.core.listTransactions({ query: { accountId } }, test.call)).items.map(({ date, state }) => `${date} ${state}`)

describe('posting a draft', () => {
  it('makes it count, in its place, and leaves the draft in the journal as what it came from', async () => {
    const account = await test.account()
    const { transaction: draft } = await test.record(account.id, buy)
    await test.news()
    const { transaction, unitsAfter } = await post(draft)
    expect([transaction.state, transaction.replaces, unitsAfter]).toEqual(['posted', draft.id, '10'])
    expect(await test.core.getTransaction({ params: { transactionId: draft.id }, query: {} }, test.call)).toMatchObject({
      state: 'void',
      voidReason: 'posted',
      replacedBy: transaction.id,
    })
    expect((await test.news()).map(({ name }) => name)).toEqual(['transaction-recorded'])
    expect(await standing(account.id)).toEqual(['2026-03-02 posted'])
  })

  it.each<[string, Partial<Shorthand>, string]>([
    ['dated in the future', { date: '2027-01-04' }, 'date_in_future'],
    ['without its units', { quantity: undefined, price: undefined, amount: '100' } as unknown as Partial<Shorthand>, 'field_missing'],
    ['of units that are not there', { kind: 'sell' }, 'not_enough_units'],
  ])('is refused %s, and the draft stays', async (_, more, code) => {
    const account = await test.account()
    const stated = Object.fromEntries(
      Object.entries({ ...buy, ...more }).filter(([, value]) => value !== undefined),
    ) as unknown as Shorthand
    const { transaction: draft } = await test.record(account.id, stated)
    await expect(post(draft)).rejects.toMatchObject({ code })
    expect(await standing(account.id)).toEqual([`${draft.date} draft`])
  })

  it('is refused in a closed period, to somebody who saw an older version, and twice', async () => {
    const account = await test.account()
    const { transaction: draft } = await test.record(account.id, buy)
    await test.core.closePeriod({ body: { accountId: account.id, closedThrough: day('2026-03-31') } }, test.call)
    await expect(post(draft)).rejects.toMatchObject({ code: 'period_closed' })
    const { transaction: later } = await test.record(account.id, { ...buy, date: '2026-04-01' })
    await expect(post({ ...later, version: 7 })).rejects.toMatchObject({ code: 'changed_meanwhile' })
    const { transaction: posted } = await post(later)
    await expect(post(later)).rejects.toMatchObject({ code: 'changed_meanwhile' })
    await expect(post({ ...later, version: 2 })).rejects.toMatchObject({ code: 'already_void' })
    await expect(post(posted)).rejects.toMatchObject({ code: 'not_a_draft' })
  })

  it('of several goes by their days, so that a purchase comes before its sale', async () => {
    const account = await test.account()
    const { transaction: sale } = await test.record(account.id, { ...buy, kind: 'sell', date: '2026-04-01' })
    const { transaction: purchase } = await test.record(account.id, buy)
    const { posted } = await test.core.postDrafts({ body: { transactionIds: [sale.id, purchase.id] } }, test.call)
    expect(posted).toHaveLength(2)
    expect(await standing(account.id)).toEqual(['2026-04-01 posted', '2026-03-02 posted'])
  })

  it('of several posts none when one is refused, and names it', async () => {
    const account = await test.account()
    const { transaction: good } = await test.record(account.id, buy)
    const { transaction: bad } = await test.record(account.id, { ...buy, date: '2027-01-04' })
    const posting = test.core.postDrafts({ body: { transactionIds: [good.id, bad.id] } }, test.call)
    await expect(posting).rejects.toMatchObject({
      code: 'rows_in_error',
      errors: [{ path: bad.id, code: 'date_in_future', detail: '2027-01-04 is after 2026-11-22' }],
    })
    expect(await standing(account.id)).toEqual(['2027-01-04 draft', '2026-03-02 draft'])
  })
})

describe('a transaction that needs a review', () => {
  it('is found by it and counted, until somebody has looked; who looked is audited', async () => {
    const account = await test.account()
    await test.record(account.id, { ...buy, state: 'posted' })
    const { transaction } = await test.record(account.id, { ...buy, state: 'posted', needsReview: 'the fee looks odd' })
    expect(transaction.needsReview).toEqual({ code: 'asked', facts: {}, detail: 'the fee looks odd' })
    const query = { accountId: account.id }
    const found = async () => (await test.core.listTransactions({ query: { ...query, needsReview: true } }, test.call)).items
    expect((await found()).map(({ id }) => id)).toEqual([transaction.id])
    expect(await test.core.openTransactions({ query }, test.call)).toEqual({ drafts: 0, needsReview: 1 })

    const reviewed = await test.core.markReviewed({ params: { transactionId: transaction.id }, body: {} }, test.call)
    expect(reviewed.needsReview).toBeNull()
    expect([await found(), await test.core.openTransactions({ query }, test.call)]).toEqual([[], { drafts: 0, needsReview: 0 }])
    const { rows } = await test.look.query(`select action from audit where subject = 'transaction:${transaction.id}' order by seq`)
    expect(rows.map(({ action }) => action)).toEqual(['transaction.record', 'transaction.reviewed'])
  })

  it('is asked for later, again after a review, and not of what is void', async () => {
    const account = await test.account()
    const { transaction } = await test.record(account.id, { ...buy, state: 'posted' })
    const params = { transactionId: transaction.id }
    await test.core.askForReview({ params, body: { reason: 'first' } }, test.call)
    await test.core.markReviewed({ params, body: {} }, test.call)
    expect((await test.core.askForReview({ params, body: { reason: 'second' } }, test.call)).needsReview?.detail).toBe('second')
    const gone = await test.core.voidTransaction({ params, body: {}, ifMatch: transaction.version }, test.call)
    expect(gone.needsReview).toBeNull()
    await expect(test.core.askForReview({ params, body: { reason: 'x' } }, test.call)).rejects.toMatchObject({ code: 'already_void' })
    expect(await test.core.openTransactions({ query: { accountId: account.id } }, test.call)).toEqual({ drafts: 0, needsReview: 0 })
  })

  it('comes from an importer too', async () => {
    const importId = '01900000-0000-7000-8000-0000000000e2'
    const depot = await test.account()
    const accounts = [{ key: 'depot', accountId: depot.id, account: { name: depot.name, currency: 'EUR' } }]
    const transactions = [row(1, { date: '2026-03-02', needsReview: 'no fee in the file' }), row(2, { date: '2026-03-03' })]
    await test.core.recordBatch({ body: { importId, dryRun: false, skipRefused: false, accounts, transactions } }, test.call)
    const { items } = await test.core.listTransactions({ query: { accountId: depot.id } }, test.call)
    expect(items.map(({ needsReview }) => needsReview?.detail ?? null)).toEqual([null, 'no fee in the file'])
  })
})
