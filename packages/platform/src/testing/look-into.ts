import { Kysely, PostgresDialect } from 'kysely'
import type pg from 'pg'
import { acrossOrganisations } from '../db/current-call.ts'
import { ownerOf } from '../db/owner-of.ts'
import type { PlatformTables } from '../db/platform-tables.ts'
import type { ServiceDatabase } from '../db/service-database.ts'

/** What a test asks of the tables by itself, outside any call: rows of every organisation. */
export interface Look<Tables> {
  readonly sql: Kysely<Tables>
  readonly platform: Kysely<PlatformTables>
  /** Statements that only the owner of the tables may ask. */
  asOwner(text: string): Promise<void>
  query<Row extends pg.QueryResultRow>(text: string, values?: unknown[]): Promise<pg.QueryResult<Row>>
}

export function lookInto<Tables>({ pool, service }: ServiceDatabase<Tables>): Look<Tables> {
  const connect = () => acrossOrganisations(() => pool.connect())
  const sql = new Kysely<unknown>({ dialect: new PostgresDialect({ pool: { options: {}, connect, end: async () => undefined } }) })
  return {
    sql: sql.withTables() as unknown as Kysely<Tables>,
    platform: sql as unknown as Kysely<PlatformTables>,
    async asOwner(text) {
      await pool.query(`begin; set local role ${ownerOf(service)}; ${text}; commit`)
    },
    query: (text, values) => acrossOrganisations(() => pool.query(text, values)),
  }
}
