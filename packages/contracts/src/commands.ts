import { type Static, type TSchema, Type } from 'typebox'
import type { Fact } from './facts.ts'
import { Id } from './scalars.ts'
import { NewTransaction } from './transactions.ts'

const closed = { additionalProperties: false } as const

/** Who asks: the organisation stands in the envelope, the time zone says whose "today" is meant. */
const by = Type.Object({ userId: Id, timeZone: Type.String({ minLength: 1, maxLength: 64 }) }, closed)

/**
 * What one service asks of another over the bus instead of over HTTP: sent through the outbox in a transaction of the sender's, carried
 * like a fact, carried out once by the one service that takes it, and answered with facts.
 */
export const commandBodies = {
  /**
   * Core records them all or none, by the rules and under the keys of `saveSheet`: the same request under the same key is recorded once,
   * whichever way it comes. Answered with `transactions-accepted` or `transactions-refused`; rows count from 1.
   */
  'record-transactions': Type.Object(
    {
      by,
      /** As the header Idempotency-Key: one key stands for one request. */
      idempotencyKey: Type.String({ pattern: '^[\\x21-\\x7e]{1,255}$' }),
      transactions: Type.Array(Type.Object({ accountId: Id, transaction: NewTransaction }, closed), { minItems: 1, maxItems: 10_000 }),
    },
    closed,
  ),
} as const satisfies Record<string, TSchema>

export type CommandName = keyof typeof commandBodies
export type CommandBody<N extends CommandName> = Static<(typeof commandBodies)[N]>

/** The same envelope as a fact's; `id` is what answers name it by. */
export interface Command<N extends CommandName = CommandName> extends Omit<Fact, 'name' | 'body'> {
  readonly name: N
  readonly body: CommandBody<N>
}

/** What a bus carries. */
export type Message = Fact | Command
