import type { Call } from '@pe/contracts/actor.ts'
import type { Client, Handlers, Route, Routes } from '@pe/contracts/route.ts'

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
