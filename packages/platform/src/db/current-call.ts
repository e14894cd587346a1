import { AsyncLocalStorage } from 'node:async_hooks'
import type { Call } from '@pe/contracts/actor.ts'

const current = new AsyncLocalStorage<Call>()

/** Runs with the call that is being answered at hand, so that work put aside meanwhile keeps its organisation and trace. */
export function withCall<R>(call: Call, run: () => Promise<R>): Promise<R> {
  return current.run(call, run)
}

export function currentCall(): Call | undefined {
  return current.getStore()
}
