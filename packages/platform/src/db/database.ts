import type { Readable } from 'node:stream'
import type { Actor, Call } from '@pe/contracts/actor.ts'
import type { CommandBody, CommandName } from '@pe/contracts/commands.ts'
import type { FactBody, FactName } from '@pe/contracts/facts.ts'
import type { Kysely, Transaction } from 'kysely'
import type { Keys } from '../keys/keys.ts'

/** What a write is, for the audit log. Amounts and names stay out of it. */
export interface Act {
  readonly call: Call
  /** 'transaction.record' */
  readonly action: string
  /** 'account:0190…' */
  readonly subject: string
}

/** One database transaction of a write: its rows, its audit entry and its facts stand or fall together. */
export interface WriteTx<Tables> {
  readonly sql: Transaction<Tables>
  readonly actor: Actor
  /** The call that this write belongs to: what jobs and announced facts inherit. */
  readonly call: Call
  /** What the write is sealed with: hash chains. */
  readonly keys: Keys
  /** Puts a fact into the outbox of this transaction. `key` orders facts of one subject. */
  announce<N extends FactName>(name: N, key: string, body: FactBody<N>): Promise<void>
  /** Puts a command into the outbox of this transaction, in the name of its actor. Answers come as facts, by its id, which is answered. */
  send<N extends CommandName>(name: N, key: string, body: Omit<CommandBody<N>, 'by'>): Promise<string>
  /** COPY … FROM STDIN into a table of the service's schema; rows are arrays of text or null in the order of `columns`. */
  copyIn(table: string, columns: readonly string[], rows: Iterable<readonly (string | null)[]>): Promise<number>
}

/** A service's own schema, reached as its own role. */
export interface Database<Tables> {
  /**
   * Reads outside a transaction; inside a snapshot, or a write of this database (also one that `idempotently` opened), reads of that
   * transaction.
   */
  readonly sql: Kysely<Tables>
  /** Several reads of one snapshot (REPEATABLE READ, read only). Inside a write it reads in that transaction. */
  snapshot<R>(read: (sql: Transaction<Tables>) => Promise<R>): Promise<R>
  /** Atomic, audited; facts announced inside go out after the commit. Joins the write that is open around it, if there is one. */
  write<R>(act: Act, change: (tx: WriteTx<Tables>) => Promise<R>): Promise<R>
  /**
   * COPY … FROM STDIN into a table that only stages rows on their way into the book: committed by itself and not audited, since nothing of
   * the book changes.
   */
  stage(table: string, columns: readonly string[], rows: Iterable<readonly (string | null)[]>): Promise<number>
  /** COPY (query) TO STDOUT as a stream of CSV text. */
  copyOut(query: string): Promise<Readable>
}
