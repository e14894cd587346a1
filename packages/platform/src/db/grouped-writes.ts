import { AsyncLocalStorage } from 'node:async_hooks'
import type { Call } from '@pe/contracts/actor.ts'
import type { InGroups } from '../http/in-process-client.ts'
import { keyedRequest, markReplayed } from '../http/keyed-request.ts'
import type { PlainInput } from '../http/plain-call.ts'
import { Refused } from '../http/refused.ts'
import type { TogetherHandler } from '../service.ts'
import { type KeyedRequest, keysInUse, type Remembered, repliedBefore } from './idempotently.ts'
import type { ServiceDatabase } from './service-database.ts'

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

type Settled = { readonly reply: unknown; readonly replayed?: boolean } | { readonly refused: Refused } | 'apart'

/**
 * Writes that wait at the same time, in one database transaction: while one group is being written the next gathers, so that a single writer
 * waits for nobody and many share what a transaction costs. Each is carried out once per key, as `idempotently` would. What the handler sets
 * apart, and every request of a group in which something broke, is carried out alone by the usual way.
 */
export class GroupedWrites<Tables> {
  readonly #database: ServiceDatabase<Tables>
  readonly #route: string
  readonly #handle: TogetherHandler<Tables>
  readonly #alone: (input: PlainInput, call: Call) => Promise<unknown>
  readonly #apartFromCallers = AsyncLocalStorage.snapshot() as InContext
  #waiting: Waiting[] = []
  #working = false

  constructor(
    database: ServiceDatabase<Tables>,
    route: string,
    handle: TogetherHandler<Tables>,
    alone: (input: PlainInput, call: Call) => Promise<unknown>,
  ) {
    this.#database = database
    this.#route = route
    this.#handle = handle
    this.#alone = alone
  }

  ask(input: PlainInput, call: Call): Promise<unknown> {
    return new Promise((resolve, reject) => {
      const keyed = input.idempotencyKey ? keyedRequest(this.#route, input, input.idempotencyKey) : null
      const inContext = AsyncLocalStorage.snapshot() as InContext
      this.#waiting.push({ input, call, keyed, inContext, resolve, reject })
      if (!this.#working) this.#apartFromCallers(() => void this.#work())
    })
  }

  async #work(): Promise<void> {
    this.#working = true
    while (this.#waiting.length > 0) await this.#writeTogether(this.#nextGroup())
    this.#working = false
  }

  /** Those of one person, each key once; the others wait on. */
  #nextGroup(): Waiting[] {
    const [first] = this.#waiting
    const group: Waiting[] = []
    const left: Waiting[] = []
    const keys = new Set<string>()
    for (const one of this.#waiting) {
      const { call, keyed } = one
      if (call.signal?.aborted) one.reject(call.signal.reason)
      else if (group.length === mostAtOnce || !samePerson(one, first) || (keyed && keys.has(keyed.key))) left.push(one)
      else {
        group.push(one)
        if (keyed) keys.add(keyed.key)
      }
    }
    this.#waiting = left
    return group
  }

  async #writeTogether(group: readonly Waiting[]): Promise<void> {
    const settled = await this.#settled(group).catch(() => group.map(() => 'apart' as const))
    for (const [at, one] of group.entries()) settle(one, settled[at] ?? 'apart', this.#alone)
  }

  async #settled(group: readonly Waiting[]): Promise<Settled[]> {
    const [first] = group
    if (!first) return []
    let committed: (() => void) | undefined
    const settled = await this.#database.writeTogether(first.call, async (txOf, conclusion) => {
      const before = await keysInUse(
        this.#database,
        first.call,
        group.flatMap(({ keyed }) => keyed ?? []),
      )
      const known = group.map((one) => (one.keyed ? replyOf(one.keyed, before.get(one.keyed.key)) : null))
      const fresh = group.filter((_, at) => known[at] === null)
      const { answers, onCommit } =
        fresh.length > 0
          ? await this.#handle(fresh.map(({ input, call }) => ({ input, call, tx: txOf(call) })))
          : { answers: [], onCommit: undefined }
      committed = onCommit
      const answered = new Map(fresh.map((one, at) => [one, answers[at] ?? ('apart' as const)]))
      for (const [{ keyed }, answer] of answered) {
        if (answer === 'apart' || 'refused' in answer) continue
        conclusion.acts.push(answer.act)
        if (keyed) conclusion.replies.push({ ...keyed, reply: answer.reply })
      }
      return group.map((one, at): Settled => known[at] ?? answered.get(one) ?? 'apart')
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

function samePerson({ call }: Waiting, first: Waiting | undefined): boolean {
  const [{ actor }, other] = [call, first?.call.actor]
  return (
    other !== undefined &&
    actor.organisationId === other.organisationId &&
    actor.userId === other.userId &&
    actor.timeZone === other.timeZone
  )
}

function settle(
  { input, call, inContext, resolve, reject }: Waiting,
  settled: Settled,
  alone: (input: PlainInput, call: Call) => Promise<unknown>,
) {
  if (settled === 'apart') inContext(() => alone(input, call)).then(resolve, reject)
  else if ('refused' in settled) reject(settled.refused)
  else {
    if (settled.replayed) markReplayed(settled.reply)
    resolve(settled.reply)
  }
}

/** What is to be said without carrying the request out; null where it is new. */
function replyOf(keyed: KeyedRequest, before: Remembered | 'in-use' | undefined): Settled | null {
  if (before === undefined) return null
  try {
    return repliedBefore(keyed, before)
  } catch (thrown) {
    if (thrown instanceof Refused) return { refused: thrown }
    throw thrown
  }
}
