import type { SheetLine } from '@pe/contracts/sheet.ts'
import { plainDate } from '@pe/finance/time/plain-date.ts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { apple, type CoreUnderTest, coreUnderTest, type Shorthand, vwce } from './core-service.ts'

let test: CoreUnderTest

beforeAll(async () => {
  test = await coreUnderTest()
})
afterAll(() => test.stop())

const buy: Shorthand = { kind: 'buy', date: '2026-03-02', instrumentId: vwce, quantity: '10', price: '100' }
const sell: Shorthand = { kind: 'sell', date: '2026-04-01', instrumentId: vwce, quantity: '10', price: '120' }
const deposit: Shorthand = { kind: 'deposit', date: '2026-03-01', amount: '1000' }

function stated({ date, ...rest }: Shorthand): NonNullable<SheetLine['transaction']> {
  return { ...rest, date: plainDate(date) }
}

const tryIt = (lines: SheetLine[]) => test.core.saveSheet({ body: { lines, dryRun: true } }, test.call)
const save = (lines: SheetLine[], reason?: string) => test.core.saveSheet({ body: { lines, ...(reason ? { reason } : {}) } }, test.call)
const journal = async (accountId: string) => (await test.core.listTransactions({ query: { accountId } }, test.call)).items

describe('a sheet', () => {
  it('records, corrects and voids in one step, announced once for each account', async () => {
    const account = await test.account()
    const [kept, wrong, gone] = [
      await test.record(account.id, buy),
      await test.record(account.id, deposit),
      await test.record(account.id, deposit),
    ]
    await test.news()
    const { verdicts } = await save(
      [
        { line: 7, accountId: account.id, transaction: stated(sell) },
        { line: 2, transactionId: wrong.transaction.id, version: 1, transaction: stated({ ...deposit, amount: '900' }) },
        { line: 3, transactionId: gone.transaction.id, version: 1 },
      ],
      'from the bank statement',
    )
    expect(verdicts.map(({ line, result }) => [line, result])).toEqual([
      [7, 'recorded'],
      [2, 'replaced'],
      [3, 'voided'],
    ])
    expect((await journal(account.id)).map(({ kind, amount }) => [kind, amount])).toEqual([
      ['sell', '1200'],
      ['buy', '1000'],
      ['deposit', '900'],
    ])
    expect(kept.transaction.version).toBe(1)
    const old = await test.core.getTransaction({ params: { transactionId: wrong.transaction.id }, query: {} }, test.call)
    expect(old).toMatchObject({ state: 'void', voidReason: 'from the bank statement', replacedBy: verdicts[1]?.transactionId })
    expect((await test.news()).map(({ name }) => name)).toEqual(['transaction-recorded'])
  })

  it('writes nothing when one line is refused, and says which and why', async () => {
    const account = await test.account()
    await expect(
      save([
        { line: 1, accountId: account.id, transaction: stated(buy) },
        { line: 2, accountId: account.id, transaction: stated({ ...sell, quantity: '11' }) },
      ]),
    ).rejects.toMatchObject({
      code: 'rows_in_error',
      errors: [{ path: 'line 2', code: 'not_enough_units', facts: { held: '10', leaving: '11' } }],
    })
    expect(await journal(account.id)).toEqual([])
  })

  it('sees its lines together: a purchase in the sheet covers a sale in it, whatever their order', async () => {
    const account = await test.account()
    const lines = [
      { line: 1, accountId: account.id, transaction: stated(sell) },
      { line: 2, accountId: account.id, transaction: stated(buy) },
    ]
    expect((await tryIt(lines)).verdicts.map(({ result }) => result)).toEqual(['fits', 'fits'])
    expect(await journal(account.id)).toEqual([])
  })

  it('refuses to void a purchase that a standing sale needs, and a line that is out of date', async () => {
    const account = await test.account()
    const { transaction } = await test.record(account.id, buy)
    await test.record(account.id, sell)
    const { verdicts } = await tryIt([{ line: 1, transactionId: transaction.id, version: 1 }])
    expect(verdicts).toMatchObject([{ result: 'refused', code: 'not_enough_units', facts: { held: '0', account: account.name } }])
    const late = await tryIt([{ line: 1, transactionId: transaction.id, version: 2, transaction: stated(buy) }])
    expect(late.verdicts).toMatchObject([{ result: 'refused', code: 'changed_meanwhile' }])
  })

  it('refuses a choice of lots that are not there, and to void the purchase that a recorded choice needs', async () => {
    const account = await test.account()
    const { transaction: lot } = await test.record(account.id, buy)
    const { transaction: spare } = await test.record(account.id, buy)
    const chosen = (units: string) => stated({ ...sell, quantity: units, lots: [{ transactionId: lot.id, quantity: units }] })
    const two = [
      { line: 1, accountId: account.id, transaction: chosen('6') },
      { line: 2, accountId: account.id, transaction: chosen('5') },
    ]
    await expect(save(two)).rejects.toMatchObject({
      code: 'rows_in_error',
      facts: { refused: '1', rows: '2' },
      errors: [{ path: 'line 2', code: 'lots_do_not_match' }],
    })
    await save(two.slice(0, 1))
    const gone = [{ line: 1, transactionId: lot.id, version: 1 }]
    await expect(save(gone)).rejects.toMatchObject({ errors: [{ path: 'line 1', code: 'lots_do_not_match' }] })
    await save([{ line: 1, transactionId: spare.id, version: 1 }])
  })

  it.each<[string, Partial<Shorthand>, string]>([
    ['an unknown instrument', { instrumentId: '01900000-0000-7000-8000-00000000dddd' }, 'instrument_missing'],
    ['a day to come', { date: '2026-12-01' }, 'date_in_future'],
    ['nineteen places', { quantity: '0.1234567890123456789' }, 'too_precise'],
    ['no units', { quantity: '0' }, 'not_positive'],
  ])('judges each line by the rules of a single one: %s', async (_, change, code) => {
    const account = await test.account()
    const { verdicts } = await tryIt([{ line: 4, accountId: account.id, transaction: stated({ ...buy, ...change }) }])
    expect(verdicts).toMatchObject([{ line: 4, result: 'refused', code }])
  })

  it('says where cash would end a day below nothing because of it, and nothing of what was so before', async () => {
    const account = await test.account()
    await test.record(account.id, deposit)
    const lines = [
      { line: 1, accountId: account.id, transaction: stated(buy) },
      { line: 2, accountId: account.id, transaction: stated({ ...buy, date: '2026-03-05', instrumentId: apple, quantity: '2' }) },
    ]
    expect((await tryIt(lines)).cashBelowZero).toEqual([{ accountId: account.id, currency: 'EUR', from: '2026-03-05', lowest: '-200' }])
    await save(lines)
    const harmless = await tryIt([{ line: 1, accountId: account.id, transaction: stated({ ...deposit, date: '2026-03-06', amount: '5' }) }])
    expect(harmless.cashBelowZero).toEqual([])
  })

  it('takes ten thousand lines at once', async () => {
    const account = await test.account()
    const lines = Array.from({ length: 10_000 }, (_, at) => ({
      line: at + 1,
      accountId: account.id,
      transaction: stated({ ...buy, quantity: '1', price: '1.25' }),
    }))
    const { verdicts } = await save(lines)
    expect(verdicts).toHaveLength(10_000)
    expect((await test.core.getAccount({ params: { accountId: account.id } }, test.call)).transactionCount).toBe(10_000)
  })
})
