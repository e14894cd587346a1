import type { Actor, Call } from '@pe/contracts/actor.ts'
import { bytes, type Client, type Route, type Routes } from '@pe/contracts/route.ts'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { asRefused } from './as-refused.ts'
import { overrideHeader, overrideOf } from './override-header.ts'
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
  readonly actorOf: (request: FastifyRequest) => Actor
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
    config: { action: `${options.service}.${name}` },
    handler: async (request, reply) => {
      const result = await handle(read(request), callOf(request, reply, options))
      if (checkReply) orBug(() => checkReply(result))
      return sendReply(route, request, reply, result)
    },
  })
}

function callOf(request: FastifyRequest, reply: FastifyReply, options: MountOptions): Call {
  const gone = new AbortController()
  reply.raw.once('close', () => {
    if (!reply.raw.writableFinished) gone.abort()
  })
  const actor = options.actorOf(request)
  request.userId = actor.userId
  return { actor, traceId: request.traceId, signal: gone.signal, ...overrideOf(request.headers[overrideHeader]) }
}

function orBug(check: () => unknown): void {
  try {
    check()
  } catch (thrown) {
    throw new Refused('internal', 'the reply breaks its contract', asRefused(thrown).errors, thrown)
  }
}
