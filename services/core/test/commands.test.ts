import { type Actor, localOwner } from '@pe/contracts/actor.ts'
import type { Command, CommandBody } from '@pe/contracts/commands.ts'
import { LocalBus, onTheBus } from '@pe/platform/bus/local-bus.ts'
import { idempotently } from '@pe/platform/db/idempotently.ts'
import { inProcessClient } from '@pe/platform/http/in-process-client.ts'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type CoreUnderTest, coreUnderTest, day, type Shorthand, vwce } from './core-service.ts'

let test: CoreUnderTest
let [commands, keys] = [0, 0]

beforeAll(async () => {
  test = await coreUnderTest()
})
afterAll(() => test.stop())
beforeEach(() => {
  keys += 1
})

const buy: Shorthand = { kind: 'buy', date: '2026-03-02', instrumentId: vwce, quantity: '10', price: '100' }
const sell: Shorthand = { kind: 'sell', date: '2026-04-01', instrumentId: vwce, quantity: '4', price: '120' }

const stated = (accountId: string, all: Shorthand[]): CommandBody<'record-transactions'>['transactions'] =>
  all.map(({ date, ...rest }) => ({ accountId, transaction: { ...rest, date: day(date) } }))

/** A command as a bus delivers it; each has an id of its own. */
function command(
  transactions: CommandBody<'record-transactions'>['transactions'],
  { key = `key-${keys}`, actor = localOwner }: { key?: string; actor?: Actor } = {},
): Command {
  commands += 1
  const { organisationId, ...by } = actor
  return {
    id: `0190cccc-0000-7000-8000-${String(commands).padStart(12, '0')}`,
    name: 'record-transactions',
    organisationId,
    key: `${organisationId}:sender`,
    at: '2026-11-22T12:00:00.000Z',
    traceId: 'c'.repeat(32),
    body: { by, idempotencyKey: key, transactions },
  }
}

const journal = async (accountId: string) => (await test.core.listTransactions({ query: { accountId } }, test.call)).items
const newsOf = async (name: string) => (await test.news()).filter((fact) => fact.name === name).map(({ body }) => body)

describe('record-transactions', () => {
  it('records all of them once, in the name of who sent it, however often it is delivered', async () => {
    const { id } = await test.account()
    const sender = { ...localOwner, userId: '01900000-0000-7000-8000-00000000eeee' }
    const sent = command(stated(id, [sell, buy]), { actor: sender })
    await test.news()
    await test.hearFacts([sent])
    await test.hearFacts([sent, sent])
    expect((await journal(id)).map(({ kind, amount }) => [kind, amount])).toEqual([
      ['sell', '480'],
      ['buy', '1000'],
    ])
    expect(await test.news()).toMatchObject([
      { name: 'transaction-recorded', body: { accountId: id, effectiveFrom: '2026-03-02' } },
      {
        name: 'transactions-accepted',
        body: { commandId: sent.id, idempotencyKey: sent.body.idempotencyKey, transactions: 2, replayed: false },
      },
    ])
    const [last] = await journal(id)
    const history = await test.core.transactionHistory({ params: { transactionId: last?.id ?? '' } }, test.call)
    expect(JSON.stringify(history)).toContain(sender.userId)
  })

  it('is recorded once when the sender sends it again under its key, and the sender learns that it stands', async () => {
    const { id } = await test.account()
    await test.hearFacts([command(stated(id, [buy]))])
    await test.news()
    const again = command(stated(id, [buy]))
    await test.hearFacts([again])
    expect(await journal(id)).toHaveLength(1)
    expect(await test.news()).toMatchObject([{ name: 'transactions-accepted', body: { commandId: again.id, replayed: true } }])
  })

  it('announces a refusal with its code and rows, and writes nothing; the key may be used again', async () => {
    const { id } = await test.account()
    await test.news()
    const sent = command(stated(id, [buy, { ...sell, quantity: '11' }]))
    await test.hearFacts([sent])
    expect(await journal(id)).toEqual([])
    expect(await test.news()).toMatchObject([
      {
        name: 'transactions-refused',
        body: {
          commandId: sent.id,
          idempotencyKey: sent.body.idempotencyKey,
          code: 'rows_in_error',
          rows: [{ row: 2, code: 'not_enough_units' }],
          refused: 1,
        },
      },
    ])
    await test.hearFacts([command(stated(id, [buy, sell]))])
    expect(await journal(id)).toHaveLength(2)
  })

  it('refuses another body under the same key', async () => {
    const { id } = await test.account()
    await test.hearFacts([command(stated(id, [buy]))])
    await test.news()
    const other = command(stated(id, [{ ...buy, quantity: '11' }]))
    await test.hearFacts([other])
    expect(await journal(id)).toHaveLength(1)
    expect(await test.news()).toMatchObject([{ name: 'transactions-refused', body: { commandId: other.id, code: 'key_reused', rows: [] } }])
  })

  it('is tried again, not refused, while somebody else works under its key', async () => {
    const { id } = await test.account()
    const sent = command(stated(id, [buy]))
    const { organisationId, userId } = localOwner
    const elsewhere = await test.deps.db.pool.connect()
    await elsewhere.query('begin')
    await elsewhere.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [`${organisationId} ${userId} key-${keys}`])
    await test.news()
    await expect(test.hearFacts([sent])).rejects.toMatchObject({ code: 'key_in_use' })
    await elsewhere.query('rollback')
    elsewhere.release()
    expect(await test.news()).toEqual([])
    await test.hearFacts([sent])
    expect(await journal(id)).toHaveLength(1)
  })

  it('is the same request as a sheet over HTTP under the same key', async () => {
    const { id } = await test.account()
    const { db } = test.deps
    const http = inProcessClient(test.service.routes, test.service.handlers, (call, request, run) => idempotently(db, call, request, run))
    await test.news()
    const lines = stated(id, [buy]).map((line) => ({ line: 1, ...line }))
    await http.saveSheet({ body: { lines }, idempotencyKey: `key-${keys}` }, test.call)
    await test.hearFacts([command(stated(id, [buy]))])
    expect(await journal(id)).toHaveLength(1)
    expect(await newsOf('transactions-accepted')).toMatchObject([{ replayed: true }])
  })

  it.each<[string, (accountId: string) => unknown, object]>([
    ['no list', () => ({}), { code: 'bad_request', idempotencyKey: null, rows: [] }],
    ['nothing at all', () => null, { code: 'bad_request', idempotencyKey: null }],
    [
      'a row of no kind',
      (id) => ({ ...command(stated(id, [buy, { ...buy, kind: 'gift' as 'buy' }])).body }),
      { code: 'bad_request', rows: [{ row: 2 }] },
    ],
    [
      'a place that has no time',
      (id) => command(stated(id, [buy]), { actor: { ...localOwner, timeZone: 'Mars/Olympus' } }).body,
      { code: 'bad_request' },
    ],
    [
      'more than ten thousand',
      (id) => command(Array.from({ length: 10_001 }, () => stated(id, [buy])).flat()).body,
      { code: 'bad_request', rows: [] },
    ],
  ])('answers what it cannot read: %s', async (_, bodyOf, refusal) => {
    const { id } = await test.account()
    await test.news()
    const broken = { ...command([]), body: bodyOf(id) } as Command
    await test.hearFacts([broken])
    expect(await journal(id)).toEqual([])
    expect(await test.news()).toMatchObject([{ name: 'transactions-refused', body: { commandId: broken.id, ...refusal } }])
  })

  it('travels over the bus from the transaction that sends it, and not when that is taken back', async () => {
    const { id } = await test.account()
    const { db, log, metrics } = test.deps
    const { commands: taken } = test.service
    const bus = new LocalBus([onTheBus({ database: db, subscriptions: [], commands: taken })], { log, metrics })
    const act = { call: test.call, action: 'account.change', subject: 'test' } as const
    const send = (transactions: ReturnType<typeof stated>, idempotencyKey: string) =>
      db.write(act, async (tx) => {
        const commandId = await tx.send('record-transactions', 'sender', { idempotencyKey, transactions })
        if (idempotencyKey.endsWith('lost')) throw new Error('taken back')
        return commandId
      })
    await test.news()
    await expect(send(stated(id, [buy]), `key-${keys}-lost`)).rejects.toThrow('taken back')
    const many = Array.from({ length: 10_000 }, () => stated(id, [{ ...buy, quantity: '1' }])).flat()
    const commandId = await send(many, `key-${keys}`)
    const second = await send(stated(id, [{ ...sell, quantity: '10001' }]), `key-${keys}-second`)
    await bus.settle()
    await bus.stop()
    expect((await test.core.getAccount({ params: { accountId: id } }, test.call)).transactionCount).toBe(10_000)
    const answers = (await test.news()).filter(({ name }) => name.startsWith('transactions-'))
    expect(answers).toMatchObject([
      { name: 'transactions-accepted', body: { commandId, transactions: 10_000 } },
      { name: 'transactions-refused', body: { commandId: second, code: 'rows_in_error' } },
    ])
  })
})
