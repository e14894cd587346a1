import { type Call, type Identity, nobody } from '@pe/contracts/actor.ts'
import type { CameFrom } from '@pe/contracts/identities.ts'
import { bytes, type Client, type Route, type Routes } from '@pe/contracts/route.ts'
import type { NewSession } from '@pe/contracts/sign-in.ts'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { asRefused } from './as-refused.ts'
import { overrideHeader, overrideOf } from './override-header.ts'
import { permit } from './permit.ts'
import { handlerOf } from './plain-call.ts'
import { inputReader } from './read-input.ts'
import { Refused } from './refused.ts'
import { sendReply } from './send-reply.ts'
import { checkOf } from './validation.ts'

export interface MountOptions {
  /** '/api/v1' */
  readonly prefix: string
  readonly service: string
  /** Internal routes are for other services: the gateway leaves them out. */
  readonly internal?: boolean
  /** Whose request it is; undefined for nobody. Throws the refusal of a credential that is stated and wrong. */
  readonly identityOf: (request: FastifyRequest, route: Route) => Promise<Identity | undefined>
  readonly fromOf?: (request: FastifyRequest) => CameFrom
  /** Gives whoever asks the session of the reply, or ends theirs (null). Without it the session stays in the reply. */
  readonly keepSession?: (request: FastifyRequest, reply: FastifyReply, session: NewSession | null) => void
  /** Holds replies against the contract, too: for tests, where a reply that breaks it must not pass. */
  readonly checkReplies?: boolean
}

/** Gives every route of a table its place on the server; what stands behind is a function or another process. */
export function mount<T extends Routes>(server: FastifyInstance, routes: T, client: Client<T>, options: MountOptions): void {
  const names = Object.keys(routes).filter((name) => options.internal || routes[name]?.permission !== 'service')
  server.register(async (json) => {
    json.removeContentTypeParser('text/plain')
    for (const name of names) if (routes[name]?.body !== bytes) add(json, routes, client, name, options)
  })
  server.register(async (raw) => {
    raw.removeAllContentTypeParsers()
    raw.addContentTypeParser('*', (_, __, done) => done(null, undefined))
    for (const name of names) if (routes[name]?.body === bytes) add(raw, routes, client, name, options)
  })
}

function add<T extends Routes>(server: FastifyInstance, routes: T, client: Client<T>, name: string, options: MountOptions): void {
  const route = routes[name] as Route
  const read = inputReader(route)
  const handle = handlerOf(client, name)
  const checkReply = options.checkReplies && route.reply !== bytes ? checkOf(route.reply, 'reply') : undefined
  const path = route.path.replaceAll(/\{(\w+)\}/g, ':$1')
  server.route({
    method: route.method,
    url: `${options.prefix}${path}`,
    config: { action: `${options.service}.${name}`, operation: route },
    // Before anything of the body is read.
    onRequest: (request) => admit(route, request, options),
    handler: async (request, reply) => {
      const result = await handle(read(request), callOf(request, reply, options))
      if (checkReply) orBug(() => checkReply(result))
      return sendReply(route, request, reply, withoutSession(route, request, reply, result, options))
    },
  })
}

async function admit(route: Route, request: FastifyRequest, options: MountOptions): Promise<void> {
  const identity = await options.identityOf(request, route)
  request.identity = identity
  request.userId = identity?.actor.userId ?? ''
  permit(route, identity, request.headers[overrideHeader] !== undefined)
}

function callOf(request: FastifyRequest, reply: FastifyReply, options: MountOptions): Call {
  const gone = new AbortController()
  reply.raw.once('close', () => {
    if (!reply.raw.writableFinished) gone.abort()
  })
  return {
    ...whoAsks(request.identity),
    traceId: request.traceId,
    signal: gone.signal,
    ...(options.fromOf ? { from: options.fromOf(request) } : {}),
    ...overrideOf(request.headers[overrideHeader]),
  }
}

function whoAsks(identity: Identity | undefined): Omit<Call, 'traceId'> {
  if (!identity) return { actor: nobody }
  const { actor, by, credentialId, permissions, steppedUp } = identity
  return { actor, by, credentialId, permissions, steppedUp }
}

/** What of a reply becomes the body: the session that it opens or ends is the door's. */
function withoutSession(route: Route, request: FastifyRequest, reply: FastifyReply, result: unknown, options: MountOptions): unknown {
  if (!route.cookie || !options.keepSession) return result
  const { session, ...body } = result as { session?: NewSession | null }
  if (session !== undefined) options.keepSession(request, reply, session)
  return body
}

function orBug(check: () => unknown): void {
  try {
    check()
  } catch (thrown) {
    throw new Refused('internal', 'the reply breaks its contract', asRefused(thrown).errors, thrown)
  }
}
