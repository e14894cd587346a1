import { CannotStart } from '../postgres/cannot-start.ts'
import type { Connection, PostgresServer } from '../postgres/connection.ts'
import { prepareDataFolder } from '../postgres/data-folder.ts'
import { type LaunchOptions, launchPostgres } from '../postgres/launch-postgres.ts'
import { quietClient } from '../postgres/probe.ts'
import { databaseSecrets } from '../postgres/secrets.ts'
import { parseDatabaseUrl } from './database-url.ts'
import { provision } from './provision.ts'

export interface DatabaseServerOptions extends LaunchOptions {
  /** PE_DATABASE: 'embedded' or postgres://… of a user who may create roles and schemas. */
  readonly setting: string
}

export interface DatabaseServer {
  /** Sets up a role and schemas for each service, and answers how it connects. */
  connect(services: readonly string[]): Promise<ReadonlyMap<string, Connection>>
  /** Stops the built-in server; lets an external one be. */
  stop(): Promise<void>
}

const ownDatabase = 'portfolioengine'

/** The PostgreSQL of this installation, started when it is the built-in one. */
export async function openDatabaseServer(options: DatabaseServerOptions): Promise<DatabaseServer> {
  const embedded = options.setting === 'embedded'
  const server = embedded ? await launchPostgres(options) : await externalServer(options.setting)
  if (!embedded) await prepareDataFolder(options.dataFolder, undefined)
  const database = embedded ? ownDatabase : server.superuser.database
  return {
    async connect(services) {
      const secrets = await databaseSecrets(options.dataFolder)
      return provision({ superuser: server.superuser, database, services, passwordOf: (service) => secrets.of(service) })
    },
    stop: () => server.stop(),
  }
}

async function externalServer(setting: string): Promise<PostgresServer> {
  const superuser = parseDatabaseUrl(setting)
  const client = quietClient(superuser)
  try {
    await client.connect()
  } catch (trouble) {
    const said = trouble instanceof Error ? trouble.message || trouble.name : String(trouble)
    throw new CannotStart(
      `The database of PE_DATABASE (${superuser.host}:${superuser.port}/${superuser.database}) does not answer: ${said}.`,
      {
        cause: trouble,
      },
    )
  } finally {
    await client.end().catch(() => {})
  }
  return { superuser, stop: async () => {} }
}
