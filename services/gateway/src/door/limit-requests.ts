import type { Identity } from '@pe/contracts/actor.ts'
import { Refused } from '@pe/platform/http/refused.ts'
import type { Budget, RateLimits } from '@pe/platform/limits/rate-limits.ts'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { neighbourhood } from './address-blocks.ts'
import { type Budgets, classOf } from './budgets.ts'

/**
 * So many requests an address, counted before anything else is done for it, and so many a principal of each class of operation, once it is
 * known who asks and before the body is read. Keys are what was found out, never what a header says.
 */
export function limitRequests(server: FastifyInstance, limits: RateLimits, budgets: Budgets): void {
  server.addHook('onRequest', async ({ visitor }, reply) => {
    await take('address', `address ${neighbourhood(visitor.address)}`, budgets.address, limits, reply, false)
  })
  server.addHook('preParsing', async (request, reply) => {
    const { operation } = request.routeOptions.config
    if (!operation) return
    const name = classOf(operation)
    await take(name, `${name} ${principalOf(request)}`, budgets[name], limits, reply, true)
  })
}

/** A person, a key; without either, who asks at this address. */
function principalOf({ identity, visitor }: FastifyRequest): string {
  return identity ? idOf(identity) : `address ${neighbourhood(visitor.address)}`
}

function idOf({ by, actor, credentialId }: Identity): string {
  return by === 'session' ? `person ${actor.userId}` : `${by} ${credentialId}`
}

/** The headers of draft-ietf-httpapi-ratelimit-headers-10. */
async function take(name: string, key: string, budget: Budget, limits: RateLimits, reply: FastifyReply, tell: boolean): Promise<void> {
  const answer = limits.take(key, budget)
  const { allowed, left, wait } = 'then' in answer ? await answer : answer
  const seconds = Math.ceil(wait)
  if (tell || !allowed) {
    reply.header('ratelimit-policy', `"${name}";q=${budget.burst};w=${Math.ceil(budget.burst / budget.perSecond)}`)
    reply.header('ratelimit', `"${name}";r=${left};t=${seconds}`)
  }
  if (allowed) return
  const later = String(Math.max(1, seconds))
  throw new Refused('too_many_requests', `too many requests: ask again in ${later} s`, [], undefined, { seconds: later })
}
