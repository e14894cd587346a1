import { localOwner } from '@pe/contracts/actor.ts'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type TestService, testService } from '../src/testing/test-service.ts'
import { book, createShelf, type Shelf, type ShelfTables, shelfMigrations } from './shelf.ts'

let bench: TestService<Shelf['routes'], ShelfTables>

beforeAll(async () => {
  bench = await testService({ name: 'shelf', migrations: shelfMigrations, create: (deps) => createShelf(deps) })
})
afterAll(() => bench.stop())

const accountId = '0190a000-0000-7000-8000-000000000001'

test('a write leaves its row, its audit entry and its fact', async () => {
  const { call } = bench
  await bench.deps.db.write({ call, action: 'book.buy', subject: 'book:one' }, async (tx) => {
    await tx.sql.insertInto('book').values(book('one', tx.actor.organisationId)).execute()
    await tx.announce('account-changed', accountId, { accountId })
  })
  const rows = await bench.deps.db.sql.selectFrom('book').selectAll().execute()
  expect(rows).toEqual([
    { organisation_id: localOwner.organisationId, title: 'one', pages: 100, bought_on: '2026-03-31', price: '12.3400' },
  ])
  const audit = await bench.deps.db.platform.selectFrom('audit').select(['action', 'subject', 'trace_id']).execute()
  expect(audit).toEqual([{ action: 'book.buy', subject: 'book:one', trace_id: call.traceId }])
  expect(await bench.announced('account-changed')).toMatchObject([{ key: accountId, body: { accountId }, traceId: call.traceId }])
})
