import { access } from 'node:fs/promises'
import type pg from 'pg'
import { CannotStart } from './cannot-start.ts'
import type { Connection } from './connection.ts'
import { probe, quietClient } from './probe.ts'
import { waitFor } from './wait-for.ts'

/** 'PE' and a number of our own: the session lock of the process that uses this data folder. */
const exclusiveUse = [0x5045, 1] as const

/** A server or an instance that has just been killed needs a moment until its last process is gone. */
const patienceMilliseconds = 2500

interface KeeperOptions {
  readonly superuser: Connection
  readonly directory: string
  readonly dataFolder: string
  readonly start: () => Promise<void>
  readonly restart: () => Promise<void>
  readonly onTrouble?: (sentence: string) => void
}

export interface Keeper {
  readonly adopted: boolean
  readonly pid: number
  release(): Promise<void>
  stop(): Promise<void>
}

/**
 * One connection that is held as long as we use the data folder. Its session lock keeps a second instance out; through it
 * we know the server's process id for certain; and when it breaks, the server is started again.
 */
export async function takeExclusiveUse({ superuser, directory, dataFolder, start, restart, onTrouble }: KeeperOptions): Promise<Keeper> {
  let pulse = await probe(superuser)
  if (pulse === 'busy') pulse = (await waitFor(async () => notBusy(await probe(superuser)), 60_000)) ?? 'silent'
  const adopted = pulse === 'answers'
  if (!adopted) await start()

  let released = false
  let held = await hold(superuser, directory, dataFolder)
  watch(held.client)

  function watch(client: pg.Client): void {
    client.once('end', () => {
      if (!released) void comeBack()
    })
  }

  async function comeBack(): Promise<void> {
    onTrouble?.('The database has gone away; bringing it back.')
    while (!released) {
      try {
        if ((await waitFor(async () => notBusy(await probe(superuser)), 60_000)) !== 'answers') await restart()
        held = await hold(superuser, directory, dataFolder)
        watch(held.client)
        onTrouble?.('The database is back.')
        return
      } catch (trouble) {
        onTrouble?.(`The database is not back yet: ${trouble instanceof Error ? trouble.message : String(trouble)}`)
        await waitFor(async () => (released ? true : undefined), 1000, 100)
      }
    }
  }

  async function release(): Promise<void> {
    released = true
    await held.client.end().catch(() => {})
  }

  return {
    adopted,
    get pid() {
      return held.pid
    },
    release,
    async stop() {
      released = true
      // While our own connection lives, the process id it told us cannot belong to anybody else.
      // Gone is who has removed its lock file: a process id can outlive its process where nobody collects the dead.
      const gone = () => waitFor(async () => ((await hasLockFile(directory)) && isRunning(held.pid) ? undefined : true), 30_000, 5)
      signal(held.pid, 'SIGINT')
      if (!(await gone())) {
        signal(held.pid, 'SIGQUIT')
        await gone()
      }
      await held.client.end().catch(() => {})
    },
  }
}

function notBusy(pulse: Awaited<ReturnType<typeof probe>>): 'answers' | 'silent' | undefined {
  return pulse === 'busy' ? undefined : pulse
}

/** A killed process lets go of its lock as soon as the server sees its socket closed, which may take a moment. */
async function hold(superuser: Connection, directory: string, dataFolder: string): Promise<{ client: pg.Client; pid: number }> {
  const client = quietClient(superuser)
  await client.connect()
  const { rows } = await client.query<{ directory: string; file: string }>(
    `select current_setting('data_directory') as directory, pg_read_file('postmaster.pid') as file`,
  )
  const found = rows[0]
  if (found?.directory !== directory) {
    await client.end()
    throw new CannotStart(`The database on socket ${superuser.host} serves ${found?.directory}, not ${directory}. Stop it first.`)
  }
  const locked = await waitFor(async () => {
    const answer = await client.query<{ locked: boolean }>('select pg_try_advisory_lock($1, $2) as locked', [...exclusiveUse])
    return answer.rows[0]?.locked ? true : undefined
  }, patienceMilliseconds)
  if (!locked) {
    await client.end()
    throw new CannotStart(
      `Another PortfolioEngine is using the data folder ${dataFolder}. Stop it first, or name another folder with PE_DATA.`,
    )
  }
  return { client, pid: Number(found.file.split('\n')[0]) }
}

async function hasLockFile(directory: string): Promise<boolean> {
  return access(`${directory}/postmaster.pid`).then(
    () => true,
    () => false,
  )
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name)
  } catch {
    // gone already
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}
