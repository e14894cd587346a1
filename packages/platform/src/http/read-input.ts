import { PassThrough, type Readable } from 'node:stream'
import { bytes, type Route, repeatable } from '@pe/contracts/route.ts'
import type { FastifyRequest } from 'fastify'
import { versionSeen } from './entity-tag.ts'
import type { PlainInput } from './plain-call.ts'
import { Refused } from './refused.ts'
import { type Check, checkOf, textCheckOf } from './validation.ts'

/** Turns requests of one route into inputs, validated; compiled once. */
export function inputReader(route: Route): (request: FastifyRequest) => PlainInput {
  const params = route.params && textCheckOf(route.params, 'path')
  const query = textCheckOf(route.query ?? nothing, 'query')
  const body = route.body && route.body !== bytes ? checkOf(route.body, 'body') : undefined
  return (request) => {
    const asked = fields(query, request.query)
    return {
      ...(params ? { params: fields(params, request.params) } : {}),
      ...(route.query ? { query: asked } : {}),
      ...(body ? { body: body(request.body === undefined ? {} : request.body) } : {}),
      ...(route.body === bytes ? { body: uploadOf(request) } : {}),
      ...(route.version === 'if-match' ? { ifMatch: versionSeen(request.headers['if-match']) } : {}),
      ...(repeatable(route) ? keyOf(request) : {}),
    }
  }
}

/** A route without a query takes no parameters: a misspelt one is said rather than ignored. */
const nothing = { type: 'object', properties: {}, additionalProperties: false } as const

function fields(check: Check, value: unknown): Record<string, unknown> {
  return check(value) as Record<string, unknown>
}

function keyOf(request: FastifyRequest): { idempotencyKey?: string } {
  const key = request.headers['idempotency-key']
  if (key === undefined) return {}
  if (typeof key !== 'string' || !/^[\x21-\x7e]{1,255}$/.test(key)) {
    throw new Refused('bad_request', 'Idempotency-Key must be 1 to 255 visible ASCII characters', [
      { path: 'Idempotency-Key', detail: 'must be 1 to 255 visible ASCII characters' },
    ])
  }
  return { idempotencyKey: key }
}

/**
 * The body as a stream of its own: whoever stops reading it (a file too large) must not close the connection on which the
 * refusal is to be answered.
 */
function uploadOf(request: FastifyRequest): Readable {
  const upload = new PassThrough()
  const raw = request.raw
  raw.once('close', () => {
    if (!raw.complete) upload.destroy(new Refused('bad_request', 'the upload broke off'))
  })
  raw.once('error', (trouble) => upload.destroy(new Refused('bad_request', 'the upload broke off', [], trouble)))
  // What nobody reads any more is thrown away as it comes.
  upload.once('close', () => raw.resume())
  raw.pipe(upload)
  return upload
}
