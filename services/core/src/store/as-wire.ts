import { type RawBuilder, sql } from 'kysely'

/** A moment as the wire carries it: UTC, milliseconds. */
export function instantText<T extends string | null = string>(column: string): RawBuilder<T> {
  return sql<T>`to_char(${sql.ref(column)} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`
}

/** A number without the zeros that its column pads it with. */
export function decimalText<T extends string | null = string>(column: string): RawBuilder<T> {
  return sql<T>`trim_scale(${sql.ref(column)})::text`
}
