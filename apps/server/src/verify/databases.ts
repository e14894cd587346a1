import { access } from 'node:fs/promises'
import { systemClock } from '@pe/platform/clock/clock.ts'
import { roleOf } from '@pe/platform/db/provision.ts'
import { ServiceDatabase } from '@pe/platform/db/service-database.ts'
import { timeOrderedIds } from '@pe/platform/ids/ids.ts'
import { keyFile, keyPath } from '@pe/platform/keys/key-file.ts'
import type { Keys } from '@pe/platform/keys/keys.ts'
import { pinoLog } from '@pe/platform/log/pino-log.ts'
import type { Connection } from '@pe/platform/postgres/connection.ts'
import { databaseSecrets } from '@pe/platform/postgres/secrets.ts'
import { CommandFailed } from '../commands/command.ts'
import type { Config } from '../config.ts'
import { databaseInUse, databaseOf } from '../database-of.ts'
import { migrateServices, type ServiceName } from '../migrate-services.ts'
import { runningServer } from '../server-file.ts'
import { showSteps } from '../terminal/steps.ts'

/** The databases of services, each reached as its own role, and the keys with which they were sealed. */
export interface Databases {
  readonly keys: Keys
  /** Who may do everything there. */
  readonly superuser: Connection
  of<Tables>(service: ServiceName): Promise<ServiceDatabase<Tables>>
}

/** Those of the running server, to look only, or started for as long as it takes. */
export async function withDatabases<R>(config: Config, run: (databases: Databases) => Promise<R>): Promise<R> {
  const running = await runningServer(config.dataFolder)
  const steps = showSteps({ onlyTerminal: true })
  const chosen = running
    ? await databaseInUse(config)
    : await databaseOf(config, { onStep: steps.begin, onTrouble: (sentence) => console.error(sentence) })
  await using undo = new AsyncDisposableStack()
  undo.defer(() => chosen.server.stop())
  if (!running) await migrateServices(chosen, config.dataFolder)
  steps.end()
  const keys = await keysOf(config)
  const secrets = await databaseSecrets(config.dataFolder)
  return await run({
    keys,
    superuser: { ...chosen.server.superuser, database: chosen.database },
    async of<Tables>(service: ServiceName) {
      const password = await secrets.of(service)
      const connection = { ...chosen.server.superuser, database: chosen.database, user: roleOf(service), password }
      const [clock, log] = [systemClock, pinoLog({ level: 'silent', readable: false })]
      const db = new ServiceDatabase<Tables>({ service, connection, clock, ids: timeOrderedIds(clock), keys, log })
      undo.defer(() => db.close())
      return db
    },
  })
}

async function keysOf(config: Config): Promise<Keys> {
  const path = keyPath(config.dataFolder)
  await access(path).catch(() => {
    throw new CommandFailed(`The key file ${path} is not there: without it nothing can be proved. Restore it from a backup.`)
  })
  return await keyFile(path)
}
