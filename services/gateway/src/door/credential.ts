import { Refused } from '@pe/platform/http/refused.ts'
import type { FastifyRequest } from 'fastify'
import { sessionTokensIn } from './session-cookie.ts'

/** What a request shows to say whose it is. */
export interface Credential {
  readonly by: 'session' | 'api-key' | 'operator'
  readonly secret: string
}

/** No secret of ours is longer. */
const longest = 500
export const operatorPrefix = 'operator_'

/**
 * The credential of a request; undefined when it shows none. An Authorization header counts alone: a wrong one is refused, and never
 * passed over in favour of a cookie.
 */
export function credentialOf({ headers, visitor }: FastifyRequest): Credential | undefined {
  if (headers.authorization !== undefined) return ofHeader(headers.authorization)
  const [secret, ...others] = sessionTokensIn(headers.cookie, visitor.secure)
  // Two cookies of one name: somebody who may write for a neighbouring path has put theirs beside ours.
  if (others.length > 0 || (secret !== undefined && secret.length > longest)) throw unknownCredential()
  return secret === undefined ? undefined : { by: 'session', secret }
}

/** The same words for whatever is wrong with it. */
export function unknownCredential(): Refused {
  return new Refused('unauthenticated', 'this credential is not known, or no longer good for anything')
}

function ofHeader(header: string): Credential {
  const secret = /^Bearer ([\w.~+/=-]+)$/i.exec(header)?.[1]
  if (secret === undefined || secret.length > longest) throw unknownCredential()
  if (secret.startsWith(operatorPrefix)) return { by: 'operator', secret }
  if (secret.startsWith('pe_')) return { by: 'api-key', secret }
  throw unknownCredential()
}
