import type { WireRefusalCode } from '@pe/contracts/refusals.ts'
import type { Facts } from '@pe/finance/outcome.ts'

export interface RefusedDetail {
  readonly path: string
  readonly code?: string
  readonly detail: string
  readonly facts?: Facts | undefined
}

/** A "no" on its way to the caller: use-cases throw it, one table turns its code into a status, the wire carries it as RFC 9457. */
export class Refused extends Error {
  readonly code: WireRefusalCode
  readonly detail: string
  readonly errors: readonly RefusedDetail[]
  /** What the detail names, for a program or another language. */
  readonly facts: Facts

  /** `cause` stays in this process: it is logged where the answer leaves it, and never sent. */
  constructor(code: WireRefusalCode, detail: string, errors: readonly RefusedDetail[] = [], cause?: unknown, facts: Facts = {}) {
    super(`${code}: ${detail}`, cause === undefined ? undefined : { cause })
    this.name = 'Refused'
    this.code = code
    this.detail = detail
    this.errors = errors
    this.facts = facts
  }

  /** A rule's refusal on its way to the caller. */
  static of({ code, detail, facts = {} }: { code: WireRefusalCode; detail: string; facts?: Facts | undefined }): Refused {
    return new Refused(code, detail, [], undefined, facts)
  }
}
