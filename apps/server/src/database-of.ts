import { CannotStart } from '@pe/platform/postgres/cannot-start.ts'
import type { Connection, PostgresServer } from '@pe/platform/postgres/connection.ts'
import { prepareDataFolder } from '@pe/platform/postgres/data-folder.ts'
import { launchPostgres } from '@pe/platform/postgres/launch-postgres.ts'
import type { Config } from './config.ts'

export interface DatabaseWatch {
  readonly onStep: (step: string) => void
  readonly onTrouble: (sentence: string) => void
  /** Further server settings; tests switch off fsync here. */
  readonly settings?: Readonly<Record<string, string>> | undefined
}

/** The server and the name of the database in it. */
export interface ChosenDatabase {
  readonly server: PostgresServer
  readonly database: string
}

/** The PostgreSQL that the settings ask for: our own, started or adopted, or one of the operator's. */
export async function databaseOf(config: Config, watch: DatabaseWatch): Promise<ChosenDatabase> {
  if (config.database !== 'embedded') {
    await prepareDataFolder(config.dataFolder, undefined)
    const superuser = connectionOf(config.database)
    return { server: { superuser, stop: async () => {} }, database: superuser.database }
  }
  const { dataFolder, runtimeFolder } = config
  const { onStep, onTrouble, settings } = watch
  const server = await launchPostgres({ dataFolder, runtimeFolder, onStep, onTrouble, ...(settings ? { settings } : {}) })
  return { server, database: 'portfolioengine' }
}

function connectionOf(text: string): Connection {
  if (!URL.canParse(text)) throw new CannotStart('PE_DATABASE must be postgres://user:password@host:port/database.')
  const url = new URL(text)
  const mode = url.searchParams.get('sslmode')
  return {
    host: decodeURIComponent(url.hostname) || 'localhost',
    port: Number(url.port || 5432),
    database: decodeURIComponent(url.pathname.slice(1)) || 'portfolioengine',
    user: decodeURIComponent(url.username) || 'postgres',
    password: decodeURIComponent(url.password),
    ...(mode === 'require' || mode === 'verify-full' ? { ssl: true } : {}),
  }
}
