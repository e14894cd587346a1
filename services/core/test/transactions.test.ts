import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { apple, type CoreUnderTest, coreUnderTest, day, type Shorthand, vwce } from './core-service.ts'

let test: CoreUnderTest

beforeAll(async () => {
  test = await coreUnderTest()
})
afterAll(() => test.stop())

const buy: Shorthand = { kind: 'buy', date: '2026-03-02', instrumentId: vwce, quantity: '10', price: '100', fee: '4.90' }
const sell: Shorthand = { ...buy, kind: 'sell', date: '2026-04-01', fee: '0' }

describe('a recorded transaction', () => {
  it('takes its amount from quantity and price and its currency from the account, and is announced with its account', async () => {
    const account = await test.account()
    await test.news()
    const { transaction, unitsAfter, cashAfter } = await test.record(account.id, buy)
    expect(transaction).toMatchObject({
      kind: 'buy',
      state: 'posted',
      amount: '1000',
      currency: 'EUR',
      fee: '4.9',
      tax: '0',
      quantity: '10',
      price: '100',
      cashEffect: { amount: '-1004.9', currency: 'EUR' },
      recordedAt: '2026-11-22T12:00:00.000Z',
      version: 1,
    })
    expect(unitsAfter).toBe('10')
    expect(cashAfter).toEqual([{ amount: '-1004.9', currency: 'EUR' }])
    const changed = { accountId: account.id, version: 1, instrumentIds: [vwce], effectiveFrom: '2026-03-02' }
    expect(await test.news()).toEqual([{ name: 'transaction-recorded', body: changed }])
    expect(await test.core.getTransaction({ params: { transactionId: transaction.id }, query: {} }, test.call)).toEqual(transaction)
    expect((await test.core.getAccount({ params: { accountId: account.id } }, test.call)).transactionCount).toBe(1)
  })

  it('moves cash in another currency at its own rate, else at the market’s', async () => {
    const account = await test.account({ currency: 'EUR' })
    const inDollars = { ...buy, currency: 'USD', cashCurrency: 'EUR', fee: '0' }
    const atMarket = await test.record(account.id, inDollars)
    expect(atMarket.transaction.cashEffect).toEqual({ amount: '-800', currency: 'EUR' })
    const recorded = await test.record(account.id, { ...inDollars, rate: { from: 'USD', to: 'EUR', value: '0.9' } })
    expect(recorded.transaction.cashEffect).toEqual({ amount: '-900', currency: 'EUR' })
    expect(recorded.cashAfter).toEqual([{ amount: '-1700', currency: 'EUR' }])
    const tooEarly = await test.record(account.id, { ...inDollars, date: '2014-01-02' })
    expect(tooEarly.transaction.cashEffect).toBeNull()
    expect(tooEarly.cashAfter).toEqual([])
  })

  it('touches the cash account and the receiving account too', async () => {
    const [depot, cash] = [await test.account(), await test.account()]
    await test.news()
    const bought = await test.record(depot.id, { ...buy, cashAccountId: cash.id })
    const heard = (await test.news()).map(({ body }) => body)
    expect(heard).toEqual(
      expect.arrayContaining([expect.objectContaining({ accountId: depot.id }), expect.objectContaining({ accountId: cash.id })]),
    )
    const over: Shorthand = { kind: 'transfer', date: '2026-03-05', instrumentId: vwce, quantity: '4', toAccountId: cash.id }
    expect((await test.record(depot.id, over)).unitsAfter).toBe('6')
    const positions = await test.core.accountPositions({ params: { accountId: cash.id }, query: {} }, test.call)
    expect(positions).toEqual({
      asOf: '2026-11-22',
      costMethod: 'fifo',
      lotScope: 'account',
      positions: [
        {
          instrumentId: vwce,
          quantity: '4',
          lots: [
            {
              accountId: cash.id,
              transactionId: bought.transaction.id,
              acquiredOn: '2026-03-02',
              quantity: '4',
              cost: { amount: '401.96', currency: 'EUR' },
            },
          ],
        },
      ],
      cash: [{ accountId: cash.id, balance: { amount: '-1004.9', currency: 'EUR' } }],
    })
  })

  it('keeps 18 decimals of units and 10 of money', async () => {
    const account = await test.account()
    const tiny = { ...buy, quantity: '0.000000000000000001', amount: '123456789012345678.0123456789', fee: '0' }
    const { transaction, unitsAfter } = await test.record(account.id, tiny)
    expect([transaction.quantity, transaction.amount, unitsAfter]).toEqual([tiny.quantity, tiny.amount, tiny.quantity])
    const derived = await test.record(account.id, { ...buy, quantity: '0.123456789', price: '1.123456789', fee: '0' })
    expect(derived.transaction.amount).toBe('0.1386983678')
  })

  it.each<[string, Partial<Shorthand>, string]>([
    ['after today', { date: '2026-11-23' }, 'date_in_future'],
    ['before the account was opened', { date: '2019-12-31' }, 'date_before_account_opened'],
    ['in no currency', { currency: 'XXQ' }, 'unknown_currency'],
    ['of an unknown instrument', { instrumentId: '01900000-0000-7000-8000-00000000cccc' }, 'instrument_missing'],
    ['of 10^18 euros', { amount: '1000000000000000000' }, 'too_large'],
    ['of 19 decimals', { quantity: '0.0000000000000000001' }, 'too_precise'],
    ['of 11 decimals of money', { amount: '1.00000000001' }, 'too_precise'],
    ['of no units', { quantity: '0' }, 'not_positive'],
    ['of negative money', { amount: '-1' }, 'not_positive'],
    ['with a receiver', { toAccountId: '01900000-0000-7000-8000-00000000cccc' }, 'not_found'],
    ['with a field it does not take', { received: { amount: '1', currency: 'USD' } }, 'field_not_allowed'],
  ])('is refused %s, and nothing is kept', async (_, more, code) => {
    const account = await test.account({ openedOn: day('2020-01-01') })
    await test.news()
    await expect(test.record(account.id, { ...buy, ...more })).rejects.toMatchObject({ code })
    const list = await test.core.listTransactions({ query: { accountId: account.id } }, test.call)
    expect([list.items, await test.news()]).toEqual([[], []])
  })

  it('is refused without amount, without account, and to the account it leaves', async () => {
    const account = await test.account()
    const { price: _, ...noPrice } = buy
    await expect(test.record(account.id, noPrice)).rejects.toMatchObject({ code: 'field_missing' })
    await expect(test.record('01900000-0000-7000-8000-00000000cccc', buy)).rejects.toMatchObject({ code: 'not_found' })
    const loop: Shorthand = { kind: 'transfer', date: '2026-03-02', amount: '5', toAccountId: account.id }
    await expect(test.record(account.id, loop)).rejects.toMatchObject({ code: 'same_account' })
  })
})

describe('a sale', () => {
  it('beyond the position is refused with names a person knows', async () => {
    const account = await test.account({ name: 'Depot at home' })
    await test.record(account.id, buy)
    await expect(test.record(account.id, { ...sell, quantity: '11' })).rejects.toMatchObject({
      code: 'not_enough_units',
      detail: 'on 2026-04-01 account Depot at home holds 10 of instrument VWCE, but 11 are sold',
    })
  })

  it('is refused when it is back-dated and leaves a later one uncovered', async () => {
    const account = await test.account()
    await test.record(account.id, buy)
    await test.record(account.id, sell)
    await expect(test.record(account.id, { ...sell, date: '2026-03-15', quantity: '1' })).rejects.toMatchObject({
      code: 'not_enough_units',
    })
    await expect(test.record(account.id, { ...sell, date: '2026-03-01', quantity: '1' })).rejects.toMatchObject({
      code: 'not_enough_units',
    })
  })

  it('opens a short position where the account allows it, until the rule is to be taken away', async () => {
    const account = await test.account({ allowsShort: true })
    expect((await test.record(account.id, sell)).unitsAfter).toBe('-10')
    const strict = { params: { accountId: account.id }, body: { allowsShort: false }, ifMatch: 1 }
    await expect(test.core.changeAccount(strict, test.call)).rejects.toMatchObject({ code: 'not_enough_units' })
    const late = { params: { accountId: account.id }, body: { openedOn: day('2026-05-01') }, ifMatch: 1 }
    await expect(test.core.changeAccount(late, test.call)).rejects.toMatchObject({ code: 'date_before_account_opened' })
  })

  it('lets an account be strict again that only passed on what another had sent', async () => {
    const [sender, account] = [await test.account(), await test.account({ allowsShort: true })]
    await test.record(sender.id, buy)
    await test.record(sender.id, { ...buy, kind: 'transfer', quantity: '4', toAccountId: account.id })
    const strict = { params: { accountId: account.id }, body: { allowsShort: false }, ifMatch: 1 }
    expect(await test.core.changeAccount(strict, test.call)).toMatchObject({ allowsShort: false })
  })

  it('is sold once when ten people sell the same units at the same time', async () => {
    const account = await test.account()
    await test.record(account.id, buy)
    const sales = await Promise.allSettled(Array.from({ length: 10 }, () => test.record(account.id, { ...sell, quantity: '4' })))
    expect(sales.filter(({ status }) => status === 'fulfilled')).toHaveLength(2)
    const versions = await test.core.bookVersions({ body: { accountIds: [account.id] } }, test.call)
    expect(versions.versions).toEqual([{ accountId: account.id, version: 3 }])
  })
})

describe('a draft', () => {
  it('may lie in the future and has no effect until it is posted', async () => {
    const account = await test.account()
    await test.news()
    const { transaction, unitsAfter } = await test.record(account.id, { ...sell, date: '2027-01-04', state: 'draft' })
    expect([transaction.state, unitsAfter, await test.news()]).toEqual(['draft', '0', []])
    const { entries } = await test.core.ledger({ body: { accountIds: [account.id] } }, test.call)
    expect(entries.ids).toEqual([])
  })
})

describe('a correction', () => {
  const replace = (transactionId: string, ifMatch: number, { date, ...rest }: Shorthand) =>
    test.core.replaceTransaction(
      { params: { transactionId }, ifMatch, body: { reason: 'typo', transaction: { ...rest, date: day(date) } } },
      test.call,
    )

  it('voids and records again in one step, from the earlier of both days on, at its place of the day', async () => {
    const account = await test.account()
    const { transaction: first } = await test.record(account.id, buy)
    const { transaction: sameDay } = await test.record(account.id, { ...sell, date: '2026-03-02' })
    await test.news()
    const { transaction } = await replace(first.id, 1, { ...buy, note: 'as agreed' })
    expect(transaction).toMatchObject({ replaces: first.id, note: 'as agreed', state: 'posted' })
    const old = await test.core.getTransaction({ params: { transactionId: first.id }, query: {} }, test.call)
    expect(old).toMatchObject({ state: 'void', replacedBy: transaction.id, voidReason: 'typo', version: 2 })
    const { entries } = await test.core.ledger({ body: { accountIds: [account.id] } }, test.call)
    expect(entries.ids).toEqual([transaction.id, sameDay.id])
    expect(await test.news()).toEqual([
      { name: 'transaction-recorded', body: { accountId: account.id, version: 3, instrumentIds: [vwce], effectiveFrom: '2026-03-02' } },
    ])
    await expect(replace(transaction.id, 1, { ...buy, date: '2026-03-03' })).rejects.toMatchObject({ code: 'not_enough_units' })
    await expect(replace(first.id, 2, buy)).rejects.toMatchObject({ code: 'already_void' })
  })

  it('is refused when somebody else was faster', async () => {
    const account = await test.account()
    const { transaction } = await test.record(account.id, buy)
    await expect(replace(transaction.id, 7, buy)).rejects.toMatchObject({ code: 'changed_meanwhile' })
    const both = await Promise.allSettled([1, 2].map((n) => replace(transaction.id, 1, { ...buy, quantity: `${n}` })))
    expect(both.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    expect(both.find(({ status }) => status === 'rejected')).toMatchObject({ reason: { code: 'changed_meanwhile' } })
  })
})

describe('a void', () => {
  const voided = (transactionId: string, ifMatch = 1) =>
    test.core.voidTransaction({ params: { transactionId }, body: { reason: 'twice' }, ifMatch }, test.call)
  const reinstated = (transactionId: string) => test.core.reinstateTransaction({ params: { transactionId }, body: {} }, test.call)

  it('is refused while a later sale needs the units', async () => {
    const account = await test.account()
    const { transaction } = await test.record(account.id, buy)
    await test.record(account.id, sell)
    await expect(voided(transaction.id)).rejects.toMatchObject({ code: 'not_enough_units' })
  })

  it('stays in the journal and is undone by recording the same again, once', async () => {
    const account = await test.account()
    const { transaction } = await test.record(account.id, buy)
    await test.news()
    expect(await voided(transaction.id)).toMatchObject({ state: 'void', voidReason: 'twice', version: 2 })
    expect((await test.news()).map(({ body }) => body)).toEqual([
      { accountId: account.id, version: 2, instrumentIds: [vwce], effectiveFrom: '2026-03-02' },
    ])
    await expect(voided(transaction.id)).rejects.toMatchObject({ code: 'changed_meanwhile' })
    await expect(voided(transaction.id, 2)).rejects.toMatchObject({ code: 'already_void' })
    const again = await reinstated(transaction.id)
    expect(again).toMatchObject({ transaction: { replaces: transaction.id, amount: '1000', state: 'posted' }, unitsAfter: '10' })
    await expect(reinstated(transaction.id)).rejects.toMatchObject({ code: 'not_void' })
    await expect(reinstated(again.transaction.id)).rejects.toMatchObject({ code: 'not_void' })
    const listed = await test.core.listTransactions({ query: { accountId: account.id } }, test.call)
    expect(listed.items.map(({ id }) => id)).toEqual([again.transaction.id])
    const void_ = await test.core.listTransactions({ query: { accountId: account.id, state: 'void' } }, test.call)
    expect(void_.items.map(({ id }) => id)).toEqual([transaction.id])
  })
})

describe('the journal', () => {
  it('is listed newest first, in pages, by what is asked', async () => {
    const [account, other] = [await test.account(), await test.account()]
    for (const date of ['2026-03-04', '2026-03-02', '2026-03-03']) await test.record(account.id, { ...buy, date, note: `100% of ${date}` })
    await test.record(other.id, { kind: 'deposit', date: '2026-03-05', amount: '5' })
    await test.record(account.id, { ...buy, date: '2026-03-03', instrumentId: apple })
    const portfolio = await test.core.createPortfolio(
      { body: { name: 'Listed', baseCurrency: 'EUR', accountIds: [account.id, other.id] } },
      test.call,
    )
    const list = (query: object) => test.core.listTransactions({ query: { portfolioId: portfolio.id, ...query } }, test.call)
    const days = async (query: object) => (await list(query)).items.map(({ date }) => date)
    expect(await days({})).toEqual(['2026-03-05', '2026-03-04', '2026-03-03', '2026-03-03', '2026-03-02'])
    const first = await list({ limit: 3 })
    const second = await list({ limit: 3, cursor: first.next })
    expect(new Set([...first.items, ...second.items].map(({ id }) => id)).size).toBe(5)
    expect(second.next).toBeNull()
    expect(await days({ instrumentId: apple })).toEqual(['2026-03-03'])
    expect(await days({ kind: 'deposit' })).toEqual(['2026-03-05'])
    expect(await days({ from: '2026-03-03', to: '2026-03-04' })).toEqual(['2026-03-04', '2026-03-03', '2026-03-03'])
    expect(await days({ text: '100% OF 2026-03-02' })).toEqual(['2026-03-02'])
    expect(await days({ accountId: other.id })).toEqual(['2026-03-05'])
    await expect(list({ cursor: Buffer.from('["x"]').toString('base64url') })).rejects.toMatchObject({ code: 'bad_request' })
  })

  it('cannot be rewritten or deleted, not even by its own service', async () => {
    const account = await test.account()
    const { transaction } = await test.record(account.id, buy)
    const { sql } = test.look
    await expect(sql.updateTable('transaction').set({ amount: '1' }).where('id', '=', transaction.id).execute()).rejects.toThrow(
      /never rewritten/,
    )
    await expect(sql.deleteFrom('transaction').where('id', '=', transaction.id).execute()).rejects.toThrow(/never rewritten/)
  })

  it('is invisible to another organisation', async () => {
    const account = await test.account()
    const { transaction } = await test.record(account.id, buy)
    const stranger = test.callAs({ organisationId: '00000000-0000-7000-8000-00000000000f' })
    await expect(test.core.getTransaction({ params: { transactionId: transaction.id }, query: {} }, stranger)).rejects.toMatchObject({
      code: 'not_found',
    })
    await expect(test.core.getAccount({ params: { accountId: account.id } }, stranger)).rejects.toMatchObject({ code: 'not_found' })
    expect((await test.core.ledger({ body: { accountIds: [account.id] } }, stranger)).entries.ids).toEqual([])
  })
})
