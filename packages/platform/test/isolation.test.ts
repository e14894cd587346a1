import { afterAll, beforeAll, expect, test } from 'vitest'
import { migrate } from '../src/db/migrate.ts'
import { openDatabase } from '../src/db/open-database.ts'
import type { TestService } from '../src/testing/test-service.ts'
import { type TestServices, testServices } from '../src/testing/test-services.ts'
import { createShelf, type Shelf, type ShelfTables, shelfMigrations } from './shelf.ts'

let services: TestServices
let shelf: TestService<Shelf['routes'], ShelfTables>
let cellar: TestService<Shelf['routes'], ShelfTables>

beforeAll(async () => {
  services = await testServices(['shelf', 'cellar'])
  shelf = await services.mount({ name: 'shelf', migrations: shelfMigrations, create: (deps) => createShelf(deps) })
  cellar = await services.mount({ name: 'cellar', migrations: shelfMigrations, create: (deps) => createShelf(deps, 'cellar') })
})
afterAll(() => services.stop())

test('a service sees its own schema and no other', async () => {
  await expect(shelf.deps.db.pool.query('select * from book')).resolves.toMatchObject({ rows: [] })
  await expect(shelf.deps.db.pool.query('select * from cellar.book')).rejects.toThrow('permission denied for schema cellar')
  await expect(cellar.deps.db.pool.query('select * from shelf_jobs.jobs')).rejects.toThrow('permission denied for schema shelf_jobs')
  await expect(shelf.deps.db.pool.query('create table public.leak ()')).rejects.toThrow('permission denied for schema public')
  await expect(shelf.deps.db.pool.query('create schema more')).rejects.toThrow('permission denied for database')
})

test('a role is no superuser, and row-level security would bind it', async () => {
  const { rows } = await shelf.deps.db.pool.query(
    'select current_user as name, rolsuper, rolbypassrls, rolcreaterole from pg_roles where rolname = current_user',
  )
  expect(rows).toEqual([{ name: 'pe_shelf', rolsuper: false, rolbypassrls: false, rolcreaterole: false }])
})

test('migrating again changes nothing; a changed or an unknown file stops the start with a sentence', async () => {
  const { connection, pool } = shelf.deps.db
  const again = () => migrate({ service: 'shelf', connection, migrations: shelfMigrations })
  const applied = await pool.query('select name, checksum from schema_migration order by name')
  expect(applied.rows.map(({ name }) => name)).toEqual([
    '0001_shelf.sql',
    'platform/0001_outbox-inbox-idempotency-audit.sql',
    'platform/0002_audit_chain.sql',
  ])
  expect(await again()).toEqual([])
  expect(await Promise.all([again(), again()])).toEqual([[], []])
  expect((await pool.query('select name, checksum from schema_migration order by name')).rows).toEqual(applied.rows)

  await pool.query(`update schema_migration set checksum = 'other' where name = '0001_shelf.sql'`)
  await expect(again()).rejects.toThrow('The migration 0001_shelf.sql of shelf was changed after it had been applied.')
  await pool.query(`update schema_migration set checksum = $1 where name = '0001_shelf.sql'`, [applied.rows[0].checksum])
  await pool.query(`insert into schema_migration (name, checksum) values ('0099_future.sql', 'x')`)
  await expect(again()).rejects.toThrow('The data of shelf was written by a newer version (0099_future.sql is unknown here).')
})

test('a server that may lose commits is refused', async () => {
  const { service, connection, clock, ids, keys, log } = shelf.deps.db
  await expect(openDatabase({ service, connection, clock, ids, keys, log })).rejects.toThrow(
    'The database runs with fsync, full_page_writes, synchronous_commit switched off and would lose what it has confirmed.',
  )
})
