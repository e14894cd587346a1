import type { Problem } from '@pe/contracts/problem.ts'
import { refusalStatus, type WireRefusalCode } from '@pe/contracts/refusals.ts'
import { Refused, type RefusedDetail } from './refused.ts'

export const problemType = 'application/problem+json; charset=utf-8'

/** RFC 9457 problem details of a "no". */
export function asProblem(refused: Refused, requestId?: string, instance?: string): Problem {
  return {
    type: `urn:portfolioengine:problem:${refused.code}`,
    title: titleOf(refused.code),
    status: refusalStatus[refused.code],
    code: refused.code,
    detail: refused.detail,
    ...(Object.keys(refused.facts).length > 0 ? { facts: refused.facts } : {}),
    ...(instance === undefined ? {} : { instance }),
    ...(requestId === undefined ? {} : { requestId }),
    ...(refused.errors.length > 0 ? { errors: refused.errors.map(shown) } : {}),
  }
}

function shown({ facts, ...error }: RefusedDetail) {
  return { ...error, ...(facts && Object.keys(facts).length > 0 ? { facts } : {}) }
}

/** The way back: what another service answered, as it was thrown there. */
export function refusedOf(status: number, body: unknown): Refused {
  const problem = (typeof body === 'object' && body !== null ? body : {}) as Partial<Problem>
  const detail = typeof problem.detail === 'string' ? problem.detail : `the service answered ${status}`
  if (typeof problem.code === 'string' && Object.hasOwn(refusalStatus, problem.code)) {
    return new Refused(
      problem.code as WireRefusalCode,
      detail,
      (problem.errors ?? []) as readonly RefusedDetail[],
      undefined,
      problem.facts,
    )
  }
  return new Refused(status === 502 || status === 503 || status === 504 ? 'unavailable' : 'internal', detail)
}

/** 'not_enough_units' → 'Not enough units' */
function titleOf(code: WireRefusalCode): string {
  const words = code.replaceAll('_', ' ')
  return words.charAt(0).toUpperCase() + words.slice(1)
}
