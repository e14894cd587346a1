import { asText } from '@pe/contracts/ledger-columns.fixture.ts'
import { transactionsIn } from '@pe/contracts/ledger-reading.ts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { apple, type CoreUnderTest, coreUnderTest, day, vwce } from './core-service.ts'

let test: CoreUnderTest

beforeAll(async () => {
  test = await coreUnderTest()
})
afterAll(() => test.stop())

const portfolio = (name: string, accountIds: string[] = []) =>
  test.core.createPortfolio({ body: { name, baseCurrency: 'EUR', accountIds } }, test.call)

describe('accounts', () => {
  it('are opened under a name of their own and changed in the version that was seen', async () => {
    const account = await test.account({ name: 'Depot', note: 'main' })
    expect(account).toMatchObject({
      name: 'Depot',
      currency: 'EUR',
      openedOn: null,
      allowsShort: false,
      note: 'main',
      transactionCount: 0,
      version: 1,
    })
    await expect(test.account({ name: 'DEPOT' })).rejects.toMatchObject({ code: 'name_taken' })
    await expect(test.account({ currency: 'XXQ' })).rejects.toMatchObject({ code: 'unknown_currency' })
    const change = { params: { accountId: account.id }, body: { name: 'Main depot', openedOn: day('2020-01-01') }, ifMatch: 1 }
    expect(await test.core.changeAccount(change, test.call)).toMatchObject({ name: 'Main depot', openedOn: '2020-01-01', version: 2 })
    await expect(test.core.changeAccount(change, test.call)).rejects.toMatchObject({ code: 'changed_meanwhile' })
    expect(await test.news()).toEqual([
      { name: 'account-changed', body: { accountId: account.id } },
      { name: 'account-changed', body: { accountId: account.id } },
    ])
  })

  it('are listed by name in pages, those of a portfolio too', async () => {
    const [b, a] = [await test.account({ name: 'b of two' }), await test.account({ name: 'A of two' })]
    const { id: portfolioId } = await portfolio('Two', [b.id, a.id])
    const first = await test.core.listAccounts({ query: { portfolioId, limit: 1 } }, test.call)
    const second = await test.core.listAccounts({ query: { portfolioId, limit: 1, cursor: first.next ?? '' } }, test.call)
    expect([...first.items, ...second.items].map(({ name }) => name)).toEqual(['A of two', 'b of two'])
    expect(second.next).toBeNull()
  })
})

describe('portfolios', () => {
  it('show accounts in the order given, and the span of what is posted in them', async () => {
    const [depot, cash] = [await test.account(), await test.account()]
    const made = await portfolio('Shown', [depot.id, cash.id])
    expect(made).toMatchObject({ costMethod: 'fifo', accountIds: [depot.id, cash.id], firstDay: null, lastDay: null, transactionCount: 0 })
    await test.record(depot.id, { kind: 'deposit', date: '2026-03-02', amount: '10', cashAccountId: cash.id })
    await test.record(cash.id, { kind: 'deposit', date: '2026-05-04', amount: '10' })
    await test.record(cash.id, { kind: 'deposit', date: '2027-05-04', amount: '10', state: 'draft' })
    const read = await test.core.getPortfolio({ params: { portfolioId: made.id } }, test.call)
    expect(read).toMatchObject({ firstDay: '2026-03-02', lastDay: '2026-05-04', transactionCount: 2 })
    const { transactionCount } = await test.core.getAccount({ params: { accountId: cash.id } }, test.call)
    expect(transactionCount).toBe(2)
    const found = await test.core.listPortfolios({ query: { name: 'sHOWN' } }, test.call)
    expect(found.items).toEqual([read])
  })

  it('are changed in the version that was seen', async () => {
    const account = await test.account()
    const { id } = await portfolio('Before', [account.id])
    const change = { params: { portfolioId: id }, body: { name: 'After', costMethod: 'average-cost' as const, accountIds: [] }, ifMatch: 1 }
    expect(await test.core.changePortfolio(change, test.call)).toMatchObject({
      name: 'After',
      costMethod: 'average-cost',
      accountIds: [],
      version: 2,
    })
    await expect(test.core.changePortfolio(change, test.call)).rejects.toMatchObject({ code: 'changed_meanwhile' })
    await expect(portfolio('AFTER')).rejects.toMatchObject({ code: 'name_taken' })
    await expect(portfolio('Nobody', ['01900000-0000-7000-8000-00000000cccc'])).rejects.toMatchObject({ code: 'not_found' })
  })
})

describe('positions', () => {
  it('tell lots under either cost method, on any day, with lots that came by transfer from elsewhere', async () => {
    const [a, b, outside] = [await test.account(), await test.account(), await test.account()]
    const { id: portfolioId } = await portfolio('Lots', [a.id, b.id])
    await test.record(a.id, { kind: 'buy', date: '2026-01-05', instrumentId: vwce, quantity: '6', amount: '600' })
    await test.record(b.id, { kind: 'buy', date: '2026-02-02', instrumentId: vwce, quantity: '8', amount: '880' })
    await test.record(outside.id, {
      kind: 'delivery-in',
      date: '2025-06-02',
      instrumentId: apple,
      quantity: '2',
      amount: '300',
      currency: 'USD',
    })
    await test.record(outside.id, { kind: 'transfer', date: '2026-02-03', instrumentId: apple, quantity: '1', toAccountId: a.id })
    await test.record(b.id, { kind: 'sell', date: '2026-03-02', instrumentId: vwce, quantity: '4', amount: '500', fee: '4.90' })
    const at = async (asOf: string, costMethod: 'fifo' | 'average-cost') => {
      const { positions } = await test.core.portfolioPositions(
        { params: { portfolioId }, query: { asOf: day(asOf), costMethod } },
        test.call,
      )
      return positions.map(({ quantity, lots }) => [
        quantity,
        lots.map((lot) => `${lot.quantity} of ${lot.acquiredOn}: ${lot.cost?.amount} ${lot.cost?.currency}`),
      ])
    }
    expect(await at('2026-01-31', 'fifo')).toEqual([['6', ['6 of 2026-01-05: 600 EUR']]])
    expect(await at('2026-11-22', 'fifo')).toEqual([
      ['10', ['6 of 2026-01-05: 600 EUR', '4 of 2026-02-02: 440 EUR']],
      ['1', ['1 of 2025-06-02: 150 USD']],
    ])
    expect((await at('2026-11-22', 'average-cost'))[0]).toEqual(['10', ['6 of 2026-01-05: 634.28 EUR', '4 of 2026-01-05: 422.86 EUR']])
    const { cash } = await test.core.portfolioPositions({ params: { portfolioId }, query: {} }, test.call)
    expect(cash.map(({ balance }) => balance.amount)).toEqual(['-600', '-384.9'])
  })

  it('have no one cost in an average that mixes currencies', async () => {
    const account = await test.account()
    await test.record(account.id, { kind: 'buy', date: '2026-01-05', instrumentId: vwce, quantity: '1', amount: '100' })
    await test.record(account.id, { kind: 'buy', date: '2026-01-06', instrumentId: vwce, quantity: '1', amount: '100', currency: 'USD' })
    const query = { costMethod: 'average-cost' as const }
    const { positions } = await test.core.accountPositions({ params: { accountId: account.id }, query }, test.call)
    expect(positions[0]?.lots).toMatchObject([{ accountId: account.id, acquiredOn: '2026-01-05', quantity: '2', cost: null }])
  })

  it('of cash add up to the postings of every kind', async () => {
    const [account, other] = [await test.account(), await test.account()]
    const on = (kind: 'deposit' | 'withdrawal' | 'fee' | 'tax-refund' | 'interest' | 'interest-charge', amount: string, more = {}) =>
      test.record(account.id, { kind, date: '2026-03-02', amount, ...more })
    await on('deposit', '1000')
    await on('withdrawal', '50')
    await on('fee', '3')
    await on('tax-refund', '1.5')
    await on('interest', '10', { tax: '2.5' })
    await on('interest-charge', '4')
    await test.record(account.id, { kind: 'dividend', date: '2026-03-02', instrumentId: vwce, amount: '20', tax: '5' })
    await test.record(account.id, { kind: 'transfer', date: '2026-03-02', amount: '100', toAccountId: other.id })
    await test.record(account.id, {
      kind: 'currency-exchange',
      date: '2026-03-03',
      amount: '200',
      received: { amount: '220', currency: 'USD' },
    })
    const balances = await test.core.accountPositions({ params: { accountId: account.id }, query: {} }, test.call)
    expect(balances.cash.map(({ balance }) => `${balance.amount} ${balance.currency}`)).toEqual(['667 EUR', '220 USD'])
    const before = await test.core.accountPositions({ params: { accountId: account.id }, query: { asOf: day('2026-03-02') } }, test.call)
    expect(before.cash.map(({ balance }) => balance.amount)).toEqual(['867'])
  })
})

describe('the ledger for other services', () => {
  it('comes in order, timed entries by their time, with the version of each book', async () => {
    const account = await test.account()
    const on = (time: string | undefined, amount: string) =>
      test.record(account.id, { kind: 'deposit', date: '2026-03-02', amount, ...(time ? { time } : {}) })
    await on('15:00:00', '1')
    await on(undefined, '2')
    await on('09:00:00', '3')
    await test.record(account.id, {
      kind: 'buy',
      date: '2026-03-01',
      instrumentId: vwce,
      quantity: '1.50',
      price: '2.00',
      currency: 'USD',
      cashCurrency: 'EUR',
      rate: { from: 'USD', to: 'EUR', value: '0.90' },
    })
    const { versions, entries: columns } = await test.core.ledger({ body: { accountIds: [account.id] } }, test.call)
    const entries = asText(transactionsIn(columns))
    expect(versions).toEqual([{ accountId: account.id, version: 4, currency: 'EUR' }])
    expect(entries.map(({ amount }) => amount)).toEqual(['3', '3', '2', '1'])
    expect(entries[0]).toEqual({
      id: expect.any(String),
      kind: 'buy',
      date: '2026-03-01',
      accountId: account.id,
      instrumentId: vwce,
      quantity: '1.5',
      amount: '3',
      currency: 'USD',
      fee: '0',
      tax: '0',
      cashCurrency: 'EUR',
      rate: { from: 'USD', to: 'EUR', value: '0.9' },
    })
    const ofApple = await test.core.ledger({ body: { accountIds: [account.id], instrumentIds: [apple] } }, test.call)
    expect(ofApple.entries.ids).toEqual([])
    const unused = '01900000-0000-7000-8000-00000000cccc'
    const used = await test.core.instrumentsInUse({ body: { instrumentIds: [vwce, unused] } }, test.call)
    expect(used.instrumentIds).toEqual([vwce])
  })

  it('tell the days that changed since a reading, with all that those days hold now', async () => {
    const [account, other] = [await test.account(), await test.account()]
    const deposit = (date: string, amount: string) => test.record(account.id, { kind: 'deposit', date, amount })
    const first = await deposit('2026-03-02', '1')
    await deposit('2026-03-02', '2')
    await deposit('2026-03-03', '3')
    const accountIds = [account.id]
    const { upTo } = await test.core.ledger({ body: { accountIds } }, test.call)
    const since = (change: number) => test.core.ledgerChanges({ body: { accountIds, since: change } }, test.call)
    expect(await since(upTo)).toMatchObject({ upTo, days: [], entries: { ids: [] } })

    await test.record(other.id, { kind: 'deposit', date: '2026-03-03', amount: '7' })
    expect(await since(upTo)).toMatchObject({ upTo, days: [], entries: { ids: [] } })

    await deposit('2026-03-02', '4')
    const recorded = await since(upTo)
    expect(recorded).toMatchObject({ versions: [{ version: 4 }], days: ['2026-03-02'] })
    expect(recorded.entries.amounts).toEqual(['1', '2', '4'])

    const { id: transactionId, version: ifMatch } = first.transaction
    await test.core.voidTransaction({ params: { transactionId }, body: {}, ifMatch }, test.call)
    const voided = await since(recorded.upTo)
    expect(voided.entries.amounts).toEqual(['2', '4'])
    expect(await since(voided.upTo)).toMatchObject({ days: [], entries: { ids: [] } })
  })
})
