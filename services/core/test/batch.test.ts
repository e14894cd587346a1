import type { BatchTransaction } from '@pe/contracts/batches.ts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { apple, type CoreUnderTest, coreUnderTest, row, vwce } from './core-service.ts'

let test: CoreUnderTest

beforeAll(async () => {
  test = await coreUnderTest()
})
afterAll(() => test.stop())

let imports = 0
const nextImport = () => {
  imports += 1
  return `01900000-0000-7000-8000-${String(imports).padStart(12, '0')}`
}
const depot = { key: 'depot', account: { name: 'Depot', currency: 'EUR' } }

function record(
  transactions: BatchTransaction[],
  more: { importId?: string; name?: string; dryRun?: boolean; skipRefused?: boolean; accounts?: object[] } = {},
) {
  const { importId = nextImport(), name = 'Main', dryRun = false, skipRefused = false } = more
  const accounts = (more.accounts ?? [depot]) as (typeof depot)[]
  const body = { importId, dryRun, skipRefused, accounts, portfolio: { name, baseCurrency: 'EUR' }, transactions }
  return test.core.recordBatch({ body }, test.call)
}
const undo = (importId: string) => test.core.undoBatch({ params: { importId }, body: {} }, test.call)
const results = ({ rows }: { rows: { row: number; result: string; code?: string }[] }) =>
  rows.map((one) => `${one.row} ${one.code ?? one.result}`)
const portfolioNames = async () => (await test.core.listPortfolios({ query: {} }, test.call)).items.map(({ name }) => name)
const journalOf = async (accountId: string) => (await test.core.listTransactions({ query: { accountId } }, test.call)).items

describe('a batch', () => {
  it('opens its portfolio and accounts, records its rows, and announces once per account', async () => {
    const accounts = [depot, { key: 'cash', account: { name: 'Cash', currency: 'EUR' } }]
    const answer = await record(
      [
        row(1, { date: '2026-03-02', cashAccountKey: 'cash' }),
        row(2, { date: '2026-02-02', kind: 'buy', quantity: '3' }),
        row(3, { date: '2027-02-02', state: 'draft', instrumentId: apple }),
      ],
      { name: 'Opened', accounts },
    )
    expect(results(answer)).toEqual(['1 recorded', '2 recorded', '3 recorded'])
    expect(answer.accounts.map(({ key, created }) => [key, created])).toEqual([
      ['depot', true],
      ['cash', true],
    ])
    const portfolio = await test.core.getPortfolio({ params: { portfolioId: answer.portfolioId ?? '' } }, test.call)
    expect(portfolio).toMatchObject({ name: 'Opened', baseCurrency: 'EUR', firstDay: '2026-02-02', transactionCount: 2 })
    const [depotId, cashId] = portfolio.accountIds
    const facts = await test.news()
    expect(facts.map(({ name }) => name)).toEqual([
      'account-changed',
      'account-changed',
      'portfolio-changed',
      'transaction-recorded',
      'transaction-recorded',
    ])
    expect(facts.slice(3).map(({ body }) => body)).toEqual(
      expect.arrayContaining([
        { accountId: depotId, version: 1, instrumentIds: [vwce], effectiveFrom: '2026-02-02' },
        { accountId: cashId, version: 1, instrumentIds: [vwce], effectiveFrom: '2026-03-02' },
      ]),
    )
  })

  it('recorded again adds nothing, and meets its accounts by their keys', async () => {
    const rows = [row(1, { date: '2026-03-02' }), row(2, { date: '2026-03-03' })]
    const first = await record(rows, { name: 'Again' })
    const again = await record([...rows, row(3, { date: '2026-03-04' })], { name: 'again' })
    expect(results(again)).toEqual(['1 duplicate', '2 duplicate', '3 recorded'])
    expect(again.accounts).toEqual([{ key: 'depot', accountId: first.accounts[0]?.accountId, created: false }])
    expect(again.portfolioId).toBe(first.portfolioId)
  })

  it('takes the same key twice in one batch as one row, and in two accounts as two', async () => {
    const accounts = [depot, { key: 'other', account: { name: 'Other', currency: 'EUR' } }]
    const rows = [
      row(1, { date: '2026-03-02', sourceKey: 'same' }),
      row(2, { date: '2026-03-02', sourceKey: 'same' }),
      row(3, { date: '2026-03-02', sourceKey: 'same', accountKey: 'other' }),
    ]
    expect(results(await record(rows, { name: 'Twice', accounts }))).toEqual(['1 recorded', '2 duplicate', '3 recorded'])
  })

  it('with a refused row keeps nothing at all and names the rows', async () => {
    await test.news()
    const rows = [
      row(1, { date: '2026-03-02' }),
      row(2, { date: '2026-12-02' }),
      row(3, { date: '2026-03-02', kind: 'sell', quantity: '5' }),
    ]
    const refused = record(rows, { name: 'Refused' })
    await expect(refused).rejects.toMatchObject({
      code: 'rows_in_error',
      errors: [
        { path: 'row 2', code: 'date_in_future' },
        { path: 'row 3', code: 'not_enough_units', detail: expect.stringContaining('holds 1 of instrument VWCE, but 5 are sold') },
      ],
    })
    expect([await portfolioNames(), await test.news()]).toEqual([expect.not.arrayContaining(['Refused']), []])
  })

  it('leaves refused rows out when asked to, and checks the rest without them', async () => {
    const rows = [
      row(1, { date: '2026-03-02', quantity: '2' }),
      row(2, { date: '2026-12-02', quantity: '9' }),
      row(3, { date: '2026-03-03', kind: 'sell', quantity: '5' }),
      row(4, { date: '2026-03-04', kind: 'sell', quantity: '2' }),
      row(5, { date: '2026-03-04', accountKey: 'nowhere' }),
      row(6, { date: '2026-03-04', amount: '0.12345678901' }),
    ]
    const answer = await record(rows, { name: 'Skipped', skipRefused: true })
    expect(results(answer)).toEqual(['1 recorded', '2 date_in_future', '3 not_enough_units', '4 recorded', '5 not_found', '6 too_precise'])
    expect(await journalOf(answer.accounts[0]?.accountId ?? '')).toHaveLength(2)
  })

  it('records a row of two transactions whole or not at all', async () => {
    const rows = [
      row(1, { date: '2026-03-02', quantity: '2' }),
      row(1, { date: '2026-12-02', sourceKey: 'row-1 b' }),
      row(2, { date: '2026-03-03', kind: 'sell', quantity: '5' }),
      row(2, { date: '2026-03-03', instrumentId: apple, sourceKey: 'row-2 b' }),
      row(3, { date: '2026-03-04', kind: 'sell', instrumentId: apple }),
      row(4, { date: '2026-03-05', quantity: '3' }),
    ]
    const answer = await record(rows, { name: 'Whole rows', skipRefused: true })
    expect(results(answer)).toEqual(['1 date_in_future', '2 not_enough_units', '3 not_enough_units', '4 recorded'])
    expect(await journalOf(answer.accounts[0]?.accountId ?? '')).toHaveLength(1)
  })

  it('refuses its own back-dated sale rather than one that stands', async () => {
    const first = await record([row(1, { date: '2026-03-02' }), row(2, { date: '2026-03-10', kind: 'sell' })], { name: 'Stands' })
    const rows = [row(3, { date: '2026-03-05', kind: 'sell' }), row(4, { date: '2026-03-04', quantity: '2', instrumentId: apple })]
    expect(results(await record(rows, { name: 'Stands', skipRefused: true }))).toEqual(['3 not_enough_units', '4 recorded'])
    expect(await journalOf(first.accounts[0]?.accountId ?? '')).toHaveLength(3)
  })

  it('puts what comes in before what leaves on one day, whatever the order of the file', async () => {
    const rows = [row(1, { date: '2026-03-02', kind: 'sell' }), row(2, { date: '2026-03-02' })]
    expect(results(await record(rows, { name: 'Unordered' }))).toEqual(['1 recorded', '2 recorded'])
  })

  it('only answers in a dry run', async () => {
    await test.news()
    const rows = [row(1, { date: '2026-03-02' }), row(2, { date: '2026-03-02', kind: 'sell', quantity: '2' })]
    const answer = await record(rows, { name: 'Dry', dryRun: true })
    expect([results(answer), answer.portfolioId, answer.accounts[0]?.created]).toEqual([['1 recorded', '2 not_enough_units'], null, true])
    expect([await portfolioNames(), await test.news()]).toEqual([expect.not.arrayContaining(['Dry']), []])
  })

  it('names its accounts apart from those that have the name', async () => {
    const { accounts } = await record([row(1, { date: '2026-03-02' })], { name: 'Apart' })
    const account = await test.core.getAccount({ params: { accountId: accounts[0]?.accountId ?? '' } }, test.call)
    expect(account.name).toBe('Depot (Apart)')
  })

  it('of an unknown currency is refused', async () => {
    const accounts = [{ key: 'depot', account: { name: 'Moon', currency: 'XXQ' } }]
    await expect(record([], { name: 'Moon', accounts })).rejects.toMatchObject({ code: 'unknown_currency' })
  })
})

describe('an undone batch', () => {
  it('leaves nothing of it, and the same file can be imported again', async () => {
    const importId = nextImport()
    const rows = [row(1, { date: '2026-03-02' }), row(2, { date: '2026-03-03' })]
    const first = await record(rows, { name: 'Undone', importId })
    await test.news()
    expect(await undo(importId)).toEqual({ voided: 2, accountsRemoved: 1, portfolioRemoved: true })
    expect((await test.news()).map(({ name }) => name)).toEqual(['transaction-recorded', 'account-changed', 'portfolio-changed'])
    expect(await portfolioNames()).not.toContain('Undone')
    await expect(test.core.getAccount({ params: { accountId: first.accounts[0]?.accountId ?? '' } }, test.call)).rejects.toMatchObject({
      code: 'not_found',
    })
    expect(await undo(importId)).toEqual({ voided: 0, accountsRemoved: 0, portfolioRemoved: false })
    expect(results(await record(rows, { name: 'Undone' }))).toEqual(['1 recorded', '2 recorded'])
    expect(await portfolioNames()).toContain('Undone')
  })

  it('takes corrected rows along and keeps accounts that others use', async () => {
    const importId = nextImport()
    const { accounts } = await record([row(1, { date: '2026-03-02' })], { name: 'Corrected', importId })
    const accountId = accounts[0]?.accountId ?? ''
    const [imported] = await journalOf(accountId)
    const transaction = {
      kind: 'buy' as const,
      date: row(1, { date: '2026-03-02' }).date,
      instrumentId: vwce,
      quantity: '2',
      amount: '200',
    }
    await test.core.replaceTransaction({ params: { transactionId: imported?.id ?? '' }, body: { transaction }, ifMatch: 1 }, test.call)
    expect(results(await record([row(1, { date: '2026-03-02' })], { name: 'Corrected' }))).toEqual(['1 duplicate'])
    await test.record(accountId, { kind: 'deposit', date: '2026-03-05', amount: '5' })
    expect(await undo(importId)).toEqual({ voided: 1, accountsRemoved: 0, portfolioRemoved: false })
    expect((await journalOf(accountId)).map(({ kind }) => kind)).toEqual(['deposit'])
  })

  it('is refused while a later sale needs its units', async () => {
    const importId = nextImport()
    const { accounts } = await record([row(1, { date: '2026-03-02' })], { name: 'Needed', importId })
    await test.record(accounts[0]?.accountId ?? '', { kind: 'sell', date: '2026-03-05', instrumentId: vwce, quantity: '1', amount: '120' })
    await expect(undo(importId)).rejects.toMatchObject({ code: 'not_enough_units' })
    expect(await journalOf(accounts[0]?.accountId ?? '')).toHaveLength(2)
  })

  it('is not found when nothing was imported so', async () => {
    await expect(undo(nextImport())).rejects.toMatchObject({ code: 'not_found' })
  })
})

describe('a file that the book itself has written', () => {
  it('brings nothing again: accounts are met by their names, transactions by their ids, corrected ones too', async () => {
    const accounts = [{ key: 'x1', account: { name: 'Giro', currency: 'EUR' } }]
    const first = await record([row(1, { date: '2026-03-02', accountKey: 'x1' }), row(2, { date: '2026-03-03', accountKey: 'x1' })], {
      name: 'Own',
      accounts,
    })
    const accountId = first.accounts[0]?.accountId ?? ''
    const exported = await journalOf(accountId)
    const again = () =>
      record(
        exported.map(({ id, date }, at) => row(at + 1, { date, accountKey: 'Giro', sourceKey: `id:${id}` })),
        { name: 'Own', accounts: [{ key: 'Giro', account: { name: 'Giro', currency: 'EUR' } }] },
      )
    const answer = await again()
    expect(answer.accounts).toMatchObject([{ accountId, created: false }])
    expect(results(answer)).toEqual(['1 duplicate', '2 duplicate'])
    const [one] = exported
    const transaction = { kind: 'deposit', date: '2026-03-04', amount: '7' } as never
    await test.core.replaceTransaction({ params: { transactionId: one?.id ?? '' }, body: { transaction }, ifMatch: 1 }, test.call)
    expect(results(await again())).toEqual(['1 duplicate', '2 duplicate'])
    expect(await journalOf(accountId)).toHaveLength(2)
  })
})
