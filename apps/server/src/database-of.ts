import { answering } from '@pe/platform/db/answering.ts'
import { parseDatabaseUrl } from '@pe/platform/db/database-url.ts'
import type { PostgresServer } from '@pe/platform/postgres/connection.ts'
import { prepareDataFolder } from '@pe/platform/postgres/data-folder.ts'
import { launchPostgres, postgresOf } from '@pe/platform/postgres/launch-postgres.ts'
import type { Config } from './config.ts'

export interface DatabaseWatch {
  readonly onStep: (step: string) => void
  readonly onTrouble: (sentence: string) => void
  /** Further server settings; tests switch off fsync here. */
  readonly settings?: Readonly<Record<string, string>> | undefined
}

const embeddedName = 'portfolioengine'

/** The server and the name of the database in it. */
export interface ChosenDatabase {
  readonly server: PostgresServer
  readonly database: string
}

/** The PostgreSQL that the settings ask for: our own, started or adopted, or one of the operator's. */
export async function databaseOf(config: Config, watch: DatabaseWatch): Promise<ChosenDatabase> {
  if (config.database !== 'embedded') {
    await prepareDataFolder(config.dataFolder, undefined)
    const superuser = await answering(parseDatabaseUrl(config.database))
    return { server: { superuser, stop: async () => {} }, database: superuser.database }
  }
  const { dataFolder, runtimeFolder } = config
  const { onStep, onTrouble, settings } = watch
  const server = await launchPostgres({ dataFolder, runtimeFolder, onStep, onTrouble, ...(settings ? { settings } : {}) })
  return { server, database: embeddedName }
}

/** The same while a server runs on it: to look only. */
export async function databaseInUse(config: Config): Promise<ChosenDatabase> {
  const embedded = config.database === 'embedded'
  const superuser = embedded ? await postgresOf(config) : parseDatabaseUrl(config.database)
  return { server: { superuser, stop: async () => {} }, database: embedded ? embeddedName : superuser.database }
}
