import { createAnalytics } from '@pe/analytics/service.ts'
import type { AuthPorts } from '@pe/auth/auth-deps.ts'
import { createAuth } from '@pe/auth/service.ts'
import { localOwner } from '@pe/contracts/actor.ts'
import type { CoreRoutes } from '@pe/contracts/core.ts'
import type { MarketRoutes } from '@pe/contracts/market.ts'
import type { Client, Routes } from '@pe/contracts/route.ts'
import { keepAnchored } from '@pe/core/chain/keep-anchored.ts'
import { orRefuseOtherKey } from '@pe/core/chain/seal.ts'
import { createCore } from '@pe/core/service.ts'
import type { CoreTables } from '@pe/core/store/tables.ts'
import { publicService } from '@pe/gateway/public-service.ts'
import { createGateway, type DoorSettings, type Gateway } from '@pe/gateway/service.ts'
import { createIntegration } from '@pe/integration/service.ts'
import { createMarket } from '@pe/market/service.ts'
import { keepSealed } from '@pe/platform/audit/keep-sealed.ts'
import { LocalBus, onTheBus } from '@pe/platform/bus/local-bus.ts'
import type { Cache } from '@pe/platform/cache/cache.ts'
import type { Clock } from '@pe/platform/clock/clock.ts'
import { inGroups } from '@pe/platform/db/grouped-writes.ts'
import { idempotently } from '@pe/platform/db/idempotently.ts'
import { openDatabase } from '@pe/platform/db/open-database.ts'
import type { ServiceDatabase } from '@pe/platform/db/service-database.ts'
import type { ObjectStorage } from '@pe/platform/files/object-storage.ts'
import { inProcessClient } from '@pe/platform/http/in-process-client.ts'
import { newTraceId } from '@pe/platform/http/trace.ts'
import { WaitingCallers } from '@pe/platform/http/waiting-callers.ts'
import type { Ids } from '@pe/platform/ids/ids.ts'
import { ServiceJobs } from '@pe/platform/jobs/service-jobs.ts'
import type { Keys } from '@pe/platform/keys/keys.ts'
import type { Log } from '@pe/platform/log/log.ts'
import type { Mail } from '@pe/platform/mail/mail.ts'
import type { Metrics } from '@pe/platform/metrics/metrics.ts'
import type { Service, ServiceDeps } from '@pe/platform/service.ts'
import { hasDemo } from './demo/has-demo.ts'
import type { Connections, ServiceName } from './migrate-services.ts'
import { readinessOf } from './readiness.ts'

/** The machine room: what every service is handed. */
export interface Ports {
  readonly cache: Cache
  readonly files: ObjectStorage
  /** The second place, where the ends of the hash chains are noted. */
  readonly anchors: ObjectStorage
  readonly mail: Mail
  readonly clock: Clock
  readonly ids: Ids
  readonly keys: Keys
  /** Where the keys come from, for the sentence to who has brought others. */
  readonly keysFrom: string
  readonly log: Log
  readonly metrics: Metrics
}

export interface Composition {
  readonly ports: Ports
  readonly connections: Connections
  readonly version: string
  /** The demo is asked for; a book that holds it says so by itself. */
  readonly demo: boolean
  /** How people come to be set up, and where links in mails lead; nobody hears of a set-up link when absent. */
  readonly people?: Partial<Pick<AuthPorts, 'webAddress' | 'onSetUpLink' | 'firstOwner'>> | undefined
  /** Who gets in, and how. */
  readonly door?: DoorSettings | undefined
  readonly webFolder?: string | undefined
  readonly mayLoseCommits?: boolean
  readonly checkReplies?: boolean
}

export interface House {
  readonly gateway: Gateway
  readonly clients: { readonly core: Client<CoreRoutes>; readonly market: Client<MarketRoutes> }
  /** Starts what works in the background: jobs and the bus. */
  start(): Promise<void>
  /** Carries facts and runs jobs until there is nothing left to do. */
  settle(): Promise<void>
  /** Drains: first the door, then the bus and the jobs, then the databases. */
  stop(): Promise<void>
}

/** A service with what it was given, on its feet. */
interface Standing<T extends Routes, Tables> {
  readonly service: Service<T, Tables>
  readonly client: Client<T>
  readonly db: ServiceDatabase<Tables>
  readonly jobs: ServiceJobs
}

/** Until the start says otherwise. */
const anybody = { webAddress: () => 'http://localhost:8080', onSetUpLink: () => {} }

/** Puts the services together: who holds whose client is decided here and nowhere else. */
export async function compose(composition: Composition): Promise<House> {
  const { ports, connections, version, demo, webFolder } = composition
  const undo = new AsyncDisposableStack()
  const callers = new WaitingCallers()
  let started = false

  async function databaseOf<Tables>(service: ServiceName): Promise<ServiceDatabase<Tables>> {
    const { clock, ids, keys, log } = ports
    const mayLoseCommits = composition.mayLoseCommits ?? false
    const db = await openDatabase<Tables>({
      ...{ service, connection: connections[service], clock, ids, keys, log, mayLoseCommits },
      // who asks belongs to no organisation yet
      acrossOrganisations: service === 'auth',
    })
    undo.defer(() => db.close())
    return db
  }

  async function stand<T extends Routes, Tables>(
    name: ServiceName,
    create: (deps: ServiceDeps<Tables>) => Service<T, Tables>,
    opened?: ServiceDatabase<Tables>,
  ): Promise<Standing<T, Tables>> {
    const db = opened ?? (await databaseOf<Tables>(name))
    const sealed = keepSealed(db, ports.anchors)
    // After all that could still write: what is deferred first ends last.
    undo.defer(() => sealed.stop())
    const jobs = new ServiceJobs(db)
    await jobs.prepare()
    undo.defer(() => jobs.stop())
    const service = create({ ...ports, log: ports.log.of(name), db, queue: jobs, quiet: () => callers.gone() })
    const client = inProcessClient(
      service.routes,
      service.handlers,
      (call, request, run) => idempotently(db, call, request, run),
      inGroups(db, service.together ?? {}),
    )
    return { service, client, db, jobs }
  }

  try {
    // Before anything stands that seals what it finds.
    const book = await databaseOf<CoreTables>('core')
    await orRefuseOtherKey(book.sql, ports.keys, ports.keysFrom)
    const auth = await stand('auth', (deps) => createAuth({ ...deps, ...anybody, ...composition.people }))
    const market = await stand('market', createMarket)
    const core = await stand('core', (deps) => createCore({ ...deps, market: market.client }), book)
    const anchored = keepAnchored({ ...ports, log: ports.log.of('core'), db: core.db })
    undo.defer(() => anchored.stop())
    const below = { core: core.client, market: market.client }
    const analytics = await stand('analytics', (deps) => createAnalytics({ ...deps, ...below }))
    const integration = await stand('integration', (deps) => createIntegration({ ...deps, ...below }))
    const gatewayDb = await databaseOf<Record<never, never>>('gateway')
    const gateway = await createGateway({
      log: ports.log,
      metrics: ports.metrics,
      clock: ports.clock,
      callers,
      version,
      demo: demo || (await hasDemo(market.client, { actor: localOwner, traceId: newTraceId() })),
      auth: auth.client,
      door: composition.door,
      webFolder,
      checkReplies: composition.checkReplies ?? false,
      services: [auth, core, market, analytics, integration].map(({ service, client }) =>
        publicService(service.name, service.routes, client),
      ),
      ready: readinessOf(() => started, [auth.db, core.db, market.db, analytics.db, integration.db]),
    })
    const bus = new LocalBus(
      [
        onTheBus({ database: auth.db, subscriptions: auth.service.subscriptions }),
        onTheBus({ database: core.db, subscriptions: core.service.subscriptions, commands: core.service.commands }),
        onTheBus({ database: market.db, subscriptions: market.service.subscriptions }),
        onTheBus({ database: analytics.db, subscriptions: analytics.service.subscriptions }),
        onTheBus({ database: integration.db, subscriptions: integration.service.subscriptions }),
        onTheBus({ database: gatewayDb, subscriptions: gateway.subscriptions }),
      ],
      ports,
    )
    undo.defer(() => bus.stop())
    undo.defer(() => gateway.server.close())
    const standing = [auth, market, core, analytics, integration]
    return {
      gateway,
      clients: below,
      async start() {
        for (const { service, jobs } of standing) {
          await service.start?.()
          await jobs.start(service.jobs)
        }
        await bus.start()
        started = true
      },
      async settle() {
        await bus.settle()
        for (const { service, jobs } of standing) await jobs.runUntilIdle(service.jobs)
        await bus.settle()
      },
      async stop() {
        await undo.disposeAsync()
        for (const { service } of standing.toReversed()) await service.stop?.()
      },
    }
  } catch (trouble) {
    await undo.disposeAsync()
    throw trouble
  }
}
