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

  constructor(code: WireRefusalCode, detail: string, errors: readonly RefusedDetail[] = []) {
    super(`${code}: ${detail}`)
    this.name = 'Refused'
    this.code = code
    this.detail = detail
    this.errors = errors
  }
}
