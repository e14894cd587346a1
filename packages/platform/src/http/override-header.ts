import { Refused } from './refused.ts'

/** Why the caller writes into a closed period; percent-encoded, since a header holds no other letters. */
export const overrideHeader = 'override-reason'
const longest = 2000

/** `Call.override` from its header: absent without one. */
export function overrideOf(header: string | string[] | undefined): { override?: string } {
  if (header === undefined) return {}
  const reason = typeof header === 'string' ? decoded(header)?.trim() : undefined
  if (reason === undefined || reason === '' || reason.length > longest) {
    const detail = `must be 1 to ${longest} characters, percent-encoded`
    throw new Refused('bad_request', `Override-Reason ${detail}`, [{ path: 'Override-Reason', detail }])
  }
  return { override: reason }
}

export function overrideHeaders(override: string | undefined): Record<string, string> {
  return override === undefined ? {} : { [overrideHeader]: encodeURIComponent(override) }
}

function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text)
  } catch {
    return undefined
  }
}
