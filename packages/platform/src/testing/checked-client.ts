import type { Client, Handlers, Routes } from '@pe/contracts/route.ts'
import { bytes } from '@pe/contracts/route.ts'
import { inProcessClient } from '../http/in-process-client.ts'
import { clientOf, handlerOf } from '../http/plain-call.ts'
import { checkOf } from '../http/validation.ts'

/** A service as its callers hold it, held to its contract both ways: a body or a reply that breaks the schema fails the test. */
export function checkedClient<T extends Routes>(routes: T, handlers: Handlers<T>): Client<T> {
  const client = inProcessClient(routes, handlers)
  return clientOf(routes, (name, route) => {
    const call = handlerOf(client, name)
    const checkBody = route.body && route.body !== bytes ? checkOf(route.body, 'body') : undefined
    const checkReply = route.reply !== bytes ? checkOf(route.reply, 'reply') : undefined
    return async (input, actor) => {
      checkBody?.(input.body)
      const reply = await call(input, actor)
      checkReply?.(JSON.parse(JSON.stringify(reply)))
      return reply
    }
  })
}
