import type { Call } from '@pe/contracts/actor.ts'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { GroupedWrites } from '../src/db/grouped-writes.ts'
import { idempotently } from '../src/db/idempotently.ts'
import { keyedRequest } from '../src/http/keyed-request.ts'
import { Refused } from '../src/http/refused.ts'
import type { TogetherAnswer, TogetherHandler } from '../src/service.ts'
import { type TestService, testService } from '../src/testing/test-service.ts'
import { book, createShelf, type Shelf, type ShelfTables, shelfMigrations } from './shelf.ts'

let bench: TestService<Shelf['routes'], ShelfTables>

beforeAll(async () => {
  bench = await testService({ name: 'shelf', migrations: shelfMigrations, create: (deps) => createShelf(deps) })
})
afterAll(() => bench.stop())

interface Bought {
  readonly body: { readonly title: string }
}

const groups: string[][] = []
const alone: string[] = []

/** Buys books: 'forbidden…' is refused, 'odd…' is set apart, 'broken…' breaks the transaction of its group. */
const buyTogether: TogetherHandler<ShelfTables> = async (requests) => {
  const titles = requests.map(({ input }) => (input as Bought).body.title)
  groups.push(titles)
  const usual = titles.filter((title) => !title.startsWith('forbidden') && !title.startsWith('odd'))
  const sent =
    usual.length > 0
      ? requests[0]?.tx.sql
          .insertInto('book')
          .values(
            usual.map((title) => ({
              ...book(title, requests[0]?.tx.actor.organisationId ?? ''),
              ...(title.startsWith('broken') ? { bought_on: '2026-13-45' } : {}),
            })),
          )
          .execute()
      : undefined
  const answers = titles.map((title, at): TogetherAnswer => {
    if (title.startsWith('odd')) return 'apart'
    if (title.startsWith('forbidden')) return { refused: new Refused('not_found', `${title} is not sold`) }
    return { reply: { title }, act: { call: requests[at]?.call ?? bench.call, action: 'book.buy', subject: `book:${title}` } }
  })
  return { answers, sent: Promise.resolve(sent) }
}

function shop(): (title: string, key?: string, call?: Call) => Promise<unknown> {
  const { db } = bench.deps
  const buyAlone = async (title: string) => {
    alone.push(title)
    if (title.startsWith('broken')) throw new Refused('too_large', `${title} has too many pages`)
    return { title, alone: true }
  }
  const writes = new GroupedWrites(db, 'buy', buyTogether, async (input, call) => {
    const { title } = (input as Bought).body
    const { idempotencyKey: key } = input
    return key ? (await idempotently(db, call, keyedRequest('buy', input, key), () => buyAlone(title))).reply : await buyAlone(title)
  })
  return (title, key, call = bench.call) => writes.ask({ body: { title }, ...(key ? { idempotencyKey: key } : {}) }, call)
}

const titles = async () => (await bench.look.sql.selectFrom('book').select('title').orderBy('title').execute()).map(({ title }) => title)
const audited = async () =>
  (await bench.look.query<{ subject: string; trace_id: string }>('select subject, trace_id from audit order by subject')).rows

test('what waits is written together, each noted under its own trace', async () => {
  const ask = shop()
  const calls = [bench.call, bench.call, bench.call]
  groups.length = 0
  const replies = await Promise.all(['a', 'b', 'c'].map((title, at) => ask(title, undefined, calls[at])))
  expect(replies).toEqual([{ title: 'a' }, { title: 'b' }, { title: 'c' }])
  expect(groups).toEqual([['a'], ['b', 'c']])
  expect(await titles()).toEqual(['a', 'b', 'c'])
  expect(await audited()).toEqual(['a', 'b', 'c'].map((title, at) => ({ subject: `book:${title}`, trace_id: calls[at]?.traceId })))
})

test('one that is refused or set apart leaves the others alone', async () => {
  const ask = shop()
  alone.length = 0
  const settled = await Promise.allSettled(['d', 'forbidden', 'odd', 'e'].map((title) => ask(title)))
  expect(settled.map((one) => (one.status === 'fulfilled' ? one.value : (one.reason as Refused).code))).toEqual([
    { title: 'd' },
    'not_found',
    { title: 'odd', alone: true },
    { title: 'e' },
  ])
  expect(alone).toEqual(['odd'])
})

test('where something breaks nothing of the group stays, and each is carried out alone', async () => {
  const ask = shop()
  const before = await titles()
  alone.length = 0
  const settled = await Promise.allSettled(['f', 'g', 'broken', 'h'].map((title) => ask(title)))
  expect(settled.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'rejected', 'fulfilled'])
  expect(alone).toEqual(['g', 'broken', 'h'])
  expect(await titles()).toEqual([...before, 'f'])
})

test('a key is good for one effect, in a group, beside it and after it', async () => {
  const ask = shop()
  alone.length = 0
  const asked = [ask('i', 'key-1'), ask('j', 'key-2'), ask('j', 'key-2'), ask('k', 'key-1'), ask('j', 'key-2'), ask('l', 'key-3')]
  const settled = await Promise.allSettled(asked)
  // the second group finds key-1 known: each of it is carried out alone
  const once = { title: 'j', alone: true }
  expect(settled.map((one) => (one.status === 'fulfilled' ? one.value : (one.reason as Refused).code))).toEqual([
    ...[{ title: 'i' }, once, once, 'key_reused', once, { title: 'l', alone: true }],
  ])
  expect(alone.toSorted()).toEqual(['j', 'l'])
  expect(await shop()('i', 'key-1')).toEqual({ title: 'i' })
})

test('people are never in one group; who has gone is not carried out', async () => {
  const ask = shop()
  const other = bench.callAs({ userId: '00000000-0000-7000-8000-00000000abcd' })
  const gone = { ...bench.call, signal: AbortSignal.abort(new Error('gone')) }
  groups.length = 0
  const settled = await Promise.allSettled([ask('u'), ask('v'), ask('w', undefined, other), ask('x'), ask('p', undefined, gone)])
  expect(groups).toEqual([['u'], ['v', 'x'], ['w']])
  expect(settled.at(-1)).toMatchObject({ status: 'rejected', reason: { message: 'gone' } })
  expect(await titles()).not.toContain('p')
})
