import { instant } from '@pe/finance/time/instant.ts'
import { FixedClock } from '@pe/platform/clock/clock.ts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type CoreUnderTest, coreUnderTest, day, type Shorthand, vwce } from './core-service.ts'

let test: CoreUnderTest
const clock = new FixedClock(instant('2026-11-22T12:00:00Z'))
const at = (hour: number) => instant(`2026-11-22T${String(hour).padStart(2, '0')}:00:00Z`)

beforeAll(async () => {
  test = await coreUnderTest(clock)
})
afterAll(() => test.stop())

const buy: Shorthand = { kind: 'buy', date: '2026-03-02', instrumentId: vwce, quantity: '10', price: '100' }

/** Recorded at 13, corrected at 14 (12 units), voided at 15, reinstated at 16. */
async function changingAccount() {
  const account = await test.account()
  const portfolio = await test.core.createPortfolio(
    { body: { name: account.name, baseCurrency: 'EUR', accountIds: [account.id] } },
    test.call,
  )
  clock.moveTo(at(13))
  const first = await test.record(account.id, { ...buy, note: 'as told by phone' })
  clock.moveTo(at(14))
  const corrected = await test.core.replaceTransaction(
    {
      params: { transactionId: first.transaction.id },
      ifMatch: 1,
      body: { reason: 'the statement says 12', transaction: { ...buy, date: day(buy.date), quantity: '12', fee: '1' } },
    },
    test.callAs({ userId: '01900000-0000-7000-8000-0000000000ff' }),
  )
  clock.moveTo(at(15))
  const { id } = corrected.transaction
  await test.core.voidTransaction({ params: { transactionId: id }, ifMatch: 1, body: { reason: 'another account' } }, test.call)
  clock.moveTo(at(16))
  const again = await test.core.reinstateTransaction({ params: { transactionId: id }, body: {} }, test.call)
  return { account, portfolio, first: first.transaction.id, corrected: id, again: again.transaction.id }
}

describe('the book as it was known', () => {
  it('tells positions, cash, the journal and the ledger of each moment', async () => {
    const { account, portfolio, first, corrected, again } = await changingAccount()
    const seen = async (hour: number) => {
      const knownAt = at(hour)
      const query = { knownAt }
      const positions = await test.core.portfolioPositions({ params: { portfolioId: portfolio.id }, query }, test.call)
      const own = await test.core.accountPositions({ params: { accountId: account.id }, query }, test.call)
      expect(own.positions).toEqual(positions.positions)
      const journal = await test.core.listTransactions({ query: { accountId: account.id, knownAt } }, test.call)
      const { entries } = await test.core.ledger({ body: { accountIds: [account.id], knownAt } }, test.call)
      expect(entries.ids).toEqual(journal.items.map(({ id }) => id))
      return [positions.positions[0]?.quantity, positions.cash[0]?.balance.amount, journal.items.map(({ id, state }) => [id, state])]
    }
    expect(await seen(12)).toEqual([undefined, undefined, []])
    expect(await seen(13)).toEqual(['10', '-1000', [[first, 'posted']]])
    expect(await seen(14)).toEqual(['12', '-1201', [[corrected, 'posted']]])
    expect(await seen(15)).toEqual([undefined, undefined, []])
    expect(await seen(16)).toEqual(['12', '-1201', [[again, 'posted']]])
    expect(await seen(17)).toEqual(await seen(16))
  })

  it('shows a transaction as it stood, without what was done to it later', async () => {
    const { account, first, corrected } = await changingAccount()
    const get = (transactionId: string, hour: number) =>
      test.core.getTransaction({ params: { transactionId }, query: { knownAt: at(hour) } }, test.call)
    expect(await get(first, 13)).toMatchObject({ state: 'posted', replacedBy: null, voidReason: null })
    expect(await get(first, 14)).toMatchObject({ state: 'void', replacedBy: corrected, voidReason: 'the statement says 12' })
    expect(await get(corrected, 15)).toMatchObject({ state: 'void', replacedBy: null, voidReason: 'another account' })
    await expect(get(first, 12)).rejects.toMatchObject({ code: 'not_found' })
    const voids = (hour: number) =>
      test.core.listTransactions({ query: { accountId: account.id, state: 'void', knownAt: at(hour) } }, test.call)
    expect((await voids(13)).items).toEqual([])
    expect((await voids(14)).items.map(({ id }) => id)).toEqual([first])
  })

  it('follows units that came from another account by transfers of that time alone', async () => {
    const [from, to] = [await test.account(), await test.account()]
    clock.moveTo(at(17))
    await test.record(from.id, buy)
    clock.moveTo(at(18))
    await test.record(from.id, { kind: 'transfer', date: '2026-03-05', instrumentId: vwce, quantity: '4', toAccountId: to.id })
    const held = async (knownAt: string) =>
      (await test.core.accountPositions({ params: { accountId: to.id }, query: { knownAt } }, test.call)).positions[0]?.lots
    expect(await held(at(17))).toBeUndefined()
    expect(await held(at(18))).toMatchObject([{ acquiredOn: '2026-03-02', quantity: '4', cost: { amount: '400' } }])
  })
})

describe('the history of a transaction', () => {
  it('says who did what, when and why, from whichever version it is asked', async () => {
    const { first, corrected, again } = await changingAccount()
    const of = async (transactionId: string) => (await test.core.transactionHistory({ params: { transactionId } }, test.call)).acts
    const acts = await of(corrected)
    expect(acts.map(({ act, at: moment, reason }) => [act, moment, reason])).toEqual([
      ['recorded', '2026-11-22T13:00:00.000Z', null],
      ['corrected', '2026-11-22T14:00:00.000Z', 'the statement says 12'],
      ['voided', '2026-11-22T15:00:00.000Z', 'another account'],
      ['reinstated', '2026-11-22T16:00:00.000Z', null],
    ])
    expect(acts.map(({ by }) => by.slice(-2))).toEqual(['02', 'ff', '02', '02'])
    expect(acts[1]?.changes).toEqual([
      { field: 'quantity', before: '10', after: '12' },
      { field: 'amount', before: '1000 EUR', after: '1200 EUR' },
      { field: 'fee', before: '0 EUR', after: '1 EUR' },
      { field: 'note', before: 'as told by phone', after: null },
    ])
    expect(acts.map(({ transactions }) => transactions.map(({ id }) => id))).toEqual([[first], [corrected], [corrected], [again]])
    expect(await of(first)).toEqual(acts)
    expect(await of(again)).toEqual(acts)
  })

  it('tells an event as one, with its legs', async () => {
    const account = await test.account()
    const event = { kind: 'dividend-reinvested' as const, date: day('2026-03-02'), instrumentId: vwce, quantity: '2', price: '105' }
    clock.moveTo(at(19))
    const { legs } = await test.core.recordEvent({ params: { accountId: account.id }, body: event }, test.call)
    clock.moveTo(at(20))
    const transactionId = legs[1]?.id ?? ''
    const body = { event: { ...event, quantity: '3' } }
    await test.core.replaceByEvent({ params: { transactionId }, ifMatch: 1, body }, test.call)
    const { acts } = await test.core.transactionHistory({ params: { transactionId } }, test.call)
    expect(acts.map(({ act, eventKind, transactions }) => [act, eventKind, transactions.length])).toEqual([
      ['recorded', 'dividend-reinvested', 2],
      ['corrected', 'dividend-reinvested', 2],
    ])
    expect(acts[1]?.changes).toEqual([
      { field: 'quantity', before: '2', after: '3' },
      { field: 'amount', before: '210 EUR', after: '315 EUR' },
    ])
  })

  it('is not found of what is not there', async () => {
    const nobody = { params: { transactionId: '01900000-0000-7000-8000-00000000cccc' } }
    await expect(test.core.transactionHistory(nobody, test.call)).rejects.toMatchObject({ code: 'not_found' })
  })
})
