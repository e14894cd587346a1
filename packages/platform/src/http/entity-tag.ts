import { Refused } from './refused.ts'

/** Versions travel as strong entity tags: version 3 is `"3"`. */
export function entityTag(version: number): string {
  return `"${version}"`
}

/** Whether If-None-Match names this tag (weak comparison, RFC 9110 §13.1.2): the caller has it already. */
export function hasTag(header: string | undefined, tag: string): boolean {
  if (header === undefined) return false
  const wanted = opaque(tag)
  return header.split(',').some((one) => one.trim() === '*' || opaque(one.trim()) === wanted)
}

function opaque(tag: string): string {
  return tag.replace(/^W\//, '')
}

/** The version that If-Match names. A write without it is refused, lest it overwrite what somebody else has changed. */
export function versionSeen(header: string | undefined): number {
  if (header === undefined) throw new Refused('precondition_required', 'name the version you saw in If-Match, as sent in ETag')
  const digits = /^(?:W\/)?"?(\d{1,9})"?$/.exec(header.trim())?.[1]
  if (digits === undefined)
    throw new Refused('bad_request', 'If-Match must be an ETag as it was sent, like "3"', [{ path: 'If-Match', detail: 'not a version' }])
  return Number(digits)
}
