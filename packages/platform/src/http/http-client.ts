import { Readable } from 'node:stream'
import type { Actor, Call } from '@pe/contracts/actor.ts'
import { bytes, type Client, type Route, type Routes, repeatable } from '@pe/contracts/route.ts'
import { type Dispatcher, request } from 'undici'
import { refusedOf } from './as-problem.ts'
import { asRefused } from './as-refused.ts'
import { entityTag } from './entity-tag.ts'
import { fileNameOf } from './file-name.ts'
import { markReplayed } from './keyed-request.ts'
import { overrideHeaders } from './override-header.ts'
import { clientOf, type PlainInput } from './plain-call.ts'
import { Refused } from './refused.ts'
import { traceparent } from './trace.ts'

export const actorHeader = 'x-pe-actor'

/** The actor of a call between services. Only an internal listener may read it: from outside it would be anybody's claim. */
export function actorOfHeader(header: string | string[] | undefined): Actor {
  try {
    const { organisationId, userId, timeZone } = JSON.parse(Buffer.from(String(header), 'base64url').toString('utf8')) as Partial<Actor>
    if (organisationId && userId && timeZone) return { organisationId, userId, timeZone }
  } catch {
    // falls through: said below
  }
  throw new Refused('bad_request', `a call between services names its actor in ${actorHeader}`)
}

export interface HttpClientOptions {
  /** 'http://core:8080/api/v1' */
  readonly baseUrl: string
  /** Milliseconds until a call without an answer is given up; 30 s when absent. Streams of bytes may take longer. */
  readonly deadline?: number
  readonly dispatcher?: Dispatcher
}

/** A service as its callers hold it when it runs elsewhere. */
export function httpClient<T extends Routes>(routes: T, options: HttpClientOptions): Client<T> {
  return clientOf(routes, (_, route) => async (input, call) => {
    try {
      return await send(route, input, call, options)
    } catch (thrown) {
      throw asRefused(thrown)
    }
  })
}

async function send(route: Route, input: PlainInput, call: Call, options: HttpClientOptions): Promise<unknown> {
  const deadline = AbortSignal.timeout(options.deadline ?? 30_000)
  const isBytes = route.body === bytes
  const response = await request(urlOf(options.baseUrl, route, input), {
    method: route.method,
    headers: headersOf(route, input, call),
    body: isBytes ? (input.body as Readable) : route.body ? JSON.stringify(input.body ?? {}) : null,
    signal: isBytes || route.reply === bytes ? (call.signal ?? null) : call.signal ? AbortSignal.any([call.signal, deadline]) : deadline,
    ...(options.dispatcher ? { dispatcher: options.dispatcher } : {}),
  })
  if (response.statusCode >= 400) throw refusedOf(response.statusCode, await response.body.json().catch(() => undefined))
  if (route.reply === bytes) {
    return {
      contentType: String(response.headers['content-type'] ?? 'application/octet-stream'),
      fileName: fileNameOf(headerText(response.headers['content-disposition'])),
      stream: Readable.from(response.body),
    }
  }
  const reply: unknown = await response.body.json()
  if (response.headers['idempotency-replayed'] === 'true') markReplayed(reply)
  return reply
}

function urlOf(baseUrl: string, route: Route, input: PlainInput): string {
  const path = route.path.replaceAll(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(String(input.params?.[name])))
  const query = new URLSearchParams()
  for (const [name, value] of Object.entries(input.query ?? {})) {
    if (value === undefined) continue
    for (const one of Array.isArray(value) ? value : [value]) query.append(name, String(one))
  }
  return `${baseUrl}${path}${query.size > 0 ? `?${query}` : ''}`
}

function headersOf(route: Route, input: PlainInput, call: Call): Record<string, string> {
  return {
    traceparent: traceparent(call.traceId),
    [actorHeader]: Buffer.from(JSON.stringify(call.actor)).toString('base64url'),
    ...overrideHeaders(call.override),
    ...(route.body ? { 'content-type': route.body === bytes ? 'application/octet-stream' : 'application/json' } : {}),
    ...(input.ifMatch === undefined ? {} : { 'if-match': entityTag(input.ifMatch) }),
    ...(input.idempotencyKey && repeatable(route) ? { 'idempotency-key': input.idempotencyKey } : {}),
  }
}

function headerText(header: string | string[] | undefined): string | undefined {
  return Array.isArray(header) ? header[0] : header
}
