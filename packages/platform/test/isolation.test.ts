import { existsSync } from 'node:fs'
import { readdir } from 'node:fs/promises'
import type { Call } from '@pe/contracts/actor.ts'
import type pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { LocalBus, onTheBus } from '../src/bus/local-bus.ts'
import { openPool } from '../src/db/connect.ts'
import { acrossOrganisations, withCall } from '../src/db/current-call.ts'
import { migrate } from '../src/db/migrate.ts'
import { openDatabase } from '../src/db/open-database.ts'
import { ownerOf } from '../src/db/owner-of.ts'
import { ServiceJobs } from '../src/jobs/service-jobs.ts'
import { quietClient } from '../src/postgres/probe.ts'
import type { Subscription } from '../src/service.ts'
import { type TestDatabase, testDatabase } from '../src/testing/test-database.ts'
import type { TestService } from '../src/testing/test-service.ts'
import { type TestServices, testServices } from '../src/testing/test-services.ts'
import { type FoundTable, forgetChecks, leak, plant, tablesOf } from './planted-rows.ts'
import { book, createShelf, type Shelf, type ShelfTables, shelfMigrations } from './shelf.ts'

/** All services of the house, not only those that are named here. */
const serviceFolders = new URL('../../../services/', import.meta.url)

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
    'platform/0003_rows-of-one-organisation.sql',
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

describe('row-level security', () => {
  const [one, other] = ['0190a000-0000-7000-8000-0000000000a1', '0190a000-0000-7000-8000-0000000000b2']
  const callOf = (organisationId: string): Call => shelf.callAs({ organisationId })
  let names: string[]
  let database: TestDatabase
  let superuser: pg.Client
  let tables: FoundTable[]
  const pools = new Map<string, pg.Pool>()
  const poolOf = ({ service }: FoundTable): pg.Pool => pools.get(service) as pg.Pool

  beforeAll(async () => {
    names = (await readdir(serviceFolders, { withFileTypes: true })).filter((entry) => entry.isDirectory()).map(({ name }) => name)
    database = await testDatabase(names)
    for (const [service, connection] of database.connections) {
      const migrations = new URL(`${service}/migrations/`, serviceFolders)
      if (existsSync(migrations)) await migrate({ service, connection, migrations })
      pools.set(service, openPool(connection, service, { size: 2, onTrouble: () => {} }))
    }
    superuser = quietClient(database.superuser)
    await superuser.connect()
    tables = await tablesOf(superuser, names)
  }, 60_000)
  afterAll(async () => {
    for (const pool of pools.values()) await pool.end()
    await superuser.end()
    await database.drop()
  })

  test('every table of every service is kept apart by organisation, or says why it is of none', () => {
    expect(tables.length).toBeGreaterThan(60)
    expect(tables.map(leak).filter((sentence) => sentence !== undefined)).toEqual([])
  })

  test('no service owns its tables, and no view or function looks past the policies', async () => {
    expect(tables.filter(({ service, owner }) => owner !== ownerOf(service))).toEqual([])
    const { rows: views } = await superuser.query(
      `select oid::regclass::text as name from pg_class where relkind in ('v', 'm') and relnamespace = any($1::regnamespace[])
         and not coalesce(reloptions @> '{security_invoker=true}', false)`,
      [names],
    )
    expect(views).toEqual([])
    const { rows: definers } = await superuser.query(
      'select oid::regprocedure::text as name from pg_proc where prosecdef and pronamespace = any($1::regnamespace[])',
      [names],
    )
    expect(definers).toEqual([])
  })

  test('a call of one organisation reads, changes, deletes and adds nothing of another, whatever its statements ask for', async () => {
    await forgetChecks(superuser, names)
    const apart = tables.filter(({ ofNobody }) => !ofNobody)
    const theirs = await plant(superuser, apart, one, '0190a000-0000-7000-8000-000000000011')
    await plant(superuser, apart, other, '0190a000-0000-7000-8000-000000000022')
    for (const [at, table] of apart.entries()) {
      const name = `${table.service}.${table.name}`
      const ask = (text: string, values: unknown[] = []) => poolOf(table).query(text, values)
      const seen = async () => (await ask(`select to_jsonb(t) as row from ${table.name} as t`)).rows.map(({ row }) => row)
      // so that nobody passes by seeing nothing at all
      expect(await withCall(callOf(one), seen), name).toEqual([theirs[at]])
      expect(await acrossOrganisations(seen), name).toHaveLength(2)
      expect(await seen(), `${name} outside a call`).toEqual([])
      await withCall(callOf(other), async () => {
        expect(await seen(), name).not.toContainEqual(theirs[at])
        expect(await seen(), name).toHaveLength(1)
        const columns = Object.keys(theirs[at] ?? {})
        const column = columns.includes('organisation_id') ? 'organisation_id' : 'instrument_id'
        const untouched = [`delete from ${table.name} where ${column} = '${theirs[at]?.[column]}'`]
        untouched.push(`update ${table.name} set ${column} = ${column} where ${column} = '${theirs[at]?.[column]}'`)
        for (const text of untouched) {
          const done = await ask(text).catch((trouble: Error) => trouble)
          expect(done instanceof Error ? done.message : done.rowCount, text).toSatisfy(
            (said) => said === 0 || /permission denied/.test(String(said)),
          )
        }
        const names = columns.map((each) => `"${each}"`).filter((each) => !(table.name === 'close' && each === '"scaled"'))
        const copied = `insert into ${table.name} (${names}) overriding system value select ${names} from jsonb_populate_record(null::${table.name}, $1)`
        await expect(ask(copied, [theirs[at]]), name).rejects.toThrow('violates row-level security policy')
        await expect(ask(`update ${table.name} set ${column} = '${theirs[at]?.[column]}'`), name).rejects.toThrow(
          /violates row-level security policy|permission denied|never rewritten/,
        )
      })
    }
    for (const [at, { service, name }] of apart.entries()) {
      const { rows } = await superuser.query(`select to_jsonb(t) as row from ${service}.${name} as t where to_jsonb(t) = $1`, [theirs[at]])
      expect(rows, `${service}.${name}`).toHaveLength(1)
    }
  }, 60_000)

  test('a service can neither make tables nor change a policy', async () => {
    const { pool } = shelf.deps.db
    await expect(pool.query('create table more ()')).rejects.toThrow('permission denied for schema shelf')
    await expect(pool.query('alter table book disable row level security')).rejects.toThrow('must be owner of table book')
    await expect(pool.query('drop policy own_organisation on book')).rejects.toThrow('must be owner of relation book')
    await expect(pool.query('copy book from stdin')).rejects.toThrow('COPY FROM not supported with row-level security')
  })

  test('rows of another organisation are not copied in, and nothing of that COPY stays', async () => {
    const { db } = shelf.deps
    const columns = ['organisation_id', 'title', 'pages']
    const mixed = [
      [one, 'own', '1'],
      [other, 'foreign', '1'],
    ]
    const copied = () => db.write({ call: callOf(one), action: 'book.import', subject: 'shelf' }, (tx) => tx.copyIn('book', columns, mixed))
    await expect(copied()).rejects.toThrow('COPY of a row of another organisation')
    await expect(withCall(callOf(one), () => db.stage('book', columns, mixed))).rejects.toThrow('COPY of a row of another organisation')
    await expect(db.stage('book', columns, mixed)).rejects.toThrow('COPY of a row of another organisation')
    await expect(withCall(callOf(one), () => db.stage('book', ['title', 'pages'], [['own', '1']]))).rejects.toThrow(
      'without an organisation_id',
    )
    expect(await shelf.look.sql.selectFrom('book').selectAll().execute()).toEqual([])
    // the connection is nobody else's for that
    const { rows } = await db.pool.query('select distinct current_user as name from generate_series(1, 8)')
    expect(rows).toEqual([{ name: 'pe_shelf' }])
  })

  test('a connection that served one organisation shows another only its own, also after a transaction that was taken back', async () => {
    const { db } = shelf.deps
    const titles = (organisation: string) =>
      withCall(callOf(organisation), async () => (await db.sql.selectFrom('book').select('title').execute()).map(({ title }) => title))
    const buy = (organisation: string, title: string, then = () => {}) =>
      db.write({ call: callOf(organisation), action: 'book.buy', subject: title }, async (tx) => {
        await tx.sql.insertInto('book').values(book(title, organisation)).execute()
        then()
      })
    const refuse = () => {
      throw new Error('taken back')
    }
    await buy(one, 'of one')
    await expect(buy(other, 'never', refuse)).rejects.toThrow('taken back')
    await buy(other, 'of the other')
    await Promise.all(
      Array.from({ length: 40 }, async (_, at) => {
        const organisation = at % 2 === 0 ? one : other
        if (at % 5 === 0) await expect(buy(organisation, 'never', refuse)).rejects.toThrow('taken back')
        expect(await titles(organisation)).toEqual([organisation === one ? 'of one' : 'of the other'])
      }),
    )
    expect(await db.sql.selectFrom('book').selectAll().execute()).toEqual([])
    await expect(
      buy(one, 'own').then(() =>
        withCall(callOf(one), () => db.write({ call: callOf(one), action: 'x', subject: 'x' }, () => buy(other, 'inside'))),
      ),
    ).rejects.toThrow('work for one organisation inside a transaction of another')
    await acrossOrganisations(() => db.sql.deleteFrom('book').execute())
  })

  test('facts are heard, and jobs are done, with the rows of their own organisation', async () => {
    const seen: string[] = []
    const look = async (organisation: string) => {
      const rows = await cellar.deps.db.sql.selectFrom('book').select('organisation_id').execute()
      seen.push(`${organisation} sees ${rows.map((row) => row.organisation_id).join()}`)
    }
    for (const organisation of [one, other])
      await cellar.deps.db.write({ call: callOf(organisation), action: 'book.buy', subject: 'x' }, (tx) =>
        tx.sql.insertInto('book').values(book('x', organisation)).execute(),
      )
    const subscription: Subscription<ShelfTables> = { fact: 'account-changed', hear: (fact) => look(fact.organisationId) }
    for (const organisation of [one, other, one])
      await shelf.deps.db.write({ call: callOf(organisation), action: 'account.change', subject: 'x' }, (tx) =>
        tx.announce('account-changed', 'x', { accountId: organisation }),
      )
    const bus = new LocalBus(
      [onTheBus({ database: shelf.deps.db, subscriptions: [] }), onTheBus({ database: cellar.deps.db, subscriptions: [subscription] })],
      { log: shelf.deps.log, metrics: shelf.deps.metrics },
    )
    await bus.settle()
    expect(seen.toSorted()).toEqual([`${one} sees ${one}`, `${one} sees ${one}`, `${other} sees ${other}`])

    seen.length = 0
    const jobs = new ServiceJobs(cellar.deps.db)
    for (const organisation of [one, other]) await jobs.add('look', {}, { call: callOf(organisation) })
    await jobs.runUntilIdle([{ name: 'look', run: (_, { actor }) => look(actor.organisationId) }])
    await jobs.stop()
    expect(seen.toSorted()).toEqual([`${one} sees ${one}`, `${other} sees ${other}`])
  })
})
