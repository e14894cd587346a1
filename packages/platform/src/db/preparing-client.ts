import type { PostgresCursor, PostgresPoolClient, PostgresQueryResult } from 'kysely'
import type pg from 'pg'
import type { StatementNames } from './statement-names.ts'

/** A checked-out connection as the query builder uses it; statements that come again and again are prepared. */
export class PreparingClient implements PostgresPoolClient {
  /** By which a query is cancelled. */
  readonly processID?: number
  readonly #client: pg.PoolClient
  readonly #names: StatementNames

  constructor(client: pg.PoolClient, names: StatementNames) {
    this.#client = client
    this.#names = names
    const { processID } = client as PostgresPoolClient
    if (processID !== undefined) this.processID = processID
  }

  query<R>(sql: string, parameters: readonly unknown[]): Promise<PostgresQueryResult<R>>
  query<R>(cursor: PostgresCursor<R>): PostgresCursor<R>
  query<R>(text: string | PostgresCursor<R>, parameters: readonly unknown[] = []): Promise<PostgresQueryResult<R>> | PostgresCursor<R> {
    return typeof text === 'string' ? this.ask(text, parameters) : (this.#client as PostgresPoolClient).query(text)
  }

  protected ask<R>(text: string, parameters: readonly unknown[]): Promise<PostgresQueryResult<R>> {
    const name = parameters.length > 0 ? this.#names.of(text) : undefined
    const values = [...parameters]
    return this.#client.query(name === undefined ? { text, values } : { name, text, values }) as unknown as Promise<PostgresQueryResult<R>>
  }

  release(destroy?: boolean): void {
    this.#client.release(destroy)
  }
}
