import type { RefusalCode } from './refusal-codes.ts'

/** A rule's "no": a code that a program can use and a detail that a person can read. */
export interface Refusal {
  readonly code: RefusalCode
  readonly detail: string
}

/** What a rule answers: the result, or a refusal. A "no" is an answer and never an exception inside finance. */
export type Outcome<T> = { readonly accepted: true; readonly value: T } | { readonly accepted: false; readonly refusal: Refusal }

export function accept<T>(value: T): Outcome<T> {
  return { accepted: true, value }
}

export function refuse(code: RefusalCode, detail: string): { readonly accepted: false; readonly refusal: Refusal } {
  return { accepted: false, refusal: { code, detail } }
}
