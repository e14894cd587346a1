import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { pipelined } from '../src/db/pipelined.ts'
import { StatementNames } from '../src/db/statement-names.ts'
import { type TestService, testService } from '../src/testing/test-service.ts'
import { createShelf, type Shelf, type ShelfTables, shelfMigrations } from './shelf.ts'

let bench: TestService<Shelf['routes'], ShelfTables>

beforeAll(async () => {
  bench = await testService({ name: 'shelf', migrations: shelfMigrations, create: (deps) => createShelf(deps) })
  await bench.look.asOwner(
    'create table step (number serial primary key, text text unique); grant all on step, step_number_seq to pe_shelf',
  )
})
afterAll(() => bench.stop())

const names = new StatementNames()
type Run = Parameters<typeof pipelined<unknown>>[2]
const inTransaction = (run: Run) => pipelined(bench.deps.db.pool, names, run)
const steps = async () => (await bench.look.query<{ text: string }>('select text from step order by number')).rows.map(({ text }) => text)
const step = (text: string) => sql`insert into step (text) values (${text})`

test('statements are carried out in the order asked, however they are asked', async () => {
  await inTransaction(async (statements) => {
    const raw = (text: string) => step(text).execute(statements)
    const built = (text: string) => statements.withTables<{ step: { text: string } }>().insertInto('step').values({ text }).execute()
    return { result: null, sent: Promise.all([raw('1'), built('2'), raw('3'), built('4'), built('5'), raw('6')]) }
  })
  expect(await steps()).toEqual(['1', '2', '3', '4', '5', '6'])
})

test('one that fails takes back those before and after it, and the connection is as good as new', async () => {
  const before = await steps()
  const failing = inTransaction(async (statements) => ({
    result: null,
    sent: Promise.all(['7', '1', '8'].map((text) => step(text).execute(statements))),
  }))
  await expect(failing).rejects.toMatchObject({ code: '23505' })
  expect(await steps()).toEqual(before)
  await inTransaction(async (statements) => ({ result: null, sent: step('9').execute(statements) }))
  expect(await steps()).toEqual([...before, '9'])
})

test('a failure that nobody waited for is no commit', async () => {
  const before = await steps()
  const failing = inTransaction(async (statements) => {
    const swallowed = step('1')
      .execute(statements)
      .catch(() => undefined)
    return { result: null, sent: swallowed }
  })
  await expect(failing).rejects.toThrow('ended with ROLLBACK')
  expect(await steps()).toEqual(before)
})

test('a connection that breaks is not used again', async () => {
  const before = await steps()
  const failing = inTransaction(async (statements) => ({
    result: null,
    sent: Promise.all([step('10').execute(statements), sql`select pg_terminate_backend(pg_backend_pid())`.execute(statements)]),
  }))
  await expect(failing).rejects.toThrow()
  expect(await steps()).toEqual(before)
})
