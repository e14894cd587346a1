import type { Server } from 'node:http'
import type { Socket } from 'node:net'
import { refusalStatus, type WireRefusalCode } from '@pe/contracts/refusals.ts'
import fastify, { type FastifyError, type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify'
import type { Log } from '../log/log.ts'
import type { Metrics } from '../metrics/metrics.ts'
import { asProblem, problemType } from './as-problem.ts'
import { asRefused } from './as-refused.ts'
import { readJsonBodies } from './json-bodies.ts'
import { pathTable } from './path-table.ts'
import { Refused } from './refused.ts'
import { newTraceId, traceIdOf, traceparent } from './trace.ts'
import type { WaitingCallers } from './waiting-callers.ts'

declare module 'fastify' {
  interface FastifyRequest {
    traceId: string
    /** Who asked, once that is known. */
    userId: string
    /** What is logged of a refusal beside its code. */
    refusal: Refused | undefined
  }
  interface FastifyContextConfig {
    /** 'core.createAccount': the operation, for log and metrics. */
    action?: string
  }
}

export interface HttpServerOptions {
  readonly log: Log
  readonly metrics: Metrics
  /** Of JSON bodies, in bytes; 1 MiB when absent. Files are streams and have their own limit. */
  readonly bodyLimit?: number
  /** Hears who comes and who is answered. */
  readonly callers?: WaitingCallers
}

/** Whoever is not done by then, when the server stops, is cut off. */
const drainMilliseconds = 10_000

/** A server that answers every "no" as problem details, counts and logs each request, and carries the trace along. */
export function createHttpServer({ log, metrics, bodyLimit = 1_048_576, callers }: HttpServerOptions): FastifyInstance {
  const server = fastify({
    bodyLimit,
    logger: false,
    requestTimeout: 300_000,
    // A stop lets requests that are under way come to their end.
    forceCloseConnections: 'idle',
    return503OnClosing: false,
    genReqId: (raw) => requestIdOf(raw.headers['x-request-id']) ?? newTraceId(),
    frameworkErrors: (error, request, reply) => {
      request.traceId ??= newTraceId()
      answer(asFastifyRefused(error), request, reply as FastifyReply)
    },
    clientErrorHandler: refuseBrokenHttp,
    routerOptions: { maxParamLength: 500 },
  }) as unknown as FastifyInstance
  ;(server.server as Server).headersTimeout = 20_000
  const methodsOf = pathTable(server)
  readJsonBodies(server)

  server.decorateRequest('traceId', '')
  server.decorateRequest('userId', '')
  server.decorateRequest('refusal', undefined)

  server.addHook('preClose', async () => {
    setTimeout(() => server.server.closeAllConnections(), drainMilliseconds).unref()
  })
  server.addHook('onRequest', async (request, reply) => {
    request.traceId = traceIdOf(request.headers.traceparent) ?? newTraceId()
    reply.header('x-request-id', request.id)
    reply.header('traceparent', traceparent(request.traceId))
    // what becomes a stream waits for no answer
    if (!callers || request.headers.upgrade !== undefined) return
    callers.came()
    reply.raw.once('close', () => callers.answered())
  })
  server.addHook('onResponse', async (request, reply) => {
    const seconds = reply.elapsedTime / 1000
    const labels = { method: request.method, route: request.routeOptions.url ?? 'unknown', status: String(reply.statusCode) }
    metrics.count('http_requests_total', labels)
    metrics.observe('http_request_duration_seconds', seconds, labels)
    logRequest(log, request, reply)
  })
  server.setErrorHandler((error, request, reply) => answer(asFastifyRefused(error), request, reply))
  server.setNotFoundHandler((request, reply) => {
    const path = request.url.split('?', 1)[0] ?? '/'
    const methods = methodsOf(path)
    if (methods.length === 0) return answer(new Refused('not_found', `there is nothing at ${path.slice(0, 200)}`), request, reply)
    reply.header('allow', methods.join(', '))
    return answer(new Refused('method_not_allowed', `this path knows ${methods.join(', ')}, not ${request.method}`), request, reply)
  })
  return server
}

/** Ends a request with a "no". */
export function answer(refused: Refused, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  request.refusal = refused
  if (refused.code === 'unavailable' || refused.code === 'too_many_requests') reply.header('retry-after', refused.facts.seconds ?? '2')
  return reply
    .code(refusalStatus[refused.code])
    .removeHeader('etag')
    .removeHeader('content-disposition')
    .header('cache-control', 'no-store')
    .type(problemType)
    .send(JSON.stringify(asProblem(refused, request.id, request.url.split('?', 1)[0]?.slice(0, 500))))
}

const frameworkCodes: Readonly<Record<string, WireRefusalCode>> = {
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'unsupported_media_type',
  FST_ERR_CTP_BODY_TOO_LARGE: 'body_too_large',
  FST_ERR_NOT_FOUND: 'not_found',
}

function asFastifyRefused(error: unknown): Refused {
  if (!(error instanceof Error) || error instanceof Refused) return asRefused(error)
  const { code, statusCode } = error as Partial<FastifyError>
  const known = code === undefined ? undefined : frameworkCodes[code]
  if (known) return new Refused(known, error.message, [], error)
  if (statusCode === 413) return new Refused('body_too_large', 'the body is too large', [], error)
  if (statusCode !== undefined && statusCode >= 400 && statusCode < 500) {
    return new Refused(
      'bad_request',
      error instanceof SyntaxError || code?.startsWith('FST_ERR_CTP') ? 'the body is not valid JSON' : 'the request cannot be read',
      [],
      error,
    )
  }
  return asRefused(error)
}

function logRequest(log: Log, request: FastifyRequest, reply: FastifyReply): void {
  const { refusal } = request
  const status = reply.statusCode >= 500 ? 'failure' : reply.statusCode >= 400 ? 'refused' : 'success'
  const event = {
    action: request.routeOptions.config?.action ?? 'http.request',
    status,
    durationMs: Math.round(reply.elapsedTime * 10) / 10,
    traceId: request.traceId,
    userId: request.userId,
    request_id: request.id,
    method: request.method,
    route: request.routeOptions.url ?? 'unknown',
    http_status: reply.statusCode,
    ...(refusal ? { code: refusal.code } : {}),
  } as const
  if (status === 'failure') log.error(event, refusal?.cause ?? refusal)
  else if (request.routeOptions.config?.action) log.info(event)
  else log.debug(event)
}

function requestIdOf(header: string | string[] | undefined): string | undefined {
  return typeof header === 'string' && /^[\w.-]{1,64}$/.test(header) ? header : undefined
}

/** What cannot be read as HTTP at all still gets a problem as its answer. */
function refuseBrokenHttp(error: Error & { code?: string }, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy()
    return
  }
  const body = JSON.stringify(asProblem(new Refused('bad_request', 'the request is not valid HTTP')))
  socket.end(
    `HTTP/1.1 400 Bad Request\r\ncontent-type: ${problemType}\r\ncontent-length: ${Buffer.byteLength(body)}\r\nconnection: close\r\n\r\n${body}`,
  )
}
