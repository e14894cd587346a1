import type { CorporateAction } from '@pe/contracts/actions.ts'
import type { BatchTransaction } from '@pe/contracts/batches.ts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { actionsOfMarket, apple, type CoreUnderTest, coreUnderTest, day, row, type Shorthand, vwce } from './core-service.ts'

let test: CoreUnderTest
let [imports, made] = [0, 0]

beforeAll(async () => {
  test = await coreUnderTest()
})
afterAll(() => test.stop())

const nextImport = () => {
  imports += 1
  return `01900000-0000-7000-8000-0000000d${String(imports).padStart(4, '0')}`
}
const depot = { name: 'Depot', currency: 'EUR' } as const
const destination = (accountId: string, otherId?: string) => ({
  accounts: [
    { key: 'depot', accountId, account: depot },
    ...(otherId === undefined ? [] : [{ key: 'other', accountId: otherId, account: depot }]),
  ],
})
interface Judgement {
  readonly rows: { readonly row: number; readonly result: string; readonly code?: string | undefined }[]
}
const words = ({ rows }: Judgement) => rows.map((one) => `${one.row} ${one.code ?? one.result}`)

/** The two ways in which rows of a file come into the book; each tells the rows that are not recorded. */
const ways = {
  async 'in one request'(transactions: BatchTransaction[], accountId: string, otherId?: string) {
    const body = { importId: nextImport(), dryRun: false, skipRefused: true, transactions, ...destination(accountId, otherId) }
    const answer = await test.core.recordBatch({ body }, test.call)
    return words({ rows: answer.rows.filter(({ result }) => result !== 'recorded') })
  },
  async staged(transactions: BatchTransaction[], accountId: string, otherId?: string) {
    const params = { importId: nextImport() }
    const to = destination(accountId, otherId)
    await test.core.stageRows({ params, body: { ...to, from: 0, transactions } }, test.call)
    await test.core.judgeStaged({ params, body: to }, test.call)
    const verdicts = await test.core.stagedVerdicts({ params, body: { after: 0, limit: 100 } }, test.call)
    await test.core.recordStaged({ params, body: { ...to, skipRefused: true, instruments: [] } }, test.call)
    return words(verdicts)
  },
}

const buy = (date: string, quantity = '10'): Shorthand => ({ kind: 'buy', date, instrumentId: vwce, quantity, amount: '1000' })
const sell = (date: string, quantity: string, lots?: Record<string, string>): Shorthand => ({
  ...buy(date, quantity),
  kind: 'sell',
  ...(lots ? { lots: Object.entries(lots).map(([transactionId, units]) => ({ transactionId, quantity: units })) } : {}),
})

async function threeLots() {
  const { id } = await test.account()
  const lot = async (date: string) => (await test.record(id, buy(date))).transaction
  return { id, old: await lot('2026-01-05'), middle: await lot('2026-02-05'), young: await lot('2026-03-05') }
}

const unitsOf = async (accountId: string) =>
  (await test.core.accountPositions({ params: { accountId }, query: {} }, test.call)).positions.map(({ quantity }) => quantity)

const split = (after: string, before: string): string => known({ kind: 'split', ratio: { new: after, old: before } })
/** Two of the one become one of the other. */
const merger = (): string => known({ kind: 'merger', ratio: { new: '1', old: '2' }, intoInstrumentId: apple })

function known(terms: Pick<CorporateAction, 'kind' | 'ratio' | 'intoInstrumentId'>): string {
  made += 1
  const id = `01900000-0000-7000-8000-0000000e${String(made).padStart(4, '0')}`
  const action: CorporateAction = {
    id,
    ...terms,
    instrumentId: vwce,
    exDate: day('2026-03-10'),
    currency: 'EUR',
    note: '',
    version: 1,
    recordedAt: '2026-01-01T00:00:00.000Z',
    removedAt: null,
  }
  actionsOfMarket.set(id, action)
  return id
}
const apply = (actionId: string, accountId: string) =>
  test.core.applyAction({ params: { actionId }, body: { accounts: [{ accountId }] } }, test.call)

describe.each(Object.entries(ways))('rows of a file, %s,', (_, judge) => {
  it('are refused where they choose lots that are not there, or more of one than there is; the others are recorded', async () => {
    const { id, old, middle } = await threeLots()
    const nowhere = '01900000-0000-7000-8000-00000000dddd'
    const refused = await judge(
      [
        row(1, sell('2026-04-01', '6', { [old.id]: '6' })),
        row(2, sell('2026-04-02', '5', { [old.id]: '5' })),
        row(3, sell('2026-04-03', '1', { [nowhere]: '1' })),
        row(4, sell('2026-04-04', '4', { [old.id]: '4' })),
        row(5, sell('2026-02-01', '1', { [middle.id]: '1' })),
      ],
      id,
    )
    expect(refused).toEqual(['2 lots_do_not_match', '3 lots_do_not_match', '5 lots_do_not_match'])
    expect(await unitsOf(id)).toEqual(['20'])
  })

  it('are refused where they take a lot that a recorded sale chose, the last of them', async () => {
    const { id, old } = await threeLots()
    await test.record(id, sell('2026-04-01', '8', { [old.id]: '8' }))
    expect(await judge([row(1, sell('2026-03-20', '2')), row(2, sell('2026-03-21', '1')), row(3, sell('2026-04-02', '1'))], id)).toEqual([
      '2 lots_do_not_match',
    ])
    expect(await unitsOf(id)).toEqual(['19'])
  })

  it('are judged again where a transfer is refused for its lots: what it would have brought is missing there', async () => {
    const { id, old } = await threeLots()
    const other = await test.account()
    const moved = { ...sell('2026-04-01', '11', { [old.id]: '11' }), kind: 'transfer' as const }
    const { amount: _, ...transfer } = moved
    const rows = [row(1, { ...transfer, toAccountKey: 'other' }), row(2, { ...sell('2026-04-02', '3'), accountKey: 'other' })]
    expect(await judge(rows, id, other.id)).toEqual(['1 lots_do_not_match', '2 not_enough_units'])
    expect(await unitsOf(id)).toEqual(['30'])
  })

  it('see corporate actions that were applied: a split brings the units they sell, a reverse split takes them', async () => {
    const { id } = await test.account()
    await test.record(id, buy('2026-01-05'))
    await apply(split('2', '1'), id)
    expect(await judge([row(1, sell('2026-04-01', '15')), row(2, sell('2026-04-02', '6'))], id)).toEqual(['2 not_enough_units'])
    expect(await unitsOf(id)).toEqual(['5'])

    const { id: less } = await test.account()
    await test.record(less, buy('2026-01-05'))
    await apply(split('1', '5'), less)
    expect(await judge([row(1, sell('2026-04-01', '3'))], less)).toEqual(['1 not_enough_units'])
    expect(await unitsOf(less)).toEqual(['2'])
  })

  it('are refused where they take, before a merger, what it turned into what was sold', async () => {
    const { id } = await test.account()
    await test.record(id, buy('2026-01-05'))
    await apply(merger(), id)
    await test.record(id, { ...sell('2026-04-01', '4'), instrumentId: apple })
    const rows = [row(1, sell('2026-02-20', '1')), row(2, sell('2026-02-21', '1')), row(3, sell('2026-02-22', '1'))]
    expect(await judge(rows, id)).toEqual(['3 not_enough_units'])
    expect(await unitsOf(id)).toEqual([])
  })

  it('are not refused for what a split makes of units that another row, which is refused, did not have', async () => {
    const { id } = await test.account()
    await test.record(id, buy('2026-01-05'))
    await apply(split('2', '1'), id)
    await test.record(id, sell('2026-04-01', '15'))
    const rows = [row(1, sell('2026-02-20', '12')), row(2, sell('2026-02-21', '1')), row(3, sell('2026-02-22', '1'))]
    expect(await judge(rows, id)).toEqual(['1 not_enough_units'])
    expect(await unitsOf(id)).toEqual(['1'])
  })

  it('sell what another account sent, though its book is not theirs', async () => {
    const [{ id: sender }, { id }] = [await test.account(), await test.account()]
    await test.record(sender, buy('2026-01-05'))
    const { amount: _, ...transfer } = { ...sell('2026-01-06', '4'), kind: 'transfer' as const }
    await test.record(sender, { ...transfer, toAccountId: id })
    expect(await judge([row(1, sell('2026-02-20', '5')), row(2, sell('2026-02-21', '3'))], id)).toEqual(['1 not_enough_units'])
    expect(await unitsOf(id)).toEqual(['1'])
  })
})

describe('a sale that chose its lot', () => {
  it('holds the import that brought the lot: it cannot be undone', async () => {
    const { id } = await test.account()
    const importId = nextImport()
    const body = { importId, dryRun: false, skipRefused: false, transactions: [row(1, buy('2026-01-05'))], ...destination(id) }
    await test.core.recordBatch({ body }, test.call)
    const [{ id: lot } = { id: '' }] = (await test.core.listTransactions({ query: { accountId: id } }, test.call)).items
    await test.record(id, buy('2026-01-06'))
    await test.record(id, sell('2026-04-01', '5', { [lot]: '5' }))
    await expect(test.core.undoBatch({ params: { importId }, body: {} }, test.call)).rejects.toMatchObject({ code: 'lots_do_not_match' })
    expect(await unitsOf(id)).toEqual(['15'])
  })

  it('stands in the way of a corporate action that leaves too little of it', async () => {
    const { id, old } = await threeLots()
    await test.record(id, sell('2026-04-01', '2', { [old.id]: '2' }))
    await test.news()
    await expect(apply(split('1', '10'), id)).rejects.toMatchObject({ code: 'lots_do_not_match' })
    expect(await test.news()).toEqual([])
    expect(await unitsOf(id)).toEqual(['28'])
  })

  it('stands in the way of undoing one that it needs', async () => {
    const { id, old } = await threeLots()
    const { id: applicationId } = await apply(split('2', '1'), id)
    await test.record(id, sell('2026-04-01', '15', { [old.id]: '15' }))
    const undone = test.core.undoActionApplication({ params: { applicationId }, body: {} }, test.call)
    await expect(undone).rejects.toMatchObject({ code: 'lots_do_not_match' })
    expect(await unitsOf(id)).toEqual(['45'])
  })
})
