import type { Facts } from '../outcome.ts'
import { earlier, type PlainDate } from '../time/plain-date.ts'

/** Why a figure cannot be told. Unknown is never 0 and never 1 (docs/specs, law 7). */
export type UnknownReason = 'missing-close' | 'missing-rate' | 'flows-unknown' | 'undefined_negative_value'

export interface KnownValue<T> {
  readonly known: true
  readonly value: T
  /** The oldest close or rate that the value rests on; null when it rests on none. */
  readonly date: PlainDate | null
  /** True when a close or rate behind it was carried for more than `staleAfterDays`. */
  readonly stale: boolean
}

export interface UnknownValue {
  readonly known: false
  readonly reason: UnknownReason
  /** For a person: what is missing, and for which day. */
  readonly detail: string
  /** What the detail names; empty where a code says it all. */
  readonly facts: Facts
}

export type Known<T> = KnownValue<T> | UnknownValue

/** A close or rate older than this on the day of use marks the figure as stale. Calendar days. */
export const staleAfterDays = 5

export function certain<T>(value: T): KnownValue<T> {
  return { known: true, value, date: null, stale: false }
}

export function knownAs<T>(value: T, date: PlainDate | null, stale: boolean): KnownValue<T> {
  return { known: true, value, date, stale }
}

export function unknown(reason: UnknownReason, detail: string, facts: Facts = {}): UnknownValue {
  return { known: false, reason, detail, facts }
}

/** Applies a function to what is known; an unknown stays unknown for the same reason. */
export function whenKnown<A, B>(a: Known<A>, f: (value: A) => B): Known<B> {
  return a.known ? { known: true, value: f(a.value), date: a.date, stale: a.stale } : a
}

/** Two known values make a third; it is as old as the older and stale when one of them is. The first unknown wins. */
export function bothKnown<A, B, C>(a: Known<A>, b: Known<B>, f: (a: A, b: B) => C): Known<C> {
  if (!a.known) return a
  if (!b.known) return b
  return { known: true, value: f(a.value, b.value), date: olderOf(a.date, b.date), stale: a.stale || b.stale }
}

export function olderOf(a: PlainDate | null, b: PlainDate | null): PlainDate | null {
  if (a === null) return b
  return b === null ? a : earlier(a, b)
}
