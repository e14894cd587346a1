import { type Client, type Handlers, type Routes, repeatable } from '@pe/contracts/route.ts'
import { withCall } from '../db/current-call.ts'
import { asRefused } from './as-refused.ts'
import { keyedRequest, markReplayed, type OncePerKey } from './keyed-request.ts'
import { clientOf, handlerOf, type PlainHandler } from './plain-call.ts'

/** How the writes of a route that wait at the same time are carried out (db/grouped-writes.ts); undefined for one by one. */
export type InGroups = (route: string, alone: PlainHandler) => PlainHandler | undefined

/**
 * A service as its callers hold it when both are in one process: a function call that keeps what HTTP would do — keys are
 * honoured, and whatever is thrown arrives as a Refused. Inputs are not validated: a caller in this house is typed.
 */
export function inProcessClient<T extends Routes>(
  routes: T,
  handlers: Handlers<T>,
  oncePerKey?: OncePerKey,
  together?: InGroups,
): Client<T> {
  return clientOf(routes, (name, route) => {
    const handler = handlerOf(handlers, name)
    const alone: PlainHandler = async (input, call) => {
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
    return together?.(name, alone) ?? alone
  })
}
