import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmod, mkdir, mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Connection } from '../src/postgres/connection.ts'
import { databaseAccount } from '../src/postgres/database-account.ts'
import { launchPostgres } from '../src/postgres/launch-postgres.ts'
import { quietClient } from '../src/postgres/probe.ts'
import { waitFor } from '../src/postgres/wait-for.ts'

let home: string
let dataFolder: string

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'pe-launch-'))
  // The account that the database runs as must be able to pass.
  await chmod(home, 0o755)
  dataFolder = join(home, 'data')
})
afterAll(() => rm(home, { recursive: true, force: true }))

describe('the built-in PostgreSQL', () => {
  test('is created with its steps told, and keeps what is written over a stop', async () => {
    const steps: string[] = []
    const first = await launchPostgres({ dataFolder, onStep: (step) => steps.push(step) })
    expect(steps).toEqual(['Creating the database', 'Starting the database'])
    expect(first.adopted).toBe(false)
    await ask(first.superuser, 'create table kept as select 42 as answer')
    await first.stop()
    expect(await ends(first.pid)).toBe(true)

    const second = await launchPostgres({ dataFolder, onStep: (step) => steps.push(step) })
    expect(steps.slice(2)).toEqual(['Starting the database'])
    expect(await ask(second.superuser, 'select answer from kept')).toEqual([{ answer: 42 }])
    await second.stop()
  })

  test('listens on its socket only, sorts by the built-in locale and confirms no commit before it is on disk', async () => {
    const postgres = await launchPostgres({ dataFolder })
    const [shown] = await ask(
      postgres.superuser,
      `select current_setting('listen_addresses') as addresses, current_setting('fsync') as fsync, current_setting('TimeZone') as zone,
              datlocprovider as provider, datlocale as locale, pg_encoding_to_char(encoding) as encoding
       from pg_database where datname = 'postgres'`,
    )
    expect(shown).toEqual({ addresses: '', fsync: 'on', zone: 'UTC', provider: 'b', locale: 'C.UTF-8', encoding: 'UTF8' })
    await expect(ask({ ...postgres.superuser, password: 'guess' }, 'select 1')).rejects.toThrow(/password authentication failed/)
    const owner = (await databaseAccount())?.uid ?? process.getuid?.()
    expect(await stat(join(dataFolder, 'database'))).toMatchObject({ uid: owner })
    expect((await stat(join(dataFolder, 'database-passwords.json'))).mode & 0o777).toBe(0o600)
    await postgres.stop()
    expect((await readdir(dataFolder)).filter((name) => name.includes('part'))).toEqual([])
  })

  test('is refused to a second instance, and adopted after its process was killed', async () => {
    const holder = spawn(process.execPath, [fileURLToPath(new URL('./hold-postgres.ts', import.meta.url)), dataFolder], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    const [said] = await once(holder.stdout, 'data')
    const pid = Number(String(said))
    await expect(launchPostgres({ dataFolder })).rejects.toThrow(`Another PortfolioEngine is using the data folder ${dataFolder}.`)

    holder.kill('SIGKILL')
    await once(holder, 'exit')
    const adopted = await launchPostgres({ dataFolder })
    expect(adopted).toMatchObject({ adopted: true, pid })
    expect(await ask(adopted.superuser, 'select answer from kept')).toEqual([{ answer: 42 }])
    await adopted.stop()
    await expect(ask(adopted.superuser, 'select 1')).rejects.toThrow()
  })

  test('comes back by itself when the server process is killed', async () => {
    const told: string[] = []
    const postgres = await launchPostgres({ dataFolder, onTrouble: (sentence) => told.push(sentence) })
    const before = postgres.pid
    process.kill(before, 'SIGKILL')
    const answers = () => ask(postgres.superuser, 'select answer from kept').catch(() => undefined)
    expect(await waitFor(answers, 20_000)).toEqual([{ answer: 42 }])
    await waitFor(async () => (told.includes('The database is back.') ? true : undefined), 20_000)
    expect(told).toEqual(['The database has gone away; bringing it back.', 'The database is back.'])
    expect(postgres.pid).not.toBe(before)
    await postgres.stop()
    expect(await ends(postgres.pid)).toBe(true)
  })
})

test('a data folder may stand several new folders deep', async () => {
  const postgres = await launchPostgres({ dataFolder: join(home, 'a', 'b', 'data') })
  expect(await ask(postgres.superuser, 'select 1 as one')).toEqual([{ one: 1 }])
  await postgres.stop()
})

describe('a data folder that cannot be used', () => {
  test('is a file or stands below one', async () => {
    await writeFile(join(home, 'file'), '')
    await expect(launchPostgres({ dataFolder: join(home, 'file', 'data') })).rejects.toThrow(
      /cannot be made \(a file stands in its way\).*PE_DATA/,
    )
    await expect(launchPostgres({ dataFolder: join(home, 'file') })).rejects.toThrow(/a file stands in its way/)
  })

  test.runIf(process.getuid?.() === 0)('is closed to the account that runs the database', async () => {
    await mkdir(join(home, 'closed', 'data'), { recursive: true, mode: 0o700 })
    await expect(launchPostgres({ dataFolder: join(home, 'closed', 'data') })).rejects.toThrow(/closed is closed to it/)
    await expect(launchPostgres({ dataFolder: join(home, 'closed', 'new') })).rejects.toThrow(/closed is closed to it/)
    expect(await readdir(join(home, 'closed'))).toEqual(['data'])
  })
})

async function ask(connection: Connection, text: string): Promise<unknown[]> {
  const client = quietClient(connection)
  await client.connect()
  try {
    return (await client.query(text)).rows
  } finally {
    await client.end()
  }
}

/** Its lock file is gone when `stop` returns; the process itself follows. */
function ends(pid: number): Promise<true | undefined> {
  return waitFor(async () => (isRunning(pid) ? undefined : true), 5000)
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}
