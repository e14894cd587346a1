/** How to reach a database: a socket folder or host, and who connects. */
export interface Connection {
  readonly host: string
  readonly port: number
  readonly database: string
  readonly user: string
  readonly password: string
  readonly ssl?: boolean
}

/** A PostgreSQL server that we may set up: the built-in one or one of the operator's. */
export interface PostgresServer {
  /** May create roles, schemas and databases. */
  readonly superuser: Connection
  stop(): Promise<void>
}
