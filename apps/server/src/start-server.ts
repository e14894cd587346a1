import { readFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { localOwner } from '@pe/contracts/actor.ts'
import { localCache } from '@pe/platform/cache/local-cache.ts'
import { type Clock, systemClock } from '@pe/platform/clock/clock.ts'
import { localFolder } from '@pe/platform/files/local-folder.ts'
import { newTraceId } from '@pe/platform/http/trace.ts'
import { timeOrderedIds } from '@pe/platform/ids/ids.ts'
import { keyFile, keyPath } from '@pe/platform/keys/key-file.ts'
import type { Log } from '@pe/platform/log/log.ts'
import { pinoLog } from '@pe/platform/log/pino-log.ts'
import { fileMail } from '@pe/platform/mail/file-mail.ts'
import { smtpMail } from '@pe/platform/mail/smtp-mail.ts'
import { promMetrics } from '@pe/platform/metrics/prom-metrics.ts'
import { CannotStart } from '@pe/platform/postgres/cannot-start.ts'
import { compose, type House } from './compose.ts'
import { anchorFolderOf, type Config } from './config.ts'
import { databaseOf } from './database-of.ts'
import { seedDemo } from './demo/seed-demo.ts'
import { migrateServices } from './migrate-services.ts'
import { removeServerFile, runningServer, writeServerFile } from './server-file.ts'

export interface StartOptions {
  /** Told before each step that takes time: 'Starting the database'. */
  readonly onStep?: (step: string) => void
  readonly clock?: Clock
  readonly log?: Log
  /** Further settings of the built-in PostgreSQL, such as fsync off for tests: then commits may be lost with the machine. */
  readonly postgres?: Readonly<Record<string, string>>
  /** Holds every reply against its contract. */
  readonly checkReplies?: boolean
  /** Passwords of the services' roles, where they are not ours to choose: tests share a server. */
  readonly passwordOf?: (service: string) => Promise<string>
}

export interface RunningServer {
  /** 'http://localhost:8080' */
  readonly url: string
  readonly port: number
  readonly house: House
  /** Drains HTTP, stops bus and jobs, then the database. */
  stop(): Promise<void>
}

export const version: string = (JSON.parse(readFileSync(new URL('../../../package.json', import.meta.url), 'utf8')) as { version: string })
  .version

/** Everything in one process: database, migrations, services, and the door. It listens on loopback only until there is sign-in. */
export async function startServer(config: Config, options: StartOptions = {}): Promise<RunningServer> {
  const step = options.onStep ?? (() => {})
  const clock = options.clock ?? systemClock
  const log = options.log ?? pinoLog({ level: config.logLevel, readable: config.readableLog })
  await refuseSecondServer(config)
  await using undo = new AsyncDisposableStack()

  const chosen = await databaseOf(config, {
    onStep: step,
    onTrouble: (sentence) => log.error({ action: 'database.watch', status: 'failure', message: sentence }),
    settings: options.postgres,
  })
  undo.defer(() => chosen.server.stop())
  step('Bringing the data up to date')
  const { connections } = await migrateServices(chosen, config.dataFolder, options.passwordOf)

  step('Starting the services')
  const ids = timeOrderedIds(clock)
  const { smtp, from } = config.mail
  const house = await compose({
    ports: {
      cache: localCache(),
      files: localFolder(join(config.dataFolder, 'files')),
      anchors: localFolder(anchorFolderOf(config)),
      mail: smtp ? smtpMail(smtp, from) : fileMail(join(config.dataFolder, 'mail'), clock, ids),
      clock,
      ids,
      keys: await keyFile(keyPath(config.dataFolder)),
      keysFrom: keyPath(config.dataFolder),
      log,
      metrics: promMetrics({ process: true }),
    },
    connections,
    version,
    demo: config.demo ?? false,
    webFolder: config.webFolder,
    mayLoseCommits: options.postgres?.fsync === 'off',
    checkReplies: options.checkReplies ?? false,
  })
  undo.defer(() => house.stop())
  const port = await listen(house, config.port)
  await house.start()
  if (config.demo) {
    step('Filling the demo portfolio')
    await seedDemo({ ...house.clients, clock, call: { actor: localOwner, traceId: newTraceId() } })
  }
  const url = `http://localhost:${port}`
  await writeServerFile(config.dataFolder, `http://127.0.0.1:${port}`)
  undo.defer(() => removeServerFile(config.dataFolder))
  log.info({ action: 'server.start', status: 'success', port })

  const running = undo.move()
  return {
    url,
    port,
    house,
    async stop() {
      await running.disposeAsync()
      log.info({ action: 'server.stop', status: 'success' })
    },
  }
}

/** Said before the database is started, so that the answer comes at once. */
async function refuseSecondServer({ port, dataFolder }: Config): Promise<void> {
  const running = await runningServer(dataFolder)
  if (running)
    throw new CannotStart(
      `PortfolioEngine is already running at ${running.replace('127.0.0.1', 'localhost')} on the data in ${dataFolder}.`,
    )
  if (port === 0) return
  await new Promise<void>((resolve, reject) => {
    const trial = createServer()
    trial.once('error', (trouble) => reject(portTrouble(trouble, port)))
    trial.listen(port, '127.0.0.1', () => trial.close(() => resolve()))
  })
}

async function listen(house: House, port: number): Promise<number> {
  try {
    await house.gateway.server.listen({ port, host: '127.0.0.1' })
  } catch (trouble) {
    throw portTrouble(trouble, port)
  }
  const address = house.gateway.server.server.address()
  return typeof address === 'object' && address ? address.port : port
}

function portTrouble(trouble: unknown, port: number): unknown {
  const code = trouble instanceof Error && 'code' in trouble ? trouble.code : undefined
  if (code === 'EADDRINUSE') return new CannotStart(`Port ${port} is taken. Stop what uses it, or choose another with PE_PORT.`)
  if (code === 'EACCES') return new CannotStart(`Port ${port} may not be used by this account. Choose one above 1023 with PE_PORT.`)
  return trouble
}
