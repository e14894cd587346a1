import { type BytesReply, bytes, type Route } from '@pe/contracts/route.ts'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { entityTag, hasVersion } from './entity-tag.ts'
import { contentDisposition } from './file-name.ts'
import { textOf } from './kept-text.ts'
import { wasReplayed } from './keyed-request.ts'

/** Answers what a handler returned, in the way its route says. */
export function sendReply(route: Route, request: FastifyRequest, reply: FastifyReply, result: unknown): FastifyReply {
  reply.header('cache-control', 'private, no-cache')
  if (route.reply === bytes) return sendBytes(reply, result as BytesReply)
  if (wasReplayed(result)) reply.header('idempotency-replayed', 'true')
  const version = versionOf(route, result)
  if (version !== undefined) {
    reply.header('etag', entityTag(version))
    if (route.method === 'GET' && hasVersion(request.headers['if-none-match'], version)) return reply.code(304).send()
  }
  if (route.status === 204) return reply.code(204).send()
  return reply
    .code(route.status ?? 200)
    .type('application/json; charset=utf-8')
    .send(textOf(result))
}

function sendBytes(reply: FastifyReply, file: BytesReply): FastifyReply {
  return reply.type(file.contentType).header('content-disposition', contentDisposition(file.fileName)).send(file.stream)
}

function versionOf(route: Route, result: unknown): number | undefined {
  if (!route.version || typeof result !== 'object' || result === null) return undefined
  const { version } = result as { version?: unknown }
  return typeof version === 'number' ? version : undefined
}
