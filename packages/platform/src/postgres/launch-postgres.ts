import { createHash } from 'node:crypto'
import { realpath, rmdir } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { findBinaries } from './binaries.ts'
import { CannotStart } from './cannot-start.ts'
import type { Connection, PostgresServer } from './connection.ts'
import { claimFolder, prepareDataFolder } from './data-folder.ts'
import { databaseAccount } from './database-account.ts'
import { initialise } from './initialise.ts'
import { takeExclusiveUse } from './keeper.ts'
import { startPostmaster } from './postmaster.ts'
import { databaseSecrets } from './secrets.ts'

export interface LaunchOptions {
  readonly dataFolder: string
  /** $XDG_RUNTIME_DIR, for the socket; the temp folder when absent. */
  readonly runtimeFolder?: string | undefined
  /** Told before each step that takes time: 'Creating the database'. */
  readonly onStep?: (step: string) => void
  /** Told when the database has gone away unexpectedly and when it is back. */
  readonly onTrouble?: (sentence: string) => void
  /** Further server settings; tests switch off fsync here. */
  readonly settings?: Readonly<Record<string, string>>
}

export interface EmbeddedPostgres extends PostgresServer {
  /** True when a server was running already, left over from a process that was killed. */
  readonly adopted: boolean
  /** Process id of the postmaster. */
  readonly pid: number
  /** Lets go of the data folder but leaves the server running: the next start adopts it. */
  abandon(): Promise<void>
}

const settings: Readonly<Record<string, string>> = {
  listen_addresses: '',
  unix_socket_permissions: '0700',
  timezone: 'UTC',
  log_timezone: 'UTC',
  shared_buffers: '256MB',
  max_wal_size: '4GB',
  max_connections: '150',
  jit: 'off',
  random_page_cost: '1.1',
}

/**
 * Starts the PostgreSQL that npm brought along, or adopts the one that still runs after our process was killed. It
 * listens on a private Unix socket only, and belongs to this process alone: a second instance is refused.
 */
export async function launchPostgres(options: LaunchOptions): Promise<EmbeddedPostgres> {
  if (process.platform === 'win32') {
    throw new CannotStart('The built-in PostgreSQL does not run on Windows yet. Set PE_DATABASE to a PostgreSQL of your own.')
  }
  const step = options.onStep ?? (() => {})
  const account = await databaseAccount()
  await prepareDataFolder(options.dataFolder, account)
  const dataFolder = await realpath(options.dataFolder)
  const directory = join(dataFolder, 'database')
  const socketFolder = socketFolderOf(directory, account ? undefined : options.runtimeFolder)
  await claimFolder(socketFolder, account, 'socket folder')
  const binaries = await findBinaries(dataFolder, account)
  const secrets = await databaseSecrets(dataFolder)

  const superuser = superuserOn(socketFolder, secrets.superuser)
  await initialise({ binaries, directory, account, user: superuser.user, password: superuser.password, step })
  const start = () =>
    startPostmaster({ binaries, directory, socketFolder, account, superuser, settings: { ...settings, ...options.settings } })
  const keeper = await takeExclusiveUse({
    superuser,
    directory,
    dataFolder,
    start: () => {
      step('Starting the database')
      return start()
    },
    restart: start,
    ...(options.onTrouble ? { onTrouble: options.onTrouble } : {}),
  })
  return {
    superuser,
    adopted: keeper.adopted,
    get pid() {
      return keeper.pid
    },
    abandon: () => keeper.release(),
    async stop() {
      await keeper.stop()
      await rmdir(socketFolder).catch(() => {})
    },
  }
}

/** How to reach the server that runs on a data folder, for who only looks: it is not held, started or stopped. */
export async function postgresOf({ dataFolder, runtimeFolder }: Pick<LaunchOptions, 'dataFolder' | 'runtimeFolder'>): Promise<Connection> {
  const account = await databaseAccount()
  const directory = join(await realpath(dataFolder), 'database')
  const { superuser } = await databaseSecrets(dataFolder)
  return superuserOn(socketFolderOf(directory, account ? undefined : runtimeFolder), superuser)
}

function superuserOn(socketFolder: string, password: string): Connection {
  return { host: socketFolder, port: 5432, database: 'postgres', user: 'pe_admin', password }
}

/** Short, because a socket's path may have 107 bytes at most; the same for the same data, so that a running server is found again. */
function socketFolderOf(directory: string, runtimeFolder: string | undefined): string {
  const mark = createHash('sha256').update(directory).digest('hex').slice(0, 8)
  return runtimeFolder ? join(runtimeFolder, `pe-${mark}`) : join(tmpdir(), `pe-${process.getuid?.()}-${mark}`)
}
