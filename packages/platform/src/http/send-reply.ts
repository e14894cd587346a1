import { type BytesReply, bytes, type Route } from '@pe/contracts/route.ts'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { entityTag, hasTag } from './entity-tag.ts'
import { contentDisposition } from './file-name.ts'
import { contentTag, textOf } from './kept-text.ts'
import { wasReplayed } from './keyed-request.ts'

/**
 * Answers what a handler returned, in the way its route says. What belongs to a person may be kept by their browser, which asks each time
 * whether it still stands (`private, no-cache`), and for nobody who comes with another credential (`Vary`).
 */
export function sendReply(route: Route, request: FastifyRequest, reply: FastifyReply, result: unknown): FastifyReply {
  reply.header('cache-control', route.cookie || route.secret ? 'no-store' : 'private, no-cache')
  if (route.permission !== 'public') reply.header('vary', 'Cookie, Authorization')
  if (route.reply === bytes) return sendBytes(reply, result as BytesReply)
  if (wasReplayed(result)) reply.header('idempotency-replayed', 'true')
  if (route.status === 204) return reply.code(204).send()
  const version = versionOf(route, result)
  const reads = route.method === 'GET'
  const text = textOf(result)
  const tag = version !== undefined ? entityTag(version) : reads ? contentTag(result, text) : undefined
  if (tag !== undefined) {
    reply.header('etag', tag)
    if (reads && hasTag(request.headers['if-none-match'], tag)) return reply.code(304).send()
  }
  return reply
    .code(route.status ?? 200)
    .type('application/json; charset=utf-8')
    .send(text)
}

function sendBytes(reply: FastifyReply, file: BytesReply): FastifyReply {
  return reply.type(file.contentType).header('content-disposition', contentDisposition(file.fileName)).send(file.stream)
}

function versionOf(route: Route, result: unknown): number | undefined {
  if (!route.version || typeof result !== 'object' || result === null) return undefined
  const { version } = result as { version?: unknown }
  return typeof version === 'number' ? version : undefined
}
