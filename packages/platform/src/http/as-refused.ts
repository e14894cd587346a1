import { Refused } from './refused.ts'

/** PostgreSQL's codes for values that a caller should not have sent (Appendix A): NUL in text or JSON, out of range. */
const unstorable = new Set(['22021', '22P05', '22003', '22007', '22008'])
/** Trouble that passes: shutting down, starting, out of connections, memory or disk; cancelled; serialisation, deadlock. */
const passing = new Set(['57P01', '57P02', '57P03', '57014', '53100', '53200', '53300', '40001', '40P01'])
const network = new Set(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'EHOSTUNREACH', 'ENETUNREACH', 'EAI_AGAIN'])
/** What node-postgres says without a code. */
const poolTrouble =
  /connection terminated|timeout exceeded when trying to connect|query read timeout|not queryable|pool after calling end|client was closed/i

/** Anything that was thrown, as the "no" that a caller may see. What is not known is `internal`, and its detail stays here as the cause. */
export function asRefused(thrown: unknown): Refused {
  if (thrown instanceof Refused) return thrown
  const { code, message, syscall } = shapeOf(thrown)
  if (unstorable.has(code)) {
    return new Refused('bad_request', 'a text holds a character that cannot be stored, or a value is out of range', [], thrown)
  }
  if (passing.has(code) || code.startsWith('08') || network.has(code) || (code === 'ENOENT' && syscall === 'connect')) {
    return unavailable(thrown)
  }
  if (poolTrouble.test(message)) return unavailable(thrown)
  if (isAbort(thrown)) return new Refused('unavailable', 'the deadline of this request has passed', [], thrown)
  return new Refused('internal', 'something went wrong on our side; the log has more under the request id', [], thrown)
}

function unavailable(cause: unknown): Refused {
  return new Refused('unavailable', 'something that this needs cannot be reached at the moment; try again', [], cause)
}

function isAbort(thrown: unknown): boolean {
  return thrown instanceof Error && (thrown.name === 'AbortError' || thrown.name === 'TimeoutError')
}

function shapeOf(thrown: unknown): { code: string; message: string; syscall: string } {
  if (typeof thrown !== 'object' || thrown === null) return { code: '', message: String(thrown), syscall: '' }
  const { code, message, syscall } = thrown as { code?: unknown; message?: unknown; syscall?: unknown }
  return { code: typeof code === 'string' ? code : '', message: String(message ?? ''), syscall: String(syscall ?? '') }
}
