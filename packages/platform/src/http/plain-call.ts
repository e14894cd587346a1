import type { Call } from '@pe/contracts/actor.ts'
import { bytes, type Client, type Handlers, type Route, type Routes } from '@pe/contracts/route.ts'

/** An input as the machinery sees it: which parts there are is the route's business. */
export interface PlainInput {
  readonly params?: Record<string, unknown>
  readonly query?: Record<string, unknown>
  readonly body?: unknown
  readonly ifMatch?: number
  readonly idempotencyKey?: string
}

export type PlainHandler = (input: PlainInput, call: Call) => Promise<unknown>

/** The one handler of a route, without its types. */
export function handlerOf<T extends Routes>(handlers: Handlers<T>, name: keyof T & string): PlainHandler {
  return handlers[name] as unknown as PlainHandler
}

/** Builds a client by making one function for each route. */
export function clientOf<T extends Routes>(routes: T, make: (name: keyof T & string, route: Route) => PlainHandler): Client<T> {
  const made: Record<string, PlainHandler> = {}
  for (const [name, route] of Object.entries(routes)) made[name] = make(name, route)
  return made as unknown as Client<T>
}

/**
 * Whether an Idempotency-Key makes sense: every write with a JSON body (bytes are told apart by their content instead). Not where the reply
 * is a session or another secret, which nobody keeps, nor for whoever is not known: keys belong to a person.
 */
export function repeatable(route: Route): boolean {
  return route.method !== 'GET' && route.body !== bytes && !route.cookie && !route.secret && route.permission !== 'public'
}
