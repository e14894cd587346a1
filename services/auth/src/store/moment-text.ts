import { type RawBuilder, sql } from 'kysely'

/** A moment as the wire carries it; `reference` as in 'session.opened_at'. */
export function momentText<T extends string | null = string>(reference: string): RawBuilder<T> {
  return sql<T>`to_char(${sql.ref(reference)} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`
}
