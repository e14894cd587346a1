import { instant } from '@pe/finance/time/instant.ts'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { idempotently } from '../src/db/idempotently.ts'
import { sweep } from '../src/db/sweep.ts'
import { Refused } from '../src/http/refused.ts'
import { type TestService, testClock, testService } from '../src/testing/test-service.ts'
import { book, createShelf, type Shelf, type ShelfTables, shelfMigrations } from './shelf.ts'

let bench: TestService<Shelf['routes'], ShelfTables>
const clock = testClock()

beforeAll(async () => {
  bench = await testService({ name: 'shelf', migrations: shelfMigrations, clock, create: (deps) => createShelf(deps) })
})
afterAll(() => bench.stop())

const count = async () => (await bench.look.sql.selectFrom('book').select('title').execute()).length
const request = (key: string, fingerprint = 'a') => ({ key, route: 'shelf.buy', fingerprint })

async function buy(title: string): Promise<{ title: string; on: string | null }> {
  await bench.deps.db.write({ call: bench.call, action: 'book.buy', subject: `book:${title}` }, (tx) =>
    tx.sql.insertInto('book').values(book(title, tx.actor.organisationId)).execute(),
  )
  return { title, on: null }
}

test('the same request is carried out once and answered alike', async () => {
  const { db } = bench.deps
  const { call } = bench
  const first = await idempotently(db, call, request('once'), () => buy('one'))
  const again = await idempotently(db, call, request('once'), () => buy('one'))
  expect(first).toEqual({ reply: { title: 'one', on: null }, replayed: false })
  expect(again).toEqual({ reply: { title: 'one', on: null }, replayed: true })
  expect(await count()).toBe(1)
})

test('another request under the same key is refused; another person may use the key', async () => {
  const { db } = bench.deps
  await expect(idempotently(db, bench.call, request('once', 'b'), () => buy('two'))).rejects.toMatchObject({ code: 'key_reused' })
  await expect(idempotently(db, bench.call, { ...request('once'), route: 'shelf.sell' }, () => buy('two'))).rejects.toMatchObject({
    code: 'key_reused',
  })
  const other = bench.callAs({ userId: '00000000-0000-7000-8000-00000000abcd' })
  expect(await idempotently(db, other, request('once'), () => buy('theirs'))).toMatchObject({ replayed: false })
})

test('while the first is at work, the second is refused; both find the reply afterwards', async () => {
  const { db } = bench.deps
  const { call } = bench
  const before = await count()
  const results = await Promise.allSettled(Array.from({ length: 6 }, () => idempotently(db, call, request('rush'), () => buy('rush'))))
  const done = results.filter((result) => result.status === 'fulfilled' && !result.value.replayed)
  expect(done.length).toBe(1)
  for (const result of results) if (result.status === 'rejected') expect(result.reason).toMatchObject({ code: 'key_in_use' })
  expect(await count()).toBe(before + 1)
  expect(await idempotently(db, call, request('rush'), () => buy('rush'))).toMatchObject({ replayed: true })
})

test('a refusal leaves nothing behind: neither rows nor the key', async () => {
  const { db } = bench.deps
  const before = await count()
  const refused = idempotently(db, bench.call, request('refused'), async () => {
    await buy('half')
    throw new Refused('not_enough_units', 'holds 1, sells 2')
  })
  await expect(refused).rejects.toMatchObject({ code: 'not_enough_units' })
  expect(await count()).toBe(before)
  expect(await idempotently(db, bench.call, request('refused', 'changed'), () => buy('whole'))).toMatchObject({ replayed: false })
})

test('a reply without a body is replayed as such', async () => {
  const { db } = bench.deps
  const run = async () => undefined
  expect(await idempotently(db, bench.call, request('empty'), run)).toEqual({ reply: undefined, replayed: false })
  expect(await idempotently(db, bench.call, request('empty'), run)).toEqual({ reply: undefined, replayed: true })
})

test('a key is good for a day and forgotten after it', async () => {
  const { db } = bench.deps
  clock.moveTo(instant('2026-11-23T11:59:59Z'))
  await sweep(db)
  expect(await idempotently(db, bench.call, request('once'), () => buy('one'))).toMatchObject({ replayed: true })
  clock.moveTo(instant('2026-11-23T12:00:01Z'))
  await sweep(db)
  expect(await idempotently(db, bench.call, request('once', 'b'), () => buy('anew'))).toMatchObject({ replayed: false })
})
