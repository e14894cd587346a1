import { localOwner } from '@pe/contracts/actor.ts'
import { type FactName, factBodies } from '@pe/contracts/facts.ts'
import { openApiDocument } from '@pe/contracts/openapi.ts'
import { type SystemRoutes, systemRoutes } from '@pe/contracts/system.ts'
import type { Clock } from '@pe/platform/clock/clock.ts'
import { createHttpServer } from '@pe/platform/http/http-server.ts'
import { inProcessClient } from '@pe/platform/http/in-process-client.ts'
import type { WaitingCallers } from '@pe/platform/http/waiting-callers.ts'
import type { Log } from '@pe/platform/log/log.ts'
import type { Metrics } from '@pe/platform/metrics/metrics.ts'
import type { Service } from '@pe/platform/service.ts'
import type { FastifyInstance } from 'fastify'
import { addApiDocs } from './api-docs.ts'
import { compressReplies } from './compress-replies.ts'
import { addHealth, type Readiness } from './health.ts'
import { LiveStream } from './live-stream.ts'
import { addMetrics } from './metrics-page.ts'
import { type PublicService, publicService } from './public-service.ts'
import { refuseForeigners } from './refuse-foreigners.ts'
import { setSecurityHeaders } from './security-headers.ts'
import { addWebFiles } from './web-files.ts'

export interface GatewayDeps {
  readonly log: Log
  readonly metrics: Metrics
  readonly clock: Clock
  /** Hears who waits at the door. */
  readonly callers?: WaitingCallers
  readonly version: string
  readonly demo: boolean
  /** Whose operations are offered to the outside. */
  readonly services: readonly PublicService[]
  /** What must be well for requests to be answered. */
  readonly ready: () => Promise<Readiness>
  /** The built web app; without it the API stands alone. */
  readonly webFolder?: string | undefined
  /** Holds replies against the contract: for tests. */
  readonly checkReplies?: boolean
}

/** The gateway keeps nothing. */
type NoTables = Record<never, never>

export interface Gateway extends Service<SystemRoutes, NoTables> {
  readonly server: FastifyInstance
}

const prefix = '/api/v1'

/** The door: every request from outside, and every fact on its way to a browser. */
export async function createGateway(deps: GatewayDeps): Promise<Gateway> {
  const { log, metrics, clock, version, demo } = deps
  const server = createHttpServer({ log: log.of('gateway'), metrics, ...(deps.callers ? { callers: deps.callers } : {}) })
  const stream = new LiveStream(metrics)
  const handlers = {
    about: async () => ({ name: 'PortfolioEngine', version, today: clock.today(localOwner.timeZone), demo }),
  }

  // First, so that it closes the connection of an upgrade that a later hook refuses.
  await stream.open(server, `${prefix}/stream`)
  refuseForeigners(server)
  await setSecurityHeaders(server)
  await compressReplies(server)
  const own = publicService('gateway', systemRoutes, inProcessClient(systemRoutes, handlers))
  for (const service of [own, ...deps.services]) {
    service.mountOn(server, { prefix, actorOf: () => localOwner, checkReplies: deps.checkReplies ?? false })
  }
  addHealth(server, deps.ready)
  addMetrics(server, metrics)
  await addApiDocs(server, { documentUrl: `${prefix}/openapi.json`, document: openApiDocument(version) })
  await addWebFiles(server, deps.webFolder)

  return {
    name: 'gateway',
    routes: systemRoutes,
    handlers,
    server,
    subscriptions: (Object.keys(factBodies) as FactName[]).map((fact) => ({ fact, hear: async (heard) => stream.tell(heard) })),
    jobs: [],
    stop: () => server.close(),
  }
}
