import { AsyncLocalStorage } from 'node:async_hooks'
import type { Readable } from 'node:stream'
import type { Actor, Call } from '@pe/contracts/actor.ts'
import type { Message } from '@pe/contracts/commands.ts'
import { Kysely, PostgresDialect, type RawBuilder, sql, type Transaction } from 'kysely'
import type pg from 'pg'
import copyStreams from 'pg-copy-streams'
import type { Clock } from '../clock/clock.ts'
import type { Ids } from '../ids/ids.ts'
import type { Keys } from '../keys/keys.ts'
import type { Log } from '../log/log.ts'
import type { Connection } from '../postgres/connection.ts'
import { openPool } from './connect.ts'
import { copyRows } from './copy-rows.ts'
import { everyOrganisation, organisationNow, withCall } from './current-call.ts'
import type { Act, Database, WriteTx } from './database.ts'
import { ownerOf } from './owner-of.ts'
import { pipelined, type Sent } from './pipelined.ts'
import type { PlatformTables } from './platform-tables.ts'
import { PreparingClient } from './preparing-client.ts'
import { StatementNames } from './statement-names.ts'

export interface DatabaseOptions {
  /** The service's name, which is its schema's. */
  readonly service: string
  /** As the service's role (db/provision.ts). */
  readonly connection: Connection
  readonly clock: Clock
  readonly ids: Ids
  readonly keys: Keys
  readonly log: Log
  /** A service that tells organisations apart itself, since it is asked before anybody knows for which one: auth. */
  readonly acrossOrganisations?: boolean
  /** Connections at most; 8 when absent. */
  readonly poolSize?: number
}

/** The transaction that is open around the running code, and the connection it holds. */
interface Open {
  client: pg.PoolClient | undefined
  sql: Transaction<PlatformTables> | undefined
  /** A snapshot: reads join it, a write does not. */
  readonly readOnly: boolean
  /** Whose rows it shows. */
  readonly organisation: string
}

/** How a group ends, beside the facts that it announced. */
export interface Decided<R> extends Sent<R> {
  readonly acts: readonly Act[]
  readonly replies: readonly ReplyToKeep[]
}

export interface ReplyToKeep {
  readonly key: string
  readonly route: string
  readonly fingerprint: string
  readonly reply: unknown
}

interface PendingMessage {
  readonly traceId: string
  readonly id: string
  readonly name: Message['name']
  readonly key: string
  readonly body: object
}

/** What the machine room needs of any service's database, whatever its tables. */
export type PlatformDatabase = Pick<
  ServiceDatabase<unknown>,
  'service' | 'connection' | 'clock' | 'ids' | 'keys' | 'log' | 'pool' | 'platform' | 'transaction' | 'close'
>

/** `Database` over node-postgres. What only platform needs (the pool, unaudited transactions) comes beside the port. */
export class ServiceDatabase<Tables> implements Database<Tables> {
  readonly service: string
  readonly connection: Connection
  readonly clock: Clock
  readonly ids: Ids
  readonly keys: Keys
  readonly log: Log
  readonly pool: pg.Pool
  readonly #kysely: Kysely<PlatformTables>
  readonly #organisation: () => string
  readonly #open = new AsyncLocalStorage<Open>()
  readonly #names = new StatementNames()

  constructor({ service, connection, clock, ids, keys, log, poolSize, acrossOrganisations = false }: DatabaseOptions) {
    this.service = service
    this.connection = connection
    this.clock = clock
    this.ids = ids
    this.keys = keys
    this.log = log.of(service)
    this.#organisation = acrossOrganisations ? () => everyOrganisation : organisationNow
    const onTrouble = (trouble: Error) => {
      // Closed connections may still be on their way out when the server stops: that is no trouble.
      if (!this.pool.ending) this.log.error({ action: 'database.connection', status: 'failure' }, trouble)
    }
    this.pool = openPool(connection, service, {
      ...(poolSize === undefined ? {} : { size: poolSize }),
      organisation: this.#organisation,
      onTrouble,
    })
    const pool = this.pool
    const open = this.#open
    const names = this.#names
    this.#kysely = new Kysely<PlatformTables>({
      dialect: new PostgresDialect({
        pool: {
          options: pool.options,
          end: () => pool.end(),
          async connect() {
            const client = await pool.connect()
            const around = open.getStore()
            if (around && !around.client) around.client = client
            return new PreparingClient(client, names)
          },
        },
      }),
    })
  }

  get sql(): Kysely<Tables> {
    return this.platform as unknown as Kysely<Tables>
  }

  /** The platform's own tables of this schema. */
  get platform(): Kysely<PlatformTables> {
    return this.#openAround()?.sql ?? this.#kysely
  }

  async snapshot<R>(read: (sql: Transaction<Tables>) => Promise<R>): Promise<R> {
    const around = this.#openAround()?.sql
    if (around) return read(around as unknown as Transaction<Tables>)
    const snapshot = this.#kysely.transaction().setIsolationLevel('repeatable read').setAccessMode('read only')
    return this.#around(true, (open) =>
      snapshot.execute((transaction) => {
        // What is asked meanwhile by `sql` reads here too: a second connection for it could be one too many.
        open.sql = transaction
        return read(transaction as unknown as Transaction<Tables>)
      }),
    )
  }

  async write<R>(act: Act, change: (tx: WriteTx<Tables>) => Promise<R>): Promise<R> {
    return this.#changeAll(act.call, [act], change)
  }

  /** The change without the audit entry: what platform itself does, and what a subscription does on hearing a fact. */
  async change<R>(call: Call, change: (tx: WriteTx<Tables>) => Promise<R>): Promise<R> {
    return this.#changeAll(call, [], change)
  }

  /**
   * Acts of several requests in a transaction of their own, each noted by itself, and the replies that are remembered under their keys
   * (grouped-writes.ts). `change` sends its last statements without waiting for them.
   */
  async writeTogether<R>(call: Call, change: (txOf: (call: Call) => WriteTx<Tables>) => Promise<Decided<R>>): Promise<R> {
    return withCall(call, () =>
      pipelined(this.pool, this.#names, (transaction, client) =>
        this.#open.run(
          { client, sql: transaction as Transaction<PlatformTables>, readOnly: false, organisation: this.#organisation() },
          async () => {
            const pending: PendingMessage[] = []
            const { result, sent, acts, replies } = await change((own) => this.#txOf(own, pending))
            return { result, sent: Promise.all([sent, this.#conclude(pending, call, acts, replies)]) }
          },
        ),
      ),
    )
  }

  async #changeAll<R>(call: Call, acts: readonly Act[], change: (tx: WriteTx<Tables>) => Promise<R>): Promise<R> {
    const inTransaction = async () => {
      const pending: PendingMessage[] = []
      const result = await change(this.#txOf(call, pending))
      await this.#conclude(pending, call, acts, [])
      return result
    }
    return withCall(call, () => this.transaction(inTransaction))
  }

  /** The transaction that is open, for this call: what is announced by it carries its trace. */
  #txOf(call: Call, pending: PendingMessage[]): WriteTx<Tables> {
    const { client, sql: transaction } = this.#open.getStore() ?? {}
    if (!client || !transaction) throw new Error('a transaction without its connection')
    const { organisationId: _, ...by } = call.actor
    return {
      sql: transaction as unknown as Transaction<Tables>,
      actor: call.actor,
      call,
      keys: this.keys,
      announce: async (name, key, body) => {
        pending.push({ id: this.ids.next(), name, key, body, traceId: call.traceId })
      },
      send: async (name, key, body) => {
        const id = this.ids.next()
        pending.push({ id, name, key, body: { ...body, by }, traceId: call.traceId })
        return id
      },
      copyIn: (table, columns, rows) => copyRows(client, ownerOf(this.service), table, columns, rows),
    }
  }

  /** Runs in the transaction that is open already, or in a new one. */
  async transaction<R>(run: () => Promise<R>): Promise<R> {
    if (this.#open.getStore()?.readOnly === false && this.#openAround()?.sql) return run()
    return this.#around(false, (open) =>
      this.#kysely.transaction().execute((transaction) => {
        open.sql = transaction
        return run()
      }),
    )
  }

  /** The transaction that is open around the running code. It shows the rows of one organisation: work for another one needs its own. */
  #openAround(): Open | undefined {
    const open = this.#open.getStore()
    if (open?.sql && open.organisation !== this.#organisation())
      throw new Error('work for one organisation inside a transaction of another')
    return open
  }

  /** Runs with a transaction noted as open, which it is no more when this comes back. */
  async #around<R>(readOnly: boolean, run: (open: Open) => Promise<R>): Promise<R> {
    const open: Open = { client: undefined, sql: undefined, readOnly, organisation: this.#organisation() }
    return this.#open.run(open, async () => {
      try {
        return await run(open)
      } finally {
        open.client = undefined
        open.sql = undefined
      }
    })
  }

  /** What was said goes into the outbox, what was done into the audit log, what was answered beside its key: in one statement. */
  async #conclude(pending: readonly PendingMessage[], { actor }: Call, acts: readonly Act[], replies: readonly ReplyToKeep[]) {
    const at = this.clock.now()
    const parts = [
      ...(acts.length > 0 ? [sql`noted as (${noting(acts, at)})`] : []),
      ...(pending.length > 0 ? [sql`said as (${saying(pending, actor, at)})`] : []),
      ...(replies.length > 0 ? [sql`kept as (${remembering(replies, actor, at)})`] : []),
    ]
    if (parts.length > 0) await sql`with ${sql.join(parts)} select`.execute(this.platform)
  }

  async stage(table: string, columns: readonly string[], rows: Iterable<readonly (string | null)[]>): Promise<number> {
    const client = await this.pool.connect()
    let trouble: Error | undefined
    try {
      await client.query('begin')
      const copied = await copyRows(client, ownerOf(this.service), table, columns, rows)
      await client.query('commit')
      return copied
    } catch (thrown) {
      trouble = thrown instanceof Error ? thrown : new Error(String(thrown))
      throw thrown
    } finally {
      // a COPY that broke off leaves a connection that nobody should use again
      client.release(trouble)
    }
  }

  async copyOut(query: string): Promise<Readable> {
    const client = await this.pool.connect()
    // As long as the reader takes: a slow download is no runaway statement.
    await client.query('set statement_timeout = 0')
    const stream = client.query(copyStreams.to(`copy (${query}) to stdout with (format csv, header)`))
    let done = false
    const release = (broken: boolean) => {
      if (done) return
      done = true
      if (broken) client.release(true)
      else client.query('reset statement_timeout').then(() => client.release(), client.release)
    }
    stream.once('end', () => release(false))
    stream.once('close', () => release(true))
    stream.once('error', () => release(true))
    return stream
  }

  async close(): Promise<void> {
    await this.#kysely.destroy()
    // Kysely ends a pool only that it has used itself.
    if (!this.pool.ending) await this.pool.end()
  }
}

function noting(acts: readonly Act[], at: string): RawBuilder<unknown> {
  const { organisationId, userId } = (acts[0] as Act).call.actor
  return sql`
    insert into audit (organisation_id, user_id, at, trace_id, action, subject)
    select ${organisationId}::uuid, ${userId}::uuid, ${at}::timestamptz, act.trace_id, act.action, act.subject
    from unnest(${acts.map(({ call }) => call.traceId)}::text[], ${acts.map(({ action }) => action)}::text[],
      ${acts.map(({ subject }) => subject)}::text[]) with ordinality as act (trace_id, action, subject, place)
    order by act.place`
}

function saying(pending: readonly PendingMessage[], { organisationId }: Actor, at: string): RawBuilder<unknown> {
  return sql`
    insert into outbox (id, name, organisation_id, key, at, trace_id, body)
    select said.id, said.name, ${organisationId}::uuid, said.key, ${at}::timestamptz, said.trace_id, said.body
    from unnest(${pending.map(({ id }) => id)}::uuid[], ${pending.map(({ name }) => name)}::text[], ${pending.map(({ key }) => key)}::text[],
      ${pending.map(({ traceId }) => traceId)}::text[], ${pending.map(({ body }) => JSON.stringify(body))}::jsonb[])
      with ordinality as said (id, name, key, trace_id, body, place)
    order by said.place`
}

/** A key that is known fails the transaction. */
function remembering(replies: readonly ReplyToKeep[], { organisationId, userId }: Actor, at: string): RawBuilder<unknown> {
  return sql`
    insert into idempotency (organisation_id, user_id, key, route, fingerprint, reply, at)
    select ${organisationId}::uuid, ${userId}::uuid, replied.key, replied.route, replied.fingerprint, replied.reply, ${at}::timestamptz
    from unnest(${replies.map(({ key }) => key)}::text[], ${replies.map(({ route }) => route)}::text[],
      ${replies.map(({ fingerprint }) => fingerprint)}::text[], ${replies.map(({ reply }) => JSON.stringify(reply) ?? null)}::jsonb[])
      as replied (key, route, fingerprint, reply)`
}
