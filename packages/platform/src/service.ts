import type { Call } from '@pe/contracts/actor.ts'
import type { Command, CommandName } from '@pe/contracts/commands.ts'
import type { Fact, FactName } from '@pe/contracts/facts.ts'
import type { Handlers, Routes } from '@pe/contracts/route.ts'
import type { Cache } from './cache/cache.ts'
import type { Clock } from './clock/clock.ts'
import type { Act, Database, WriteTx } from './db/database.ts'
import type { ObjectStorage } from './files/object-storage.ts'
import type { Refused } from './http/refused.ts'
import type { Ids } from './ids/ids.ts'
import type { Keys } from './keys/keys.ts'
import type { Log } from './log/log.ts'
import type { Mail } from './mail/mail.ts'
import type { Metrics } from './metrics/metrics.ts'

/** What the composition root hands to every service; clients of other services come beside it. */
export interface ServiceDeps<Tables> {
  readonly db: Database<Tables>
  readonly cache: Cache
  readonly files: ObjectStorage
  readonly mail: Mail
  readonly clock: Clock
  readonly ids: Ids
  readonly keys: Keys
  readonly log: Log
  readonly metrics: Metrics
  readonly queue: JobQueue
  /** Once nobody waits for an answer, or after some seconds: long work that can wait lets callers go first. */
  readonly quiet: () => Promise<void>
}

/** Hears one kind of fact. Runs in a transaction of its own in which the fact is marked as understood (inbox): its effect happens once. */
export interface Subscription<Tables> {
  readonly fact: FactName
  readonly hear: (fact: Fact, tx: WriteTx<Tables>, call: Call) => Promise<void>
}

/**
 * Carries out one kind of command, which no other service takes. Runs in a transaction of its own in which the command is marked as
 * understood (inbox). What it refuses it answers with a fact; what it throws is tried again, and laid aside in the end.
 */
export interface CommandTaker<Tables> {
  readonly command: CommandName
  readonly carryOut: (command: Command, tx: WriteTx<Tables>, call: Call) => Promise<void>
}

/** Puts work aside. With `key`, a job that waits under the same key is replaced: many marks fold into one run. */
export interface JobQueue {
  /**
   * Inside the transaction when `tx` is given (or one is open around): the job exists exactly if the transaction commits.
   * `afterSeconds`: not before then by the database's clock, which the queue goes by; at once when absent.
   * A job works for the organisation of `call`, of `tx`, or of the call being answered; without any of them it is an error.
   */
  add<Tables>(
    name: string,
    payload: Record<string, unknown>,
    options?: { key?: string; tx?: WriteTx<Tables>; call?: Call; afterSeconds?: number },
  ): Promise<void>
}

/** Imperative: 'revalue'. Retried with back-off; must be safe to run twice. */
export interface Job {
  readonly name: string
  readonly run: (payload: Record<string, unknown>, call: Call) => Promise<void>
}

/** A request as it was asked, to be answered together with others. */
export interface TogetherRequest<Tables> {
  readonly input: unknown
  readonly call: Call
  /** The transaction of the group; what is announced by it carries the trace of this request. */
  readonly tx: WriteTx<Tables>
}

/** What came of it; `apart` is carried out alone by the usual handler. */
export type TogetherAnswer = { readonly reply: unknown; readonly act: Act } | { readonly refused: Refused } | 'apart'

export interface Together {
  readonly answers: readonly TogetherAnswer[]
  /** The last statements, which need not be waited for: they are sent, and the transaction is taken back where one fails. */
  readonly sent: Promise<unknown>
  readonly onCommit?: (() => void) | undefined
}

/**
 * Answers requests of one person for one route in one database transaction, as if they had come one after the other. One that is refused
 * leaves the others alone; whatever is unusual is set apart, and so is whatever others have locked: a group waits for nobody. Statements are
 * sent in the order in which they are asked, also where none waits for the one before.
 */
export type TogetherHandler<Tables> = (requests: readonly TogetherRequest<Tables>[]) => Promise<Together>

/** What `createCore(deps)` and its siblings return: the only export of a service. */
export interface Service<T extends Routes, Tables> {
  readonly name: string
  readonly routes: T
  readonly handlers: Handlers<T>
  /** Routes of many small writes, which are carried out together where several wait. */
  readonly together?: Readonly<Partial<Record<keyof T & string, TogetherHandler<Tables>>>>
  readonly subscriptions: readonly Subscription<Tables>[]
  readonly commands?: readonly CommandTaker<Tables>[]
  readonly jobs: readonly Job[]
  /** Ready to serve: caches it wants warm, and so on. */
  readonly start?: () => Promise<void>
  readonly stop?: () => Promise<void>
}
