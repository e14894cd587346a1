import { createHash } from 'node:crypto'
import type { Call } from '@pe/contracts/actor.ts'
import type { KeyedReply, KeyedRequest } from '../db/idempotently.ts'
import type { PlainInput } from './plain-call.ts'

/** Carries a write out once per key and person and answers its first reply again: d./keyed-request.ts over a service's own database. */
export type OncePerKey = (call: Call, request: KeyedRequest, run: () => Promise<unknown>) => Promise<KeyedReply<unknown>>

/** What a key stands for: the operation and a digest of all it was asked with. */
export function keyedRequest(route: string, input: PlainInput, key: string): KeyedRequest {
  const { params, query, body, ifMatch } = input
  return { key, route, fingerprint: createHash('sha256').update(inOrder({ params, query, body, ifMatch })).digest('hex') }
}

/** JSON with the keys of every object in order, so that two spellings of one request are one. */
function inOrder(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) =>
    typeof part === 'object' && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  )
}

const replays = new WeakSet<object>()

/** Remembers, beside the reply, that it is a first answer given again: the header Idempotency-Replayed is made from it. */
export function markReplayed(reply: unknown): void {
  if (typeof reply === 'object' && reply !== null) replays.add(reply)
}

export function wasReplayed(reply: unknown): boolean {
  return typeof reply === 'object' && reply !== null && replays.has(reply)
}
