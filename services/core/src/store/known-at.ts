import { type RawBuilder, sql } from 'kysely'

/**
 * What stood in the journal at a moment: recorded by then and not voided by then. What was stated never changes, and `recorded_state` is
 * what a void one was before, so the columns of today tell every earlier day.
 */
export function postedAt(knownAt: string | undefined): RawBuilder<boolean> {
  return knownAt === undefined ? sql`state = 'posted'` : standingAs('posted', knownAt)
}

/** A row of this state then; posted and drafts without one. */
export function inStateAt(state: 'posted' | 'draft' | 'void' | undefined, knownAt: string | undefined): RawBuilder<boolean> {
  if (knownAt === undefined) return state === undefined ? sql`state <> 'void'` : sql`state = ${state}`
  if (state === undefined) return sql`(${knownBy(knownAt)} and ${notVoidAt(knownAt)})`
  return state === 'void' ? sql`(${knownBy(knownAt)} and voided_at <= ${knownAt}::timestamptz)` : standingAs(state, knownAt)
}

export function knownBy(knownAt: string): RawBuilder<boolean> {
  return sql`recorded_at <= ${knownAt}::timestamptz`
}

function standingAs(state: 'posted' | 'draft', knownAt: string): RawBuilder<boolean> {
  return sql`(recorded_state = ${state} and ${knownBy(knownAt)} and ${notVoidAt(knownAt)})`
}

function notVoidAt(knownAt: string): RawBuilder<boolean> {
  return sql`(voided_at is null or voided_at > ${knownAt}::timestamptz)`
}
