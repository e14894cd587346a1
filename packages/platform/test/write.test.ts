import { once } from 'node:events'
import { text } from 'node:stream/consumers'
import { localOwner } from '@pe/contracts/actor.ts'
import type { Kysely } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, inject, test } from 'vitest'
import { withCall } from '../src/db/current-call.ts'
import { quietClient } from '../src/postgres/probe.ts'
import { type TestService, testService } from '../src/testing/test-service.ts'
import { book, createShelf, type Shelf, type ShelfTables, shelfMigrations } from './shelf.ts'

let bench: TestService<Shelf['routes'], ShelfTables>

beforeAll(async () => {
  bench = await testService({ name: 'shelf', migrations: shelfMigrations, create: (deps) => createShelf(deps) })
})
afterAll(() => bench.stop())
beforeEach(async () => {
  // The role of a service only adds to its audit log.
  const client = quietClient({ ...inject('testPostgres'), database: bench.deps.db.connection.database })
  await client.connect()
  await client.query('truncate shelf.book, shelf.audit, shelf.outbox')
  await client.end()
})

const accountId = '0190a000-0000-7000-8000-000000000001'
/** By a call of the owner's: inside a write or a snapshot of it in that transaction. */
const titles = () =>
  withCall(bench.call, async () =>
    (await bench.deps.db.sql.selectFrom('book').select('title').orderBy('title').execute()).map(({ title }) => title),
  )
const audited = async () =>
  (await bench.look.platform.selectFrom('audit').select('action').orderBy('seq').execute()).map(({ action }) => action)

/** Buys a book: a row, an audit entry and a fact. */
async function buy(title: string, act = bench.call, action = 'book.buy'): Promise<string[]> {
  return bench.deps.db.write({ call: act, action, subject: `book:${title}` }, async (tx) => {
    await tx.sql.insertInto('book').values(book(title, tx.actor.organisationId)).execute()
    await tx.announce('account-changed', accountId, { accountId })
    return titles()
  })
}

describe('a write', () => {
  test('leaves its row, its audit entry and its fact, and reads what it has written', async () => {
    const { call } = bench
    expect(await buy('one', call)).toEqual(['one'])
    const rows = await bench.look.sql.selectFrom('book').selectAll().execute()
    expect(rows).toEqual([
      { organisation_id: localOwner.organisationId, title: 'one', pages: 100, bought_on: '2026-03-31', price: '12.3400' },
    ])
    const audit = await bench.look.platform.selectFrom('audit').select(['action', 'subject', 'trace_id', 'at']).execute()
    expect(audit).toEqual([{ action: 'book.buy', subject: 'book:one', trace_id: call.traceId, at: new Date('2026-11-22T12:00:00Z') }])
    expect(await bench.announced('account-changed')).toMatchObject([
      {
        key: accountId,
        body: { accountId },
        traceId: call.traceId,
        organisationId: localOwner.organisationId,
        at: '2026-11-22T12:00:00.000Z',
      },
    ])
  })

  test('that fails leaves nothing at all', async () => {
    const { db } = bench.deps
    const failing = db.write({ call: bench.call, action: 'book.buy', subject: 'book:two' }, async (tx) => {
      await tx.sql.insertInto('book').values(book('two', tx.actor.organisationId)).execute()
      await tx.announce('account-changed', accountId, { accountId })
      throw new Error('no room on the shelf')
    })
    await expect(failing).rejects.toThrow('no room on the shelf')
    expect(await titles()).toEqual([])
    expect(await audited()).toEqual([])
    expect(await bench.announced()).toEqual([])
  })

  test('inside a write joins it: the inner one falls with the outer one', async () => {
    const { db } = bench.deps
    const outer = (fails: boolean) =>
      db.write({ call: bench.call, action: 'shelf.fill', subject: 'shelf:1' }, async () => {
        await buy('inner')
        if (fails) throw new Error('changed my mind')
      })
    await expect(outer(true)).rejects.toThrow('changed my mind')
    expect(await titles()).toEqual([])
    await outer(false)
    expect(await titles()).toEqual(['inner'])
    expect(await audited()).toEqual(['book.buy', 'shelf.fill'])
  })

  test('copies rows in, with the characters that COPY reserves, and out again as CSV', async () => {
    const { db } = bench.deps
    const organisation = localOwner.organisationId
    const awkward = ['tab\there', 'line\nend', 'back\\slash', '\\N', 'plain', '"quoted", too']
    const count = await db.write({ call: bench.call, action: 'book.import', subject: 'shelf:1' }, (tx) =>
      tx.copyIn(
        'book',
        ['organisation_id', 'title', 'pages', 'price'],
        awkward.map((title, place) => [organisation, title, String(place), null]),
      ),
    )
    expect(count).toBe(awkward.length)
    const rows = await bench.look.sql.selectFrom('book').select(['title', 'price', 'bought_on']).orderBy('pages').execute()
    expect(rows).toEqual(awkward.map((title) => ({ title, price: null, bought_on: null })))
    const csv = await text(
      await withCall(bench.call, () => db.copyOut(`select title, pages from book where pages in (4, 5) order by pages`)),
    )
    expect(csv).toBe('title,pages\nplain,4\n"""quoted"", too",5\n')
  })

  test('keeps its connection to itself: twenty at once on eight connections all arrive', async () => {
    await Promise.all(Array.from({ length: 20 }, (_, place) => buy(`book ${String(place).padStart(2, '0')}`)))
    expect((await titles()).length).toBe(20)
  })
})

test('a download that its reader gives up does not keep its connection', async () => {
  const { db } = bench.deps
  for (let time = 0; time < 12; time += 1) {
    const stream = await db.copyOut('select generate_series(1, 200000)')
    await once(stream, 'readable')
    stream.destroy()
  }
  expect(await text(await db.copyOut('select 1 as one'))).toBe('one\n1\n')
})

test('a snapshot does not see what is written meanwhile', async () => {
  const lookTwice = async (sql: Kysely<ShelfTables>) => {
    const read = () => sql.selectFrom('book').select('title').execute()
    const first = await read()
    await buy('late')
    return [first, await read()]
  }
  const titlesAtOnce = await withCall(bench.call, () => bench.deps.db.snapshot(lookTwice))
  expect(titlesAtOnce).toEqual([[], []])
  expect(await titles()).toEqual(['late'])
})

test('a snapshot may not write', async () => {
  const { db } = bench.deps
  await expect(
    withCall(bench.call, () => db.snapshot((sql) => sql.insertInto('book').values(book('x', localOwner.organisationId)).execute())),
  ).rejects.toThrow(/read-only transaction/)
})

test('a connection that the server drops is an error of its statement, not the end of the process', async () => {
  const { db } = bench.deps
  const dropped = db.write({ call: bench.call, action: 'book.buy', subject: 'book:x' }, async (tx) => {
    const { rows } = await db.pool.query<{ pid: number }>(
      `select pid from pg_stat_activity where usename = 'pe_shelf' and state like 'idle in transaction%' and datname = current_database()`,
    )
    for (const { pid } of rows) await db.pool.query('select pg_terminate_backend($1)', [pid])
    await tx.sql.insertInto('book').values(book('x', tx.actor.organisationId)).execute()
  })
  await expect(dropped).rejects.toThrow()
  expect(await buy('after')).toEqual(['after'])
})

test('decimals and days come back as they are; a bigint that is no exact number is an error', async () => {
  const { rows } = await bench.look.query(
    `select 0.10::numeric as price, '2026-03-31'::date as day, 9007199254740991::bigint as most,
            array['2026-03-31', null]::date[] as days, array[1.50, 2]::numeric[] as prices`,
  )
  expect(rows).toEqual([{ price: '0.10', day: '2026-03-31', most: 9007199254740991, days: ['2026-03-31', null], prices: ['1.50', '2'] }])
  await expect(bench.look.query('select 9007199254740993::bigint')).rejects.toThrow(/too large for a number/)
})

test('more snapshots than connections read by `sql` too, without waiting for each other; a write begun meanwhile is one of its own', async () => {
  const { db } = bench.deps
  await buy('one')
  const seen = await Promise.all(
    Array.from({ length: 3 * (db.pool.options.max ?? 8) }, () => withCall(bench.call, () => db.snapshot(() => titles()))),
  )
  expect(new Set(seen.map((one) => one.join())).size).toBe(1)
  const meanwhile = async () => {
    await titles()
    await buy('two')
    expect(await titles()).toEqual(['one'])
  }
  await withCall(bench.call, () => db.snapshot(meanwhile))
  expect(await titles()).toEqual(['one', 'two'])
})
