import { Kysely, PostgresDialect, type PostgresQueryResult, sql } from 'kysely'
import type pg from 'pg'
import type { PlatformTables } from './platform-tables.ts'
import { PreparingClient } from './preparing-client.ts'
import type { StatementNames } from './statement-names.ts'

/** What was decided, and the statements that carry it out: sent, not waited for. */
export interface Sent<R> {
  readonly result: R
  readonly sent: Promise<unknown>
}

/** node-postgres reads it with every statement. */
type Pipelining = pg.PoolClient & { pipeline: boolean }

/** One plan for all values: those of a group are as alike as its statements, and planning them takes longer than running them. */
const onePlan = 'set local plan_cache_mode = force_generic_plan'

/**
 * A transaction whose statements are sent in the order asked without waiting for the answers of those before them. A statement that fails fails
 * all that come after it, the commit among them. No cursors and no COPY.
 */
export async function pipelined<R>(
  pool: pg.Pool,
  names: StatementNames,
  run: (statements: Kysely<PlatformTables>, client: pg.PoolClient) => Promise<Sent<R>>,
): Promise<R> {
  const client = (await pool.connect()) as Pipelining
  const { borrowed, builder } = await statementsOn(client, names)
  // what is remembered of a transaction goes by its builder
  const statements = builder.withoutPlugins()
  let broken = false
  client.pipeline = true
  try {
    const begun = client.query(`begin; ${onePlan}`)
    // what it fails with is what all others fail with
    begun.catch(() => undefined)
    const { result, sent } = await run(statements, client)
    // by the same way as the others, or it would overtake them
    await Promise.all([sql`commit`.execute(statements), sent, begun])
    if (borrowed.command !== 'COMMIT') throw new Error(`a transaction ended with ${borrowed.command}`)
    return result
  } catch (thrown) {
    // answered last: nothing is under way any more
    await client.query('rollback').catch(() => {
      broken = true
    })
    throw thrown
  } finally {
    client.pipeline = false
    client.release(broken)
  }
}

/** Is given back with the transaction, not with each statement. */
class BorrowedClient extends PreparingClient {
  /** What PostgreSQL says that it carried out last. */
  command: string | undefined

  protected override ask<R>(text: string, parameters: readonly unknown[]): Promise<PostgresQueryResult<R>> {
    const answer = super.ask<R>(text, parameters)
    answer.then(
      ({ command }) => {
        this.command = command
      },
      () => undefined,
    )
    return answer
  }

  override release(): void {}
}

interface Statements {
  readonly borrowed: BorrowedClient
  readonly builder: Kysely<PlatformTables>
}

const ofClients = new WeakMap<pg.PoolClient, Statements>()

/** A query builder for this connection alone, which does not wait for one statement before it sends the next. */
async function statementsOn(client: pg.PoolClient, names: StatementNames): Promise<Statements> {
  const known = ofClients.get(client)
  if (known) return known
  const borrowed = new BorrowedClient(client, names)
  const pool = { options: {}, connect: async () => borrowed, end: async () => undefined }
  const builder = new Kysely<PlatformTables>({ dialect: new PostgresDialect({ pool }) })
  // its first statement takes longer on its way than those after it, which would overtake it
  await builder.connection().execute(async () => undefined)
  ofClients.set(client, { borrowed, builder })
  return { borrowed, builder }
}
