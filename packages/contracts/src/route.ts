import type { Readable } from 'node:stream'
import type { Static, TObject, TSchema } from 'typebox'
import type { Call } from './actor.ts'
import type { RoutePermission } from './permissions.ts'
import type { WireRefusalCode } from './refusals.ts'

/** A body or reply that is bytes rather than JSON: files in, exports out. Never held in memory whole. */
export const bytes = 'bytes'
export type Bytes = typeof bytes

/**
 * One operation. From this table come the handler's types, the validation, the in-process client, the HTTP client,
 * OpenAPI and the SDK. Paths stand below /api/v1; `{name}` marks a parameter.
 */
export interface Route {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  readonly path: string
  readonly summary: string
  readonly params?: TObject
  readonly query?: TObject
  readonly body?: TSchema | Bytes
  readonly reply: TSchema | Bytes
  /** Status of success; 200 when absent. */
  readonly status?: 200 | 201 | 202 | 204
  /** Who may ask. `service`: other services only; neither routed by the gateway nor in OpenAPI. */
  readonly permission: RoutePermission
  /** `etag`: the reply's `version` is sent as ETag. `if-match`: the caller must name the version it saw (428 without, 412 when changed). */
  readonly version?: 'etag' | 'if-match'
  /** The reply's `session` becomes the session cookie, or ends it (null); it is no part of the body that is sent. */
  readonly cookie?: 'session'
  /** The reply holds a secret: nothing of it is remembered under an Idempotency-Key. So is nothing of what people ask about themselves. */
  readonly secret?: true
  /** The refusals a caller should be ready for, besides bad_request and internal. */
  readonly refusals?: readonly WireRefusalCode[]
}

export type Routes = Readonly<Record<string, Route>>

/** Keeps the literal types of a table of routes. */
export function routes<const T extends Routes>(table: T): T {
  return table
}

// Bytes is asked for first: in TypeBox anything at all extends TSchema.
type JsonOr<S> = S extends Bytes ? Readable : S extends TSchema ? Static<S> : never

/**
 * Whether a write is carried out once per Idempotency-Key: every one with a JSON body (bytes are told apart by their content instead), but for
 * those that deal in passwords, codes and tokens: a digest of a password, or a token to be given again, must lie nowhere.
 */
export function repeatable(route: Route): boolean {
  if (route.secret || route.permission === 'public' || route.permission === 'self') return false
  return route.method !== 'GET' && route.body !== bytes
}

/** What a caller hands over: only the parts that the route declares. */
export type Input<R extends Route> = (R extends { params: infer P extends TObject } ? { params: Static<P> } : unknown) &
  (R extends { query: infer Q extends TObject } ? { query: Static<Q> } : unknown) &
  (R extends { body: infer B } ? { body: JsonOr<B> } : unknown) &
  (R extends { version: 'if-match' } ? { ifMatch: number } : unknown) &
  (R extends { method: 'GET' } ? unknown : { idempotencyKey?: string | undefined })

/** A reply of bytes names its type and file. */
export interface BytesReply {
  readonly contentType: string
  readonly fileName: string
  readonly stream: Readable
}

export type Reply<R extends Route> = R['reply'] extends Bytes ? BytesReply : R['reply'] extends TSchema ? Static<R['reply']> : never

/** What a service implements: one function per route. A "no" is thrown as a Refused (platform/http/refused.ts). */
export type Handlers<T extends Routes> = { readonly [K in keyof T]: (input: Input<T[K]>, call: Call) => Promise<Reply<T[K]>> }

/** What a caller holds. Only the composition root knows whether a call is a function call or an HTTP request. */
export type Client<T extends Routes> = Handlers<T>
