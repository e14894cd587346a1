import { type Actor, nobody } from '@pe/contracts/actor.ts'
import type { AuthRoutes } from '@pe/contracts/auth.ts'
import { type FactName, factBodies } from '@pe/contracts/facts.ts'
import { openApiDocument } from '@pe/contracts/openapi.ts'
import type { Client, Route } from '@pe/contracts/route.ts'
import { type SystemRoutes, systemRoutes } from '@pe/contracts/system.ts'
import type { Clock } from '@pe/platform/clock/clock.ts'
import { createHttpServer } from '@pe/platform/http/http-server.ts'
import { inProcessClient } from '@pe/platform/http/in-process-client.ts'
import type { WaitingCallers } from '@pe/platform/http/waiting-callers.ts'
import { localRateLimits } from '@pe/platform/limits/local-rate-limits.ts'
import type { RateLimits } from '@pe/platform/limits/rate-limits.ts'
import type { Log } from '@pe/platform/log/log.ts'
import type { Metrics } from '@pe/platform/metrics/metrics.ts'
import type { Service } from '@pe/platform/service.ts'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { addApiDocs } from './api-docs.ts'
import { compressReplies } from './compress-replies.ts'
import { blocksOf } from './door/address-blocks.ts'
import { type Budgets, usualBudgets } from './door/budgets.ts'
import { Denials } from './door/denials.ts'
import { Doorkeeper, type Operator } from './door/doorkeeper.ts'
import { Identities } from './door/identities.ts'
import { limitRequests } from './door/limit-requests.ts'
import { refuseForeigners } from './door/refuse-foreigners.ts'
import { sessionKeeper } from './door/session-cookie.ts'
import { type Strength, shedOverload, usualStrength } from './door/shed-overload.ts'
import { cameFrom, seeVisitors } from './door/visitor.ts'
import { addHealth, type Readiness } from './health.ts'
import { LiveStream } from './live-stream.ts'
import { addMetrics } from './metrics-page.ts'
import { type PublicService, publicService } from './public-service.ts'
import { setSecurityHeaders } from './security-headers.ts'
import { addWebFiles } from './web-files.ts'

export interface GatewayDeps {
  readonly log: Log
  readonly metrics: Metrics
  readonly clock: Clock
  /** Hears who waits at the door. */
  readonly callers?: WaitingCallers
  readonly version: string
  /** What is shown is made up, and every screen is to say so. */
  readonly demo: boolean
  /** Says whose a credential is, and hears what was denied. */
  readonly auth: Pick<Client<AuthRoutes>, 'identify' | 'noteDenials'>
  readonly door?: DoorSettings | undefined
  /** Whose operations are offered to the outside. */
  readonly services: readonly PublicService[]
  /** What must be well for requests to be answered. */
  readonly ready: () => Promise<Readiness>
  /** The built web app; without it the API stands alone. */
  readonly webFolder?: string | undefined
  /** Holds replies against the contract: for tests. */
  readonly checkReplies?: boolean
}

/** Who gets in, and how. */
export interface DoorSettings {
  /** Where people reach us, 'https://pe.example.org'; names of this machine alone when absent. */
  readonly publicUrl?: string | undefined
  /** Proxies whose word about a visitor counts, as CIDR blocks. */
  readonly trustedProxies?: readonly string[] | undefined
  readonly tls?: { readonly cert: Buffer; readonly key: Buffer } | undefined
  /** Plain HTTP from other machines, too. */
  readonly insecure?: boolean | undefined
  readonly operator?: Operator | undefined
  /** Whose demo stands open to everybody at this machine. */
  readonly openDemo?: Actor | undefined
  readonly limits?: RateLimits | undefined
  readonly budgets?: Budgets | undefined
  readonly strength?: Strength | undefined
  /** Milliseconds of a clock that never goes back. */
  readonly now?: (() => number) | undefined
}

/** The gateway keeps nothing. */
type NoTables = Record<never, never>

export interface Gateway extends Service<SystemRoutes, NoTables> {
  readonly server: FastifyInstance
  readonly denials: Denials
}

const prefix = '/api/v1'

/** What opens the stream: it is no operation of a service, and held against its caller like one. */
const listening: Route = {
  method: 'GET',
  path: '/stream',
  permission: 'book.read',
  summary: 'What happens, as it happens',
  reply: Type.Object({}),
}

/** The door: every request from outside, and every fact on its way to a browser. */
export async function createGateway(deps: GatewayDeps): Promise<Gateway> {
  const { log, metrics, clock, version, demo } = deps
  const { trustedProxies = [], tls, insecure = false, publicUrl, operator, openDemo, now, ...settings } = deps.door ?? {}
  const server = createHttpServer({ log: log.of('gateway'), metrics, tls, ...(deps.callers ? { callers: deps.callers } : {}) })
  const identities = new Identities({ auth: deps.auth, clock, now })
  const doorkeeper = new Doorkeeper({ identities, operator, demo: openDemo })
  const identityOf = (request: FastifyRequest, route: Route) => doorkeeper.identityOf(request, route)
  const stream = new LiveStream({ metrics, route: listening, identityOf })
  const handlers = {
    about: async () => ({ name: 'PortfolioEngine', version, today: clock.today(nobody.timeZone), demo }),
  }

  seeVisitors(server, blocksOf(trustedProxies))
  // Before what may refuse, so that it closes the connection of an upgrade that a later hook refuses.
  await stream.open(server, `${prefix}${listening.path}`)
  const denials = new Denials(server, { auth: deps.auth, clock, log: log.of('gateway') })
  await setSecurityHeaders(server)
  shedOverload(server, settings.strength ?? usualStrength)
  refuseForeigners(server, { publicUrl, insecure })
  limitRequests(server, settings.limits ?? localRateLimits(), settings.budgets ?? usualBudgets)
  await compressReplies(server)
  server.addHook('onSend', async ({ identity, method, routeOptions }, reply) => {
    // What somebody has done to their own sessions counts before they hear that it is done.
    const { permission, cookie } = routeOptions.config.operation ?? {}
    if (!identity || method === 'GET' || reply.statusCode >= 400 || (permission !== 'self' && !cookie)) return
    identities.forget(identity.actor.userId)
    void stream.recheck(identity.actor.userId)
  })
  const own = publicService('gateway', systemRoutes, inProcessClient(systemRoutes, handlers))
  for (const service of [own, ...deps.services]) {
    service.mountOn(server, {
      prefix,
      identityOf,
      fromOf: cameFrom,
      keepSession: sessionKeeper(clock),
      checkReplies: deps.checkReplies ?? false,
    })
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
    denials,
    subscriptions: (Object.keys(factBodies) as FactName[]).map((fact) => ({ fact, hear: async (heard) => stream.tell(heard) })),
    jobs: [],
    stop: () => server.close(),
  }
}
