import type { Cursor } from '@pe/platform/http/cursor.ts'

/** Whether a cursor is one of a list by moment and id. */
export function isMomentPlace([moment, id, ...more]: Cursor): boolean {
  const isMoment = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/.test(moment ?? '') && !Number.isNaN(Date.parse(moment ?? ''))
  return isMoment && /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(id ?? '') && more.length === 0
}
