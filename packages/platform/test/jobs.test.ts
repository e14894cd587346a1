import { localOwner } from '@pe/contracts/actor.ts'
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { PatientPool } from '../src/jobs/patient-pool.ts'
import { ServiceJobs } from '../src/jobs/service-jobs.ts'
import type { Job } from '../src/service.ts'
import { type TestService, testService } from '../src/testing/test-service.ts'
import { createShelf, type Shelf, type ShelfTables, shelfMigrations } from './shelf.ts'

let bench: TestService<Shelf['routes'], ShelfTables>
let shelf: Shelf

beforeAll(async () => {
  bench = await testService({
    name: 'shelf',
    migrations: shelfMigrations,
    create: (deps) => {
      shelf = createShelf(deps)
      return shelf
    },
  })
})
afterAll(() => bench.stop())
beforeEach(() => {
  shelf.worked.length = 0
})

test('jobs under one key fold into one run with the last payload; others run each', async () => {
  const { queue } = bench.deps
  const { call } = bench
  for (const turn of [1, 2, 3]) await queue.add('dust', { turn }, { key: 'board 1', call })
  await queue.add('dust', { turn: 4 }, { call })
  await queue.add('dust', { turn: 5 }, { key: 'board 1', call: bench.callAs({ organisationId: '00000000-0000-7000-8000-0000000000bb' }) })
  await bench.runJobs()
  expect(shelf.worked.map(({ turn }) => turn).sort()).toEqual([3, 4, 5])
  await bench.runJobs()
  expect(shelf.worked.length).toBe(3)
})

test('a job of a transaction exists exactly if it commits, and knows for whom it works', async () => {
  const { db, queue } = bench.deps
  const act = { call: bench.call, action: 'shelf.dust', subject: 'shelf:1' }
  const added = (fails: boolean) =>
    db.write(act, async (tx) => {
      await queue.add('dust', { fails }, { tx })
      if (fails) throw new Error('no')
    })
  await expect(added(true)).rejects.toThrow('no')
  await added(false)
  await bench.runJobs()
  expect(shelf.worked).toEqual([{ fails: false }])
  await expect(queue.add('dust', {})).rejects.toThrow('was added outside a call')
})

test('a job that fails is tried again, and says so', async () => {
  const { queue } = bench.deps
  const failing: Job = { name: 'dust', run: async () => Promise.reject(new Error('the brush is gone')) }
  await queue.add('dust', { turn: 1 }, { call: bench.call })
  const jobs = new ServiceJobs(bench.deps.db)
  await expect(jobs.runUntilIdle([failing])).rejects.toThrow('the brush is gone')
  const { rows } = await bench.look.query('select attempts, last_error from shelf_jobs.jobs')
  expect(rows).toMatchObject([{ attempts: 1, last_error: expect.stringContaining('the brush is gone') }])
  await bench.look.query('update shelf_jobs._private_jobs set run_at = now()')
  await jobs.stop()
  await bench.runJobs()
  expect(shelf.worked).toEqual([{ turn: 1 }])
})

test('a runner picks a job up at once and ends it before it stops', async () => {
  const jobs = new ServiceJobs(bench.deps.db)
  const log: string[] = []
  let letGo = () => {}
  const gate = new Promise<void>((resolve) => {
    letGo = resolve
  })
  await jobs.start([
    {
      name: 'dust',
      run: async (_, call) => {
        log.push(`begun for ${call.actor.organisationId}`)
        await gate
        log.push('done')
      },
    },
  ])
  const started = performance.now()
  await jobs.add('dust', {}, { call: bench.call })
  await vi.waitFor(() => expect(log.length).toBe(1), { interval: 1, timeout: 5000 })
  expect(performance.now() - started).toBeLessThan(1000)
  const stopping = jobs.stop()
  letGo()
  await stopping
  expect(log).toEqual([`begun for ${localOwner.organisationId}`, 'done'])
})

test('a job that loses the database is tried again when it is back, and ends nothing else', async () => {
  const jobs = new ServiceJobs(bench.deps.db)
  const { promise: begun, resolve: begin } = Promise.withResolvers<void>()
  const { promise: gone, resolve: lose } = Promise.withResolvers<void>()
  const unhandled: unknown[] = []
  const note = (trouble: unknown) => unhandled.push(trouble)
  process.on('unhandledRejection', note)
  const pool = new PatientPool({ ...bench.deps.db.connection, port: 1 })
  let connected = false
  const waiting = pool.connect().then(
    () => {
      connected = true
    },
    (trouble: unknown) => trouble,
  )
  await jobs.start([
    {
      name: 'dust',
      run: async () => {
        begin()
        await gone
        throw Object.assign(new Error('connection refused'), { code: 'ECONNREFUSED' })
      },
    },
  ])
  await jobs.add('dust', {}, { call: bench.call })
  await begun
  // every connection of the queue breaks while the job is under way, and the queue has noticed: it listens on a new one
  const ofQueue = `from pg_stat_activity where application_name = 'pe shelf_jobs' and usename = current_user`
  const { rows: broken } = await bench.look.query<{ pid: number }>(`select pid, pg_terminate_backend(pid) ${ofQueue}`)
  await vi.waitFor(async () => {
    const { rows } = await bench.look.query<{ pid: number }>(`select pid ${ofQueue}`)
    expect(rows.filter(({ pid }) => !broken.some((old) => old.pid === pid)).length).toBeGreaterThan(0)
    expect(rows.filter(({ pid }) => broken.some((old) => old.pid === pid))).toEqual([])
  }, 10_000)
  lose()
  await vi.waitFor(async () => {
    const { rows } = await bench.look.query('select last_error from shelf_jobs._private_jobs')
    expect(rows).toMatchObject([{ last_error: expect.stringContaining('connection refused') }])
  }, 10_000)
  await bench.look.query('delete from shelf_jobs._private_jobs')
  pool.losePatience()
  expect(await waiting).toMatchObject({ code: expect.stringMatching(/ENOENT|ECONNREFUSED/) })
  expect(connected).toBe(false)
  await jobs.stop()
  process.off('unhandledRejection', note)
  expect(unhandled).toEqual([])
}, 30_000)
