import type { AccountChoice } from '@pe/contracts/action-applications.ts'
import type { CorporateAction } from '@pe/contracts/actions.ts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { actionsOfMarket, apple, type CoreUnderTest, coreUnderTest, day, row, vwce } from './core-service.ts'

let test: CoreUnderTest
let made = 0

beforeAll(async () => {
  test = await coreUnderTest()
})
afterAll(() => test.stop())

function action(terms: Partial<CorporateAction> & Pick<CorporateAction, 'kind'>): string {
  made += 1
  const id = `01900000-0000-7000-8000-0000000c${String(made).padStart(4, '0')}`
  const common = { instrumentId: vwce, exDate: day('2026-03-02'), currency: 'EUR', note: '', version: 1 }
  actionsOfMarket.set(id, { id, ...common, recordedAt: '2026-01-01T00:00:00.000Z', removedAt: null, ...terms })
  return id
}

const split = (after = '2', before = '1', more: Partial<CorporateAction> = {}) =>
  action({ kind: 'split', ratio: { new: after, old: before }, ...more })
const preview = (actionId: string, accounts?: AccountChoice[]) =>
  test.core.previewAction({ params: { actionId }, body: accounts ? { accounts } : {} }, test.call)
const apply = (actionId: string, ...accounts: AccountChoice[]) =>
  test.core.applyAction({ params: { actionId }, body: { accounts } }, test.call)
const undo = (applicationId: string) => test.core.undoActionApplication({ params: { applicationId }, body: {} }, test.call)
const positions = (accountId: string, asOf = '2026-12-31') =>
  test.core.accountPositions({ params: { accountId }, query: { asOf: day(asOf) } }, test.call)
const ledger = (...accountIds: string[]) => test.core.ledger({ body: { accountIds } }, test.call)

const sale = (quantity: string) => ({ kind: 'sell', quantity }) as const
/** A sale of 20 February, before the ex-dates. */
const importInto = (accountId: string, one: ReturnType<typeof sale>) => {
  const accounts = [{ key: 'depot', accountId, account: { name: 'Depot', currency: 'EUR' } }]
  const transactions = [row(1, { date: '2026-02-20', ...one })]
  const body = { importId: test.deps.ids.next(), dryRun: false, skipRefused: false, accounts, transactions }
  return test.core.recordBatch({ body }, test.call)
}

/** 10 VWCE for 1,000 of January; the rest of 5,000 in cash. */
async function holder() {
  const { id } = await test.account()
  await test.record(id, { kind: 'deposit', date: '2026-01-02', amount: '5000' })
  await test.record(id, { kind: 'buy', date: '2026-01-05', instrumentId: vwce, quantity: '10', amount: '1000' })
  return id
}

const held = async (accountId: string) =>
  (await positions(accountId)).positions.map(({ instrumentId, quantity }) => [instrumentId === vwce ? 'VWCE' : 'Apple', quantity])

describe('applying a corporate action', () => {
  it('shows what it would do, does it, and takes it back; the journal keeps both', async () => {
    const accountId = await holder()
    const before = await positions(accountId)
    const journal = await test.core.listTransactions({ query: { accountId } }, test.call)
    const actionId = split()
    const { effects } = await preview(actionId, [{ accountId }])
    expect(effects).toMatchObject([
      {
        accountId,
        before: {
          positions: [{ quantity: '10', lots: [{ acquiredOn: '2026-01-05', cost: { amount: '1000' } }] }],
          cash: [{ amount: '4000' }],
        },
        after: {
          positions: [{ quantity: '20', lots: [{ acquiredOn: '2026-01-05', cost: { amount: '1000' } }] }],
          cash: [{ amount: '4000' }],
        },
        legs: [{ kind: 'split', quantity: '10' }],
      },
    ])
    expect(await positions(accountId)).toEqual(before)
    await test.news()

    const applied = await apply(actionId, { accountId })
    expect(applied.accounts).toMatchObject([{ accountId, legs: [{ id: `${applied.id}/${accountId}/split`, quantity: '10' }] }])
    expect(await test.news()).toMatchObject([
      { name: 'transaction-recorded', body: { accountId, instrumentIds: [vwce], effectiveFrom: '2026-03-02' } },
    ])
    expect(await held(accountId)).toEqual([['VWCE', '20']])
    expect((await positions(accountId, '2026-03-01')).positions).toMatchObject([{ quantity: '10' }])
    const sold = await test.record(accountId, { kind: 'sell', date: '2026-04-01', instrumentId: vwce, quantity: '4', amount: '300' })
    expect(sold.unitsAfter).toBe('16')
    await test.core.voidTransaction({ params: { transactionId: sold.transaction.id }, body: {}, ifMatch: 1 }, test.call)

    const undone = await undo(applied.id)
    expect(undone).toMatchObject({ undoneBy: test.call.actor.userId, accounts: [{ legs: [{ quantity: '10' }] }] })
    expect(await positions(accountId)).toEqual(before)
    expect(await test.core.listTransactions({ query: { accountId } }, test.call)).toEqual(journal)
    const { items } = await test.core.listActionApplications({ query: { accountId } }, test.call)
    expect(items).toEqual([undone])
    await expect(undo(applied.id)).rejects.toMatchObject({ code: 'already_undone' })

    const again = await apply(actionId, { accountId })
    expect(await held(accountId)).toEqual([['VWCE', '20']])
    const page = await test.core.listActionApplications({ query: { accountId, limit: 1 } }, test.call)
    const rest = await test.core.listActionApplications({ query: { accountId, cursor: page.next ?? '' } }, test.call)
    expect([...page.items, ...rest.items].map(({ id }) => id).sort()).toEqual([applied.id, again.id].sort())
  })

  it('is for those that hold the instrument, once each', async () => {
    const [one, two] = [await holder(), await holder()]
    const actionId = split('3', '1')
    const asked = (await preview(actionId)).effects.map(({ accountId }) => accountId)
    expect(asked).toEqual(expect.arrayContaining([one, two]))
    await apply(actionId, { accountId: one })
    expect((await preview(actionId)).effects.map(({ accountId }) => accountId)).not.toContain(one)
    await expect(preview(actionId, [{ accountId: one }])).rejects.toMatchObject({ code: 'already_applied' })
    await expect(apply(actionId, { accountId: two }, { accountId: one })).rejects.toMatchObject({ code: 'already_applied' })
    expect(await held(two)).toEqual([['VWCE', '10']])
    const both = await Promise.allSettled([apply(actionId, { accountId: two }), apply(actionId, { accountId: two })])
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    expect(await held(two)).toEqual([['VWCE', '30']])
  })

  it('follows what is recorded before it later, and what is held in the ledger of the day', async () => {
    const accountId = await holder()
    const applied = await apply(split(), { accountId })
    await test.record(accountId, { kind: 'buy', date: '2026-02-02', instrumentId: vwce, quantity: '3', amount: '300' })
    await test.record(accountId, { kind: 'buy', date: '2026-03-02', instrumentId: vwce, quantity: '1', amount: '55' })
    expect(await held(accountId)).toEqual([['VWCE', '27']])
    await undo(applied.id)
    expect(await held(accountId)).toEqual([['VWCE', '14']])
  })

  it('keeps later sales covered, when it is applied, undone or what it rests on is voided', async () => {
    const accountId = await holder()
    const applied = await apply(split(), { accountId })
    await test.record(accountId, { kind: 'sell', date: '2026-04-01', instrumentId: vwce, quantity: '15', amount: '900' })
    await expect(undo(applied.id)).rejects.toMatchObject({ code: 'not_enough_units' })
    const reverse = split('1', '10', { exDate: day('2026-03-20') })
    await expect(preview(reverse, [{ accountId }])).rejects.toMatchObject({ code: 'not_enough_units' })
    await expect(apply(reverse, { accountId })).rejects.toMatchObject({ code: 'not_enough_units' })
    const { items } = await test.core.listTransactions({ query: { accountId, kind: 'buy' } }, test.call)
    const voided = test.core.voidTransaction({ params: { transactionId: items[0]?.id ?? '' }, body: {}, ifMatch: 1 }, test.call)
    await expect(voided).rejects.toMatchObject({ code: 'not_enough_units' })
    expect(await held(accountId)).toEqual([['VWCE', '5']])
  })

  it('joins instruments: units received are covered by units given up', async () => {
    const accountId = await holder()
    const merger = action({ kind: 'merger', ratio: { new: '1', old: '2' }, intoInstrumentId: apple, cashPerUnit: '5', costShare: '0.9' })
    const applied = await apply(merger, { accountId })
    expect(await held(accountId)).toEqual([['Apple', '5']])
    expect((await positions(accountId)).cash).toMatchObject([{ balance: { amount: '4050' } }])
    const sold = await test.record(accountId, { kind: 'sell', date: '2026-04-01', instrumentId: apple, quantity: '5', amount: '900' })
    expect(sold.unitsAfter).toBe('0')
    await expect(
      test.record(accountId, { kind: 'sell', date: '2026-04-02', instrumentId: vwce, quantity: '1', amount: '90' }),
    ).rejects.toMatchObject({
      code: 'not_enough_units',
    })
    const { items } = await test.core.listTransactions({ query: { accountId, kind: 'buy' } }, test.call)
    const voided = test.core.voidTransaction({ params: { transactionId: items[0]?.id ?? '' }, body: {}, ifMatch: 1 }, test.call)
    await expect(voided).rejects.toMatchObject({ code: 'not_enough_units' })
    await expect(undo(applied.id)).rejects.toMatchObject({ code: 'not_enough_units' })
  })

  it('takes the choices of each account: where the cash goes, what was paid for the fraction, how much cost goes along', async () => {
    const [accountId, cash] = [await holder(), (await test.account()).id]
    const reverse = split('1', '4', { fractionPrice: '400' })
    const { effects } = await preview(reverse, [{ accountId, cashAccountId: cash, cashInLieu: '180' }])
    expect(effects).toMatchObject([{ cashAccountId: cash, before: { cash: [] }, after: { cash: [{ amount: '180', currency: 'EUR' }] } }])
    await apply(reverse, { accountId, cashAccountId: cash, cashInLieu: '180' })
    expect(await held(accountId)).toEqual([['VWCE', '2']])
    expect((await positions(cash)).cash).toMatchObject([{ balance: { amount: '180', currency: 'EUR' } }])
    expect(
      (await test.news())
        .filter(({ name }) => name === 'transaction-recorded')
        .slice(-2)
        .map(({ body }) => (body as { accountId: string }).accountId),
    ).toEqual(expect.arrayContaining([accountId, cash]))

    const spinOff = action({
      kind: 'spin-off',
      ratio: { new: '1', old: '1' },
      intoInstrumentId: apple,
      costShare: '0.2',
      exDate: day('2026-05-04'),
    })
    await apply(spinOff, { accountId, costShare: '0.5' })
    const lots = (await positions(accountId)).positions.flatMap((position) => position.lots.map(({ cost }) => cost?.amount))
    expect(lots).toEqual(['400', '400'])
  })

  it('leaves what others sent to their own books: it stays there to sell, import against and undo', async () => {
    const [sender, accountId] = [await holder(), (await test.account()).id]
    await test.record(sender, {
      kind: 'transfer',
      date: '2026-02-02',
      instrumentId: vwce,
      quantity: '4',
      amount: '400',
      toAccountId: accountId,
    })
    const bought = await test.record(accountId, { kind: 'buy', date: '2026-02-03', instrumentId: vwce, quantity: '1', amount: '100' })
    const applied = await apply(split(), { accountId })
    const sold = await test.record(accountId, { kind: 'sell', date: '2026-04-01', instrumentId: vwce, quantity: '8', amount: '400' })
    expect(sold.unitsAfter).toBe('2')
    await test.core.voidTransaction({ params: { transactionId: bought.transaction.id }, body: {}, ifMatch: 1 }, test.call)
    expect(await held(accountId)).toEqual([])
    await test.core.voidTransaction({ params: { transactionId: sold.transaction.id }, body: {}, ifMatch: 1 }, test.call)
    await expect(importInto(accountId, sale('5'))).rejects.toMatchObject({ code: 'rows_in_error' })
    await importInto(accountId, sale('3'))
    expect(await held(accountId)).toEqual([['VWCE', '2']])
    await undo(applied.id)
    expect(await held(accountId)).toEqual([['VWCE', '1']])
  })

  it('keeps an import from taking the units that later turned into what was sold', async () => {
    const accountId = await holder()
    await apply(action({ kind: 'merger', ratio: { new: '1', old: '2' }, intoInstrumentId: apple }), { accountId })
    await test.record(accountId, { kind: 'sell', date: '2026-04-01', instrumentId: apple, quantity: '4', amount: '900' })
    await expect(importInto(accountId, sale('3'))).rejects.toMatchObject({ code: 'rows_in_error' })
    const line = { line: 1, accountId, transaction: { ...sale('3'), date: day('2026-02-20'), instrumentId: vwce, amount: '300' } }
    await expect(test.core.saveSheet({ body: { lines: [line] } }, test.call)).rejects.toMatchObject({ code: 'rows_in_error' })
    await importInto(accountId, sale('2'))
    expect(await held(accountId)).toEqual([])
  })

  it('is read with the ledger: raw entries, and the actions beside them, with a new version of the book', async () => {
    const accountId = await holder()
    const before = await ledger(accountId)
    expect(before.actions).toEqual([])
    const applied = await apply(split(), { accountId })
    const after = await ledger(accountId)
    expect(after.entries).toEqual(before.entries)
    expect(after.actions).toEqual([
      {
        id: applied.id,
        kind: 'split',
        instrumentId: vwce,
        exDate: '2026-03-02',
        currency: 'EUR',
        ratio: { new: '2', old: '1' },
        accounts: [{ accountId }],
      },
    ])
    expect(after.versions[0]?.version).toBeGreaterThan(before.versions[0]?.version ?? 0)
    const changes = await test.core.ledgerChanges({ body: { accountIds: [accountId], since: before.upTo } }, test.call)
    expect(changes).toMatchObject({ days: [], entries: { ids: [] }, actions: after.actions })
    await undo(applied.id)
    expect(await ledger(accountId)).toMatchObject({ entries: before.entries, actions: [] })
  })
})

describe('what is refused', () => {
  it('a choice of lots that would be left unmatched is foretold as it is refused', async () => {
    const { id } = await test.account()
    const buy = { kind: 'buy', instrumentId: vwce } as const
    const { transaction } = await test.record(id, { ...buy, date: '2026-01-05', quantity: '4', amount: '400' })
    await test.record(id, { ...buy, date: '2026-02-02', quantity: '6', amount: '600' })
    const lots = [{ transactionId: transaction.id, quantity: '4' }]
    await test.record(id, { kind: 'sell', date: '2026-03-10', instrumentId: vwce, quantity: '4', amount: '500', lots })
    const halved = split('1', '2')
    const facts = { case: 'too-few', lot: transaction.id, held: '2', chosen: '4' }
    await expect(preview(halved, [{ accountId: id }])).rejects.toMatchObject({ code: 'lots_do_not_match', facts })
    await expect(apply(halved, { accountId: id })).rejects.toMatchObject({ code: 'lots_do_not_match', facts })
  })

  it('an account that was archived before the ex-date takes no part, and is refused by name', async () => {
    const accountId = await holder()
    const account = await test.core.getAccount({ params: { accountId } }, test.call)
    const archive = { params: { accountId }, body: { archivedOn: day('2026-02-20') }, ifMatch: account.version }
    await test.core.changeAccount(archive, test.call)
    const actionId = split()
    expect((await preview(actionId)).effects.map((effect) => effect.accountId)).not.toContain(accountId)
    const facts = { account: account.name, archived: '2026-02-20' }
    await expect(preview(actionId, [{ accountId }])).rejects.toMatchObject({ code: 'account_archived', facts })
    await expect(apply(actionId, { accountId })).rejects.toMatchObject({ code: 'account_archived', facts })
  })

  it('writes nothing', async () => {
    const accountId = await holder()
    const before = await ledger(accountId)
    const spinOff = action({ kind: 'spin-off', ratio: { new: '1', old: '1' }, intoInstrumentId: apple, costShare: '0.2' })
    const nobody = '01900000-0000-7000-8000-00000000ffff'
    await expect(apply(spinOff, { accountId, costShare: '1.5' })).rejects.toMatchObject({ code: 'cost_share_out_of_range' })
    await expect(apply(split(), { accountId, costShare: '0.5' })).rejects.toMatchObject({ code: 'field_not_allowed' })
    await expect(apply(split(), { accountId, cashInLieu: '-1' })).rejects.toMatchObject({ code: 'not_positive' })
    await expect(apply(split(), { accountId: nobody })).rejects.toMatchObject({ code: 'not_found' })
    await expect(apply(nobody, { accountId })).rejects.toMatchObject({ code: 'not_found' })
    await expect(apply(split('2', '1', { removedAt: '2026-01-01T00:00:00.000Z' }), { accountId })).rejects.toMatchObject({
      code: 'not_found',
    })
    await expect(apply(split('2', '1', { exDate: day('2099-01-01') }), { accountId })).rejects.toMatchObject({ code: 'date_in_future' })
    await test.core.closePeriod({ body: { accountId, closedThrough: day('2026-06-30'), reason: 'audited' } }, test.call)
    await expect(apply(split(), { accountId })).rejects.toMatchObject({ code: 'period_closed' })
    expect(await ledger(accountId)).toEqual(before)
  })
})
