import { Refused } from './refused.ts'

/** Where a page ended: the values its rows are ordered by. Opaque to callers, who may send anything back. */
export type Cursor = readonly string[]

/** The cursor that a caller sent, if `fits` finds it one of ours; refuses `bad_request` otherwise. */
export function readCursor(text: string | undefined, fits: (cursor: Cursor) => boolean): Cursor | undefined {
  if (text === undefined) return undefined
  let values: unknown
  try {
    values = JSON.parse(Buffer.from(text, 'base64url').toString())
  } catch {
    values = undefined
  }
  if (Array.isArray(values) && values.every((value) => typeof value === 'string') && fits(values)) return values
  throw new Refused('bad_request', 'this cursor does not come from this list')
}

/** The cursor of the next page when `rows` holds more than the page shows; null on the last. */
export function cursorAfter<T>(rows: readonly T[], limit: number, placeOf: (row: T) => Cursor): string | null {
  const last = rows.length > limit ? rows[limit - 1] : undefined
  return last === undefined ? null : Buffer.from(JSON.stringify(placeOf(last))).toString('base64url')
}
