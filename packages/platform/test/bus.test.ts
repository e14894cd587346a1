import type { Fact } from '@pe/contracts/facts.ts'
import fc from 'fast-check'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { LocalBus, onTheBus } from '../src/bus/local-bus.ts'
import type { TestService } from '../src/testing/test-service.ts'
import { type TestServices, testServices } from '../src/testing/test-services.ts'
import { createShelf, type Shelf, type ShelfTables, shelfMigrations } from './shelf.ts'

let services: TestServices
let shelf: TestService<Shelf['routes'], ShelfTables>
let reader: Shelf
let readerBench: TestService<Shelf['routes'], ShelfTables>
let bus: LocalBus

beforeAll(async () => {
  services = await testServices(['shelf', 'reader'])
  shelf = await services.mount({
    name: 'shelf',
    migrations: shelfMigrations,
    create: (deps) => ({ ...createShelf(deps), subscriptions: [] }),
  })
  readerBench = await services.mount({
    name: 'reader',
    migrations: shelfMigrations,
    create: (deps) => {
      reader = createShelf(deps, 'reader')
      return reader
    },
  })
})
afterAll(() => services.stop())
beforeEach(() => {
  reader.heard.length = 0
  reader.trouble = undefined
  bus = new LocalBus(
    [
      onTheBus({ database: shelf.deps.db, subscriptions: [] }),
      onTheBus({ database: readerBench.deps.db, subscriptions: reader.subscriptions }),
    ],
    { log: readerBench.deps.log, metrics: readerBench.deps.metrics },
  )
})
afterEach(() => bus.stop())

const id = (place: number) => `0190a000-0000-7000-8000-${String(place).padStart(12, '0')}`
const accounts = (facts: readonly Fact[]) => facts.map(({ body }) => ('accountId' in body ? body.accountId : undefined))
const effects = async () => (await readerBench.look.sql.selectFrom('book').select('title').execute()).length

function announce(places: readonly number[], key = 'one'): Promise<void> {
  return shelf.deps.db.write({ call: shelf.call, action: 'account.change', subject: key }, async (tx) => {
    for (const place of places) await tx.announce('account-changed', key, { accountId: id(place) })
  })
}

test('facts reach a listener in the order they were announced, each once', async () => {
  const before = await effects()
  await announce([1, 2])
  await announce([3])
  await bus.settle()
  expect(accounts(reader.heard)).toEqual([id(1), id(2), id(3)])
  await bus.settle()
  await readerBench.hearFacts(reader.heard.slice())
  expect(reader.heard.length).toBe(3)
  expect((await effects()) - before).toBe(3)
})

test('a running bus hears the bell: a fact arrives without anybody asking', async () => {
  await bus.start()
  await bus.settle()
  const started = performance.now()
  await announce([7])
  await vi.waitFor(() => expect(accounts(reader.heard)).toEqual([id(7)]), { interval: 1, timeout: 5000 })
  // Far below the two seconds after which the bus would look by itself.
  expect(performance.now() - started).toBeLessThan(1000)
})

test('no fact is passed over when an earlier transaction commits later', async () => {
  await announce([20])
  let letGo = () => {}
  const gate = new Promise<void>((resolve) => {
    letGo = resolve
  })
  let begun = () => {}
  const hasBegun = new Promise<void>((resolve) => {
    begun = resolve
  })
  // Takes its transaction number first, and commits last.
  const slow = shelf.deps.db.write({ call: shelf.call, action: 'account.change', subject: 'slow' }, async (tx) => {
    await tx.sql.deleteFrom('book').execute()
    await tx.announce('account-changed', 'slow', { accountId: id(21) })
    const { rows } = await shelf.deps.db.pool.query('select 1')
    expect(rows.length).toBe(1)
    await shelf.deps.db.platform
      .insertInto('audit')
      .values({
        organisation_id: tx.actor.organisationId,
        user_id: tx.actor.userId,
        at: shelf.deps.clock.now(),
        trace_id: 'x',
        action: 'x',
        subject: 'x',
      })
      .execute()
    begun()
    await gate
  })
  await hasBegun
  await announce([22])
  const settled = bus.settle()
  await vi.waitFor(() => expect(accounts(reader.heard)).toEqual([id(20)]), { interval: 2 })
  letGo()
  await slow
  await settled
  expect(accounts(reader.heard)).toEqual([id(20), id(21), id(22)])
})

test('whatever transactions run at once, every fact is heard once and in order per key', async () => {
  await bus.start()
  const seed = 20261122
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(fc.integer({ min: 0, max: 3 }), fc.integer({ min: 1, max: 4 })), { minLength: 1, maxLength: 12 }),
      async (writes) => {
        await bus.settle()
        reader.heard.length = 0
        const next = new Map<string, number>()
        const lanes = Map.groupBy(writes, ([key]) => `key ${key}`)
        // Writers of one key wait for each other, as the book of an account makes them; keys run side by side.
        await Promise.all(
          [...lanes].map(async ([key, list]) => {
            for (const [, count] of list) {
              const from = next.get(key) ?? 0
              next.set(key, from + count)
              await announce(
                Array.from({ length: count }, (_, place) => from + place),
                key,
              )
            }
          }),
        )
        await bus.settle()
        const heard = Map.groupBy(reader.heard, ({ key }) => key)
        for (const [key, count] of next)
          expect(accounts(heard.get(key) ?? [])).toEqual(Array.from({ length: count }, (_, place) => id(place)))
        expect(reader.heard.length).toBe([...next.values()].reduce((a, b) => a + b, 0))
      },
    ),
    { seed, numRuns: 15 },
  )
})

test('a fact that cannot be understood is laid aside after four tries, and those behind it get through', async () => {
  const poison = id(66)
  let tries = 0
  const pauses: number[] = []
  const [subscription] = reader.subscriptions
  if (!subscription) throw new Error('the reader listens to nothing')
  const fussy = {
    ...subscription,
    hear: async (fact: Fact, ...rest: [Parameters<typeof subscription.hear>[1], Parameters<typeof subscription.hear>[2]]) => {
      if (accounts([fact])[0] === poison) {
        tries += 1
        throw new Error('cannot read this')
      }
      await subscription.hear(fact, ...rest)
    },
  }
  const fussyBus = new LocalBus(
    [onTheBus({ database: shelf.deps.db, subscriptions: [] }), onTheBus({ database: readerBench.deps.db, subscriptions: [fussy] })],
    { log: readerBench.deps.log, metrics: readerBench.deps.metrics, pause: async (milliseconds) => void pauses.push(milliseconds) },
  )
  await announce([65, 66, 67])
  await fussyBus.settle()
  // Once together with the others, then four times by itself.
  expect(tries).toBe(5)
  expect(pauses).toEqual([100, 1000, 5000])
  expect(accounts(reader.heard)).toContain(id(67))
  const dead = await readerBench.look.platform.selectFrom('dead_letter').select(['subscription', 'error', 'tries', 'fact']).execute()
  expect(dead).toMatchObject([
    { subscription: 'account-changed', error: 'cannot read this', tries: 4, fact: { body: { accountId: poison } } },
  ])
  expect(readerBench.deps.log.lines.filter(({ laidAside }) => laidAside)).toHaveLength(1)
})

test('ten thousand facts at once are heard within seconds', async () => {
  await bus.settle()
  reader.heard.length = 0
  const before = await effects()
  await announce(Array.from({ length: 10_000 }, (_, place) => place))
  const started = performance.now()
  await bus.settle()
  expect(reader.heard.length).toBe(10_000)
  expect((await effects()) - before).toBe(10_000)
  expect(performance.now() - started).toBeLessThan(60_000)
})
