import type { WireRefusalCode } from '@pe/contracts/refusals.ts'

export interface RefusedDetail {
  readonly path: string
  readonly code?: string
  readonly detail: string
}

/** A "no" on its way to the caller: use-cases throw it, one table turns its code into a status, the wire carries it as RFC 9457. */
export class Refused extends Error {
  readonly code: WireRefusalCode
  readonly detail: string
  readonly errors: readonly RefusedDetail[]

  /** `cause` stays in this process: it is logged where the answer leaves it, and never sent. */
  constructor(code: WireRefusalCode, detail: string, errors: readonly RefusedDetail[] = [], cause?: unknown) {
    super(`${code}: ${detail}`, cause === undefined ? undefined : { cause })
    this.name = 'Refused'
    this.code = code
    this.detail = detail
    this.errors = errors
  }
}
