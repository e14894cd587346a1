import type pg from 'pg'
import type { Connection } from '../postgres/connection.ts'
import { columnValues } from './column-values.ts'
import { organisationNow } from './current-call.ts'
import { OrganisationPool } from './organisation-pool.ts'

export interface PoolOptions {
  /** Whose rows the running code may see: those of the call around it, where nothing else is said. */
  readonly organisation?: () => string
  /** Connections at most. */
  readonly size?: number
  readonly onTrouble: (trouble: Error) => void
}

const statementMilliseconds = 60_000
/** A transaction left open holds back the outbox of everybody. */
const idleInTransactionMilliseconds = 30_000

/** A pool of a role whose search path is its own schema only, and which shows the rows of one organisation at a time. */
export function openPool(
  connection: Connection,
  schema: string,
  { size = 8, organisation = organisationNow, onTrouble }: PoolOptions,
): pg.Pool {
  const pool = new OrganisationPool(
    {
      ...connection,
      application_name: `pe ${schema}`,
      options: `-c search_path=${schema}`,
      types: columnValues,
      max: size,
      idleTimeoutMillis: 60_000,
      connectionTimeoutMillis: 15_000,
      statement_timeout: statementMilliseconds,
      idle_in_transaction_session_timeout: idleInTransactionMilliseconds,
    },
    organisation,
  )
  pool.on('error', onTrouble)
  // A client that is checked out has no listener of the pool's: without one of ours, a backend that dies ends the process.
  pool.on('connect', (client) => client.on('error', onTrouble))
  return pool
}
