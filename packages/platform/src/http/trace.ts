import { randomBytes } from 'node:crypto'

const form = /^00-(?!0{32})([0-9a-f]{32})-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}$/

/** The trace id of a W3C `traceparent` header; undefined when there is none or it is not well formed. */
export function traceIdOf(header: string | string[] | undefined): string | undefined {
  return typeof header === 'string' ? form.exec(header)?.[1] : undefined
}

/** 32 hex digits. */
export function newTraceId(): string {
  return randomBytes(16).toString('hex')
}

/** The header for the next hop: the same trace, a span of its own. */
export function traceparent(traceId: string): string {
  return `00-${traceId}-${randomBytes(8).toString('hex')}-01`
}
