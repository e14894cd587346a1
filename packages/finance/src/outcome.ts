import type { RefusalCode } from './refusal-codes.ts'

/**
 * What a sentence names, for a program or for another language: days as YYYY-MM-DD, units, amounts and counts as decimal text, names as they
 * are. Where one code has several sentences, `case` says which.
 */
export type Facts = Readonly<Record<string, string>>

/** A rule's "no": a code with its facts that a program can use, and a detail that a person can read. */
export interface Refusal {
  readonly code: RefusalCode
  readonly detail: string
  readonly facts: Facts
}

/** What a rule answers: the result, or a refusal. A "no" is an answer and never an exception inside finance. */
export type Outcome<T> = { readonly accepted: true; readonly value: T } | { readonly accepted: false; readonly refusal: Refusal }

export function accept<T>(value: T): Outcome<T> {
  return { accepted: true, value }
}

export function refuse(code: RefusalCode, detail: string, facts: Facts = {}): { readonly accepted: false; readonly refusal: Refusal } {
  return { accepted: false, refusal: { code, detail, facts } }
}
