import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { createServer as createHttpServer } from 'node:http'
import { type AddressInfo, createServer } from 'node:net'
import { join } from 'node:path'
import type { Server as TlsServer } from 'node:tls'
import { localOwner } from '@pe/contracts/actor.ts'
import type { DoorSettings } from '@pe/gateway/service.ts'
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
import { anchorFolderOf, type Config, type Entrance } from './config.ts'
import { databaseOf } from './database-of.ts'
import { demoOwner } from './demo/demo-owner.ts'
import { seedDemo } from './demo/seed-demo.ts'
import { migrateServices } from './migrate-services.ts'
import { removeOperatorToken, writeOperatorToken } from './operator-token.ts'
import { removeServerFile, runningServer, writeServerFile } from './server-file.ts'
import { keepTlsFresh, readTlsFiles } from './tls-files.ts'

export interface StartOptions {
  /** Told before each step that takes time: 'Starting the database'. */
  readonly onStep?: (step: string) => void
  readonly clock?: Clock
  readonly log?: Log
  /** Further settings of the built-in PostgreSQL, such as fsync off for tests: then commits may be lost with the machine. */
  readonly postgres?: Readonly<Record<string, string>>
  /** Holds every reply against its contract. */
  readonly checkReplies?: boolean
  /** Told the link by which the first person is set up, while nobody is. */
  readonly onSetUpLink?: (link: string) => void
  /** How much is too much, where the usual is not what is tried. */
  readonly door?: Pick<DoorSettings, 'budgets' | 'limits' | 'strength'>
  /** Passwords of the services' roles, where they are not ours to choose: tests share a server. */
  readonly passwordOf?: (service: string) => Promise<string>
}

export interface RunningServer {
  /** 'http://localhost:8080' */
  readonly url: string
  readonly port: number
  /** By which the commands ask: who holds it may do everything. */
  readonly operatorToken: string
  readonly house: House
  /** Drains HTTP, stops bus and jobs, then the database. */
  stop(): Promise<void>
}

export const version: string = (JSON.parse(readFileSync(new URL('../../../package.json', import.meta.url), 'utf8')) as { version: string })
  .version

/** Who gets in when nothing is said of it. */
const thisMachine: Entrance = { address: '127.0.0.1', trustedProxies: [], insecure: false }

/** Everything in one process: database, migrations, services, and the door. */
export async function startServer(config: Config, options: StartOptions = {}): Promise<RunningServer> {
  const step = options.onStep ?? (() => {})
  const clock = options.clock ?? systemClock
  const log = options.log ?? pinoLog({ level: config.logLevel, readable: config.readableLog })
  const { address, publicUrl, trustedProxies, insecure, ...entrance } = config.entrance ?? thisMachine
  const tls = entrance.tls && (await readTlsFiles(entrance.tls))
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
  const operatorToken = await writeOperatorToken(config.dataFolder)
  undo.defer(() => removeOperatorToken(config.dataFolder))
  // Known once the port is: nobody asks before.
  let url = publicUrl ?? ''
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
    people: {
      webAddress: () => url,
      onSetUpLink: (token) => options.onSetUpLink?.(`${url}/set-up?token=${token}`),
      firstOwner: config.owner,
    },
    door: {
      ...options.door,
      publicUrl,
      trustedProxies,
      insecure,
      tls,
      operator: { token: operatorToken, actor: config.demo ? demoOwner : localOwner },
      openDemo: config.demo ? demoOwner : undefined,
    },
    webFolder: config.webFolder,
    mayLoseCommits: options.postgres?.fsync === 'off',
    checkReplies: options.checkReplies ?? false,
  })
  undo.defer(() => house.stop())
  const port = await listen(house, config.port, address)
  url ||= `${tls ? 'https' : 'http'}://localhost:${port}`
  if (tls && entrance.tls) {
    const fresh = keepTlsFresh(house.gateway.server.server as unknown as TlsServer, entrance.tls, log)
    undo.defer(() => fresh.stop())
  }
  await house.start()
  if (config.demo) {
    step('Filling the demo portfolio')
    await seedDemo({ ...house.clients, clock, call: { actor: demoOwner, traceId: newTraceId() } })
  }
  const within = tls ? await openForCommands(house, undo) : port
  await writeServerFile(config.dataFolder, `http://127.0.0.1:${within}`)
  undo.defer(() => removeServerFile(config.dataFolder))
  log.info({ action: 'server.start', status: 'success', port })

  const running = undo.move()
  return {
    url,
    port,
    operatorToken,
    house,
    async stop() {
      await running.disposeAsync()
      log.info({ action: 'server.stop', status: 'success' })
    },
  }
}

/** Said before the database is started, so that the answer comes at once. */
async function refuseSecondServer({ port, dataFolder, entrance }: Config): Promise<void> {
  const running = await runningServer(dataFolder)
  if (running)
    throw new CannotStart(
      `PortfolioEngine is already running at ${running.replace('127.0.0.1', 'localhost')} on the data in ${dataFolder}.`,
    )
  if (port === 0) return
  await new Promise<void>((resolve, reject) => {
    const trial = createServer()
    trial.once('error', (trouble) => reject(portTrouble(trouble, port)))
    trial.listen(port, entrance?.address ?? thisMachine.address, () => trial.close(() => resolve()))
  })
}

/** Commands at this machine know the server by its data folder, not by the name in its certificate: they come in by a door of loopback alone. */
async function openForCommands(house: House, undo: AsyncDisposableStack): Promise<number> {
  const door = createHttpServer(house.gateway.server.routing)
  door.listen(0, '127.0.0.1')
  await once(door, 'listening')
  undo.defer(() => {
    door.closeAllConnections()
    door.close()
  })
  return (door.address() as AddressInfo).port
}

async function listen(house: House, port: number, host: string): Promise<number> {
  try {
    await house.gateway.server.listen({ port, host })
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
