import { randomBytes } from 'node:crypto'
import { type Actor, type Call, localOwner } from '@pe/contracts/actor.ts'
import type { Message } from '@pe/contracts/commands.ts'
import type { Fact, FactBody, FactName } from '@pe/contracts/facts.ts'
import type { Routes } from '@pe/contracts/route.ts'
import { instant } from '@pe/finance/time/instant.ts'
import { deliveries, hearFacts } from '../bus/hear-facts.ts'
import { type OutboxRow, readMessage } from '../bus/outbox-row.ts'
import { type Clock, FixedClock } from '../clock/clock.ts'
import { migrate } from '../db/migrate.ts'
import { openDatabase } from '../db/open-database.ts'
import type { ServiceDatabase } from '../db/service-database.ts'
import { type Ids, timeOrderedIds } from '../ids/ids.ts'
import { ServiceJobs } from '../jobs/service-jobs.ts'
import type { Service, ServiceDeps } from '../service.ts'
import { type Look, lookInto } from './look-into.ts'
import { type TestDatabase, testDatabase } from './test-database.ts'
import {
  type TestLog,
  type TestMail,
  type TestMetrics,
  testCache,
  testFiles,
  testKeys,
  testLog,
  testMail,
  testMetrics,
} from './test-ports.ts'

/** What services in tests are handed: the ports, as things that can be looked into. */
export interface TestDeps<Tables> extends ServiceDeps<Tables> {
  readonly db: ServiceDatabase<Tables>
  readonly mail: TestMail
  readonly log: TestLog
  readonly metrics: TestMetrics
}

export interface TestServiceOptions<T extends Routes, Tables> {
  /** 'core': schema `core`, role `pe_core`. */
  readonly name: string
  /** `new URL('../migrations/', import.meta.url)` */
  readonly migrations: URL
  /** Stands at 2026-11-22T12:00:00Z when absent. */
  readonly clock?: Clock
  readonly ids?: Ids
  /** Of a service that tells organisations apart itself. */
  readonly acrossOrganisations?: boolean
  /** Add the clients of other services here: `(deps) => createCore({ ...deps, market })`. */
  readonly create: (deps: TestDeps<Tables>) => Service<T, Tables>
}

export interface TestService<T extends Routes, Tables> {
  readonly deps: TestDeps<Tables>
  readonly service: Service<T, Tables>
  /** A look into the tables, past the organisations. */
  readonly look: Look<Tables>
  /** The local owner with a fresh trace id. */
  readonly call: Call
  callAs(actor: Partial<Actor>): Call
  /** Every fact in the service's outbox, in order; with `name`, those of that name. */
  announced<N extends FactName = FactName>(name?: N): Promise<Fact<N>[]>
  /** Lets the service's subscriptions hear a fact, through the inbox: the same `id` has its effect once. */
  hear<N extends FactName>(name: N, body: FactBody<N>, options?: { key?: string; id?: string; actor?: Actor }): Promise<void>
  /** Lets the service hear facts as they are, e.g. those that another test service announced; and commands. */
  hearFacts(facts: readonly Message[]): Promise<void>
  /** Runs jobs that are due until none is left; throws what a job threw. */
  runJobs(): Promise<void>
  /** Stops the service and drops its database. */
  stop(): Promise<void>
}

export const testClock = (moment = '2026-11-22T12:00:00Z'): FixedClock => new FixedClock(instant(moment))

/** One service on a database of its own, connected as its own role: it sees nothing but its schema, as in production. */
export async function testService<T extends Routes, Tables>(options: TestServiceOptions<T, Tables>): Promise<TestService<T, Tables>> {
  const database = await testDatabase([options.name])
  return mountTestService(database, options, () => database.drop())
}

export async function mountTestService<T extends Routes, Tables>(
  database: TestDatabase,
  {
    name,
    migrations,
    clock = testClock(),
    ids = timeOrderedIds(clock),
    acrossOrganisations = false,
    create,
  }: TestServiceOptions<T, Tables>,
  dropped: () => Promise<void> = async () => {},
): Promise<TestService<T, Tables>> {
  const connection = database.connections.get(name)
  if (!connection) throw new Error(`the test database was not set up for ${name}`)
  await migrate({ service: name, connection, migrations })
  const log = testLog(name)
  const keys = testKeys()
  const db = await openDatabase<Tables>({ service: name, connection, clock, ids, keys, log, mayLoseCommits: true, acrossOrganisations })
  const queue = new ServiceJobs(db)
  await queue.prepare()
  const ports = { cache: testCache(), files: testFiles(), mail: testMail(), metrics: testMetrics() }
  const deps: TestDeps<Tables> = { ...ports, db, clock, ids, keys, log, queue, quiet: async () => {} }
  const service = create(deps)
  await service.start?.()

  const look = lookInto(db)
  const callAs = (actor: Partial<Actor>): Call => ({ actor: { ...localOwner, ...actor }, traceId: randomBytes(16).toString('hex') })
  const hear = async (messages: readonly Message[]) => {
    const wanted = [...service.subscriptions, ...(service.commands ?? [])]
    for (const message of messages) await hearFacts(db, deliveries(wanted, [message]))
  }
  return {
    deps,
    service,
    look,
    get call() {
      return callAs({})
    },
    callAs,
    async announced<N extends FactName>(wanted?: N) {
      const { rows } = await look.query<OutboxRow>('select * from outbox order by seq')
      return rows.map(readMessage).filter((fact): fact is Fact<N> => wanted === undefined || fact.name === wanted)
    },
    async hear(factName, body, { key, id = ids.next(), actor = localOwner } = {}) {
      const { organisationId } = actor
      await hear([{ id, name: factName, organisationId, key: key ?? organisationId, at: clock.now(), traceId: callAs({}).traceId, body }])
    },
    hearFacts: hear,
    runJobs: () => queue.runUntilIdle(service.jobs),
    async stop() {
      await service.stop?.()
      await queue.stop()
      await db.close()
      await dropped()
    },
  }
}
