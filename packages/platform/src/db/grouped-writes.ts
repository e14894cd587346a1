import { AsyncLocalStorage } from 'node:async_hooks'
import type { Call } from '@pe/contracts/actor.ts'
import type { InGroups } from '../http/in-process-client.ts'
import { keyedRequest } from '../http/keyed-request.ts'
import type { PlainInput } from '../http/plain-call.ts'
import type { TogetherAnswer, TogetherHandler } from '../service.ts'
import { isConnectionTrouble } from './connection-trouble.ts'
import type { Act } from './database.ts'
import type { KeyedRequest } from './idempotently.ts'
import type { ReplyToKeep, ServiceDatabase } from './service-database.ts'

/** Requests in one database transaction, at most: what a refusal or trouble of the database costs the others stays small. */
const mostAtOnce = 32

type InContext = <R>(run: () => R) => R

interface Waiting {
  readonly input: PlainInput
  readonly call: Call
  readonly keyed: KeyedRequest | null
  /** Runs in the context in which it was asked. */
  readonly inContext: InContext
  readonly resolve: (reply: unknown) => void
  readonly reject: (reason: unknown) => void
}

type Settled = TogetherAnswer | { readonly refused: unknown }

/**
 * Writes that wait at the same time, in one database transaction: while one group is being written the next gathers, so that a single writer
 * waits for nobody and many share what a transaction costs. Each is carried out once per key. What the handler sets apart, and every request of
 * a group in which something broke or a key was known, is carried out alone by the usual way.
 */
export class GroupedWrites<Tables> {
  readonly #database: ServiceDatabase<Tables>
  readonly #route: string
  readonly #together: TogetherHandler<Tables>
  readonly #alone: (input: PlainInput, call: Call) => Promise<unknown>
  readonly #apartFromCallers = AsyncLocalStorage.snapshot() as InContext
  #waiting: Waiting[] = []
  #working = false
  readonly #keysAlone = new Set<string>()

  constructor(
    database: ServiceDatabase<Tables>,
    route: string,
    together: TogetherHandler<Tables>,
    alone: (input: PlainInput, call: Call) => Promise<unknown>,
  ) {
    this.#database = database
    this.#route = route
    this.#together = together
    this.#alone = alone
  }

  ask(input: PlainInput, call: Call): Promise<unknown> {
    return new Promise((resolve, reject) => {
      const keyed = input.idempotencyKey ? keyedRequest(this.#route, input, input.idempotencyKey) : null
      const inContext = AsyncLocalStorage.snapshot() as InContext
      this.#waiting.push({ input, call, keyed, inContext, resolve, reject })
      this.#begin()
    })
  }

  #begin(): void {
    if (!this.#working) this.#apartFromCallers(() => void this.#work())
  }

  async #work(): Promise<void> {
    this.#working = true
    for (let group = this.#nextGroup(); group.length > 0; group = this.#nextGroup()) await this.#writeTogether(group)
    this.#working = false
  }

  /** Those of one person, each key once; the others wait on. */
  #nextGroup(): Waiting[] {
    const isFree = ({ keyed }: Waiting): boolean => !keyed || !this.#keysAlone.has(keyed.key)
    const first = this.#waiting.find(isFree)
    const group: Waiting[] = []
    const left: Waiting[] = []
    const keys = new Set<string>()
    for (const one of this.#waiting) {
      const { call, keyed } = one
      if (call.signal?.aborted) one.reject(call.signal.reason)
      else if (group.length === mostAtOnce || !isFree(one) || !samePerson(one, first) || (keyed && keys.has(keyed.key))) left.push(one)
      else {
        group.push(one)
        if (keyed) keys.add(keyed.key)
      }
    }
    this.#waiting = left
    return group
  }

  async #writeTogether(group: readonly Waiting[]): Promise<void> {
    const settled = await this.#settled(group).catch((thrown: unknown) => group.map(({ keyed }) => afterTrouble(thrown, keyed)))
    for (const [at, one] of group.entries()) {
      const answer = settled[at] ?? 'apart'
      if (answer === 'apart') void this.#carryOutAlone(one)
      else if ('refused' in answer) one.reject(answer.refused)
      else one.resolve(answer.reply)
    }
  }

  /** Nobody waits for it but those that bring the same key. */
  async #carryOutAlone({ input, call, keyed, inContext, resolve, reject }: Waiting): Promise<void> {
    if (keyed) this.#keysAlone.add(keyed.key)
    await inContext(() => this.#alone(input, call)).then(resolve, reject)
    if (keyed) this.#keysAlone.delete(keyed.key)
    this.#begin()
  }

  async #settled(group: readonly Waiting[]): Promise<readonly TogetherAnswer[]> {
    const [first] = group
    if (!first) return []
    let committed: (() => void) | undefined
    const settled = await this.#database.writeTogether(first.call, async (txOf) => {
      const { answers, sent, onCommit } = await this.#together(group.map(({ input, call }) => ({ input, call, tx: txOf(call) })))
      committed = onCommit
      const [acts, replies]: [Act[], ReplyToKeep[]] = [[], []]
      for (const [at, { keyed }] of group.entries()) {
        const answer = answers[at] ?? 'apart'
        if (answer === 'apart' || 'refused' in answer) continue
        acts.push(answer.act)
        // where a key is known already nothing of the group stays: whoever is alone finds the first reply
        if (keyed) replies.push({ ...keyed, reply: answer.reply })
      }
      return { result: answers, sent, acts, replies }
    })
    committed?.()
    return settled
  }
}

/** The groups of a service's routes, for the client by which it is called. */
export function inGroups<Tables>(
  database: ServiceDatabase<Tables>,
  handlers: Readonly<Record<string, TogetherHandler<Tables> | undefined>>,
): InGroups {
  return (route, alone) => {
    const handle = handlers[route]
    if (!handle) return undefined
    const grouped = new GroupedWrites(database, route, handle, alone)
    return (input, call) => grouped.ask(input, call)
  }
}

/** With the connection went the answer whether the group is written: only what has a key may be asked again. */
function afterTrouble(thrown: unknown, keyed: KeyedRequest | null): Settled {
  return keyed || !isConnectionTrouble(thrown) ? 'apart' : { refused: thrown }
}

function samePerson({ call }: Waiting, first: Waiting | undefined): boolean {
  const [{ actor }, other] = [call, first?.call.actor]
  return (
    other !== undefined &&
    actor.organisationId === other.organisationId &&
    actor.userId === other.userId &&
    actor.timeZone === other.timeZone
  )
}
