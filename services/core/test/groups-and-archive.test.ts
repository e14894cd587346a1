import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { apple, type CoreUnderTest, coreUnderTest, day, row, vwce } from './core-service.ts'

let test: CoreUnderTest

beforeAll(async () => {
  test = await coreUnderTest()
})
afterAll(() => test.stop())

const portfolio = (name: string, accountIds: string[]) =>
  test.core.createPortfolio({ body: { name, baseCurrency: 'EUR', accountIds } }, test.call)
const read = (portfolioId: string) => test.core.getPortfolio({ params: { portfolioId } }, test.call)
const group = (name: string, portfolioIds: string[]) =>
  test.core.createPortfolio({ body: { name, baseCurrency: 'CHF', accountIds: [], portfolioIds } }, test.call)

describe('a portfolio', () => {
  it('says what it is for, since when it counts and what it is compared with', async () => {
    const body = { name: 'Pension', baseCurrency: 'EUR', accountIds: [], type: 'retirement' as const, benchmarkId: vwce }
    const made = await test.core.createPortfolio({ body: { ...body, inceptionDate: day('2020-02-29') } }, test.call)
    expect(made).toMatchObject({ type: 'retirement', inceptionDate: '2020-02-29', benchmarkId: vwce, archivedOn: null, portfolioIds: [] })
    const change = { type: 'company', inceptionDate: null, benchmarkId: null } as const
    const changed = await test.core.changePortfolio({ params: { portfolioId: made.id }, body: change, ifMatch: 1 }, test.call)
    expect(changed).toMatchObject({ ...change, version: 2 })
    const unknown = { ...body, name: 'Other', benchmarkId: '01900000-0000-7000-8000-00000000dddd' }
    await expect(test.core.createPortfolio({ body: unknown }, test.call)).rejects.toMatchObject({ code: 'instrument_missing' })
  })

  it('rests in the archive with its figures until it is taken out again', async () => {
    const made = await portfolio('Archived', [])
    const params = { portfolioId: made.id }
    const late = { params, body: { archivedOn: day('9999-01-01') }, ifMatch: 1 }
    await expect(test.core.changePortfolio(late, test.call)).rejects.toMatchObject({ code: 'date_in_future' })
    const archived = await test.core.changePortfolio({ params, body: { archivedOn: day('2024-05-01') }, ifMatch: 1 }, test.call)
    expect(archived.archivedOn).toBe('2024-05-01')
    const back = await test.core.changePortfolio({ params, body: { archivedOn: null }, ifMatch: 2 }, test.call)
    expect(back.archivedOn).toBeNull()
  })
})

describe('a group', () => {
  it('shows the accounts of its portfolios in order, one of two of them once, and follows them', async () => {
    const [a, b, c] = [await test.account(), await test.account(), await test.account()]
    const [first, second] = [await portfolio('First', [b.id, a.id]), await portfolio('Second', [a.id, c.id])]
    await test.record(a.id, { kind: 'deposit', date: '2026-03-02', amount: '10' })
    const both = await group('Both', [second.id, first.id])
    expect(both).toMatchObject({ type: 'group', portfolioIds: [second.id, first.id], accountIds: [a.id, c.id, b.id], transactionCount: 1 })

    await test.news()
    const narrowed = { params: { portfolioId: second.id }, body: { accountIds: [c.id] }, ifMatch: 1 }
    await test.core.changePortfolio(narrowed, test.call)
    expect(await read(both.id)).toMatchObject({ accountIds: [c.id, b.id, a.id] })
    expect(await test.news()).toEqual([
      { name: 'portfolio-changed', body: { portfolioId: second.id } },
      { name: 'portfolio-changed', body: { portfolioId: both.id } },
    ])

    const turned = { params: { portfolioId: both.id }, body: { portfolioIds: [first.id] }, ifMatch: 1 }
    expect(await test.core.changePortfolio(turned, test.call)).toMatchObject({ portfolioIds: [first.id], accountIds: [b.id, a.id] })
  })

  it('has no accounts of its own, stands in no group, and takes no import', async () => {
    const account = await test.account()
    const only = await portfolio('Only', [account.id])
    const made = await group('Of one', [only.id])
    const changed = (portfolioId: string, body: object) =>
      test.core.changePortfolio({ params: { portfolioId }, body, ifMatch: 1 }, test.call)
    const refused = { code: 'field_not_allowed' }
    await expect(changed(made.id, { accountIds: [account.id] })).rejects.toMatchObject(refused)
    await expect(changed(made.id, { type: 'company' })).rejects.toMatchObject(refused)
    await expect(changed(only.id, { portfolioIds: [] })).rejects.toMatchObject(refused)
    await expect(group('Of a group', [made.id])).rejects.toMatchObject(refused)
    await expect(batch('Of one', '01900000-0000-7000-8000-00000000a001')).rejects.toMatchObject(refused)
    expect(await read(made.id)).toMatchObject({ accountIds: [account.id], version: 1 })
  })

  it('gains what an import brings to one of its portfolios, and loses it with the import', async () => {
    const target = await portfolio('Imported into', [])
    const made = await group('Of the imported', [target.id])
    const importId = '01900000-0000-7000-8000-00000000a002'
    const { accounts } = await batch('Imported into', importId)
    expect((await read(made.id)).accountIds).toEqual(accounts.map(({ accountId }) => accountId))
    const undone = await test.core.undoBatch({ params: { importId }, body: {} }, test.call)
    expect(undone).toMatchObject({ accountsRemoved: 1 })
    expect((await read(made.id)).accountIds).toEqual([])
  })
})

describe('an archived account', () => {
  it('keeps its history and takes nothing of a later day until it is taken out again', async () => {
    const account = await test.account({ name: 'Closed depot' })
    await test.record(account.id, { kind: 'buy', date: '2026-03-02', instrumentId: apple, quantity: '2', amount: '20' })
    const change = (archivedOn: string | null, ifMatch: number) =>
      test.core.changeAccount(
        { params: { accountId: account.id }, body: { archivedOn: archivedOn === null ? null : day(archivedOn) }, ifMatch },
        test.call,
      )
    await expect(change('2026-03-01', 1)).rejects.toMatchObject({ code: 'account_archived' })
    expect(await change('2026-03-10', 1)).toMatchObject({ archivedOn: '2026-03-10', transactionCount: 1 })

    const later = { kind: 'deposit', date: '2026-03-11', amount: '1' } as const
    await expect(test.record(account.id, later)).rejects.toMatchObject({ code: 'account_archived' })
    const other = await test.account()
    const transfer = { kind: 'transfer', date: '2026-03-11', amount: '1', toAccountId: account.id } as const
    await expect(test.record(other.id, transfer)).rejects.toMatchObject({ code: 'account_archived' })
    await test.record(account.id, { ...later, date: '2026-03-10' })

    expect(await change(null, 2)).toMatchObject({ archivedOn: null })
    await test.record(account.id, later)
  })

  it('takes back nothing that was voided before: it would stand after the day of archiving', async () => {
    const account = await test.account()
    const { transaction } = await test.record(account.id, { kind: 'deposit', date: '2026-03-11', amount: '1' })
    const params = { transactionId: transaction.id }
    await test.core.voidTransaction({ params, body: {}, ifMatch: transaction.version }, test.call)
    const archive = { params: { accountId: account.id }, body: { archivedOn: day('2026-03-10') }, ifMatch: 1 }
    await test.core.changeAccount(archive, test.call)
    const facts = { date: '2026-03-11', archived: '2026-03-10' }
    await expect(test.core.reinstateTransaction({ params, body: {} }, test.call)).rejects.toMatchObject({ code: 'account_archived', facts })
  })
})

describe('an archived portfolio', () => {
  it('takes no import of a later day, and says so row by row', async () => {
    const portfolio = await test.core.createPortfolio({ body: { name: 'Old times', baseCurrency: 'EUR', accountIds: [] } }, test.call)
    const change = { params: { portfolioId: portfolio.id }, body: { archivedOn: day('2026-03-10') }, ifMatch: portfolio.version }
    await test.core.changePortfolio(change, test.call)
    const into = {
      accounts: [{ key: 'depot', account: { name: 'Depot of old', currency: 'EUR' } }],
      portfolio: { name: 'Old times', baseCurrency: 'EUR' },
    }
    const transactions = [row(1, { date: '2026-03-10' }), row(2, { date: '2026-03-11' })]
    const body = { ...into, importId: 'aaaaaaaa-0000-4000-8000-00000000cc01', dryRun: true, skipRefused: false, transactions }
    const { rows } = await test.core.recordBatch({ body }, test.call)
    const facts = { date: '2026-03-11', archived: '2026-03-10', name: 'Old times' }
    expect(rows).toMatchObject([{ result: 'recorded' }, { row: 2, result: 'refused', code: 'portfolio_archived', facts }])
  })
})

function batch(name: string, importId: string) {
  const accounts = [{ key: 'depot', account: { name: `Depot of ${name}`, currency: 'EUR' } }]
  const body = { importId, dryRun: false, skipRefused: false, accounts, portfolio: { name, baseCurrency: 'EUR' } }
  return test.core.recordBatch({ body: { ...body, transactions: [row(1, { date: '2026-03-02' })] } }, test.call)
}
