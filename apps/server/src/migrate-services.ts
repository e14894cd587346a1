import { migrate } from '@pe/platform/db/migrate.ts'
import { provision } from '@pe/platform/db/provision.ts'
import type { Connection } from '@pe/platform/postgres/connection.ts'
import { databaseSecrets } from '@pe/platform/postgres/secrets.ts'
import type { ChosenDatabase } from './database-of.ts'

/** Who has a schema, and where its migrations lie. */
const services = ['auth', 'market', 'core', 'analytics', 'integration', 'gateway'] as const
export type ServiceName = (typeof services)[number]

export type Connections = Readonly<Record<ServiceName, Connection>>

export interface Migrated {
  readonly connections: Connections
  /** 'core/0001_accounts.sql': what was applied now. */
  readonly applied: readonly string[]
}

/** Roles, schemas and tables as this version wants them. */
export async function migrateServices(
  { server, database }: ChosenDatabase,
  dataFolder: string,
  passwordOf: (service: string) => Promise<string> = keptIn(dataFolder),
): Promise<Migrated> {
  const connections = await provision({ superuser: server.superuser, database, services, passwordOf })
  const applied: string[] = []
  for (const [service, connection] of connections) {
    const migrations = new URL(`../../../services/${service}/migrations/`, import.meta.url)
    const names = await migrate({ service, connection, migrations })
    applied.push(...names.map((name) => `${service}/${name}`))
  }
  return { connections: Object.fromEntries(connections) as unknown as Connections, applied }
}

function keptIn(dataFolder: string): (service: string) => Promise<string> {
  const secrets = databaseSecrets(dataFolder)
  return async (service) => (await secrets).of(service)
}
