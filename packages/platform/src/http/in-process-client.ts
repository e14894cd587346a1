import type { Client, Handlers, Routes } from '@pe/contracts/route.ts'
import { withCall } from '../db/current-call.ts'
import { asRefused } from './as-refused.ts'
import { keyedRequest, markReplayed, type OncePerKey } from './keyed-request.ts'
import { clientOf, handlerOf, repeatable } from './plain-call.ts'

/**
 * A service as its callers hold it when both are in one process: a function call that keeps what HTTP would do — keys are
 * honoured, and whatever is thrown arrives as a Refused. Inputs are not validated: a caller in this house is typed.
 */
export function inProcessClient<T extends Routes>(routes: T, handlers: Handlers<T>, oncePerKey?: OncePerKey): Client<T> {
  return clientOf(routes, (name, route) => {
    const handler = handlerOf(handlers, name)
    return async (input, call) => {
      const handle = () => withCall(call, () => handler(input, call))
      try {
        call.signal?.throwIfAborted()
        if (!oncePerKey || !input.idempotencyKey || !repeatable(route)) return await handle()
        const { reply, replayed } = await oncePerKey(call, keyedRequest(name, input, input.idempotencyKey), handle)
        if (replayed) markReplayed(reply)
        return reply
      } catch (thrown) {
        throw asRefused(thrown)
      }
    }
  })
}
