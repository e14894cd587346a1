import { execFile } from 'node:child_process'
import { chown, lstat, mkdir, rename, rm, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { promisify } from 'node:util'
import type { Binaries } from './binaries.ts'
import { CannotStart } from './cannot-start.ts'
import type { Account } from './database-account.ts'

const run = promisify(execFile)

interface Initialisation {
  readonly binaries: Binaries
  /** PGDATA. */
  readonly directory: string
  readonly account: Account | undefined
  readonly user: string
  readonly password: string
  readonly step: (step: string) => void
}

/**
 * initdb, once. It works in a folder of its own that takes its name only when complete, so that an interrupted first start
 * leaves nothing half-made. The built-in locale keeps indexes valid when the system's C library changes.
 */
export async function initialise({ binaries, directory, account, user, password, step }: Initialisation): Promise<void> {
  if (await lstat(`${directory}/PG_VERSION`).catch(() => undefined)) return
  step('Creating the database')
  const half = `${directory}.${process.pid}.part`
  const passwordFile = `${half}.password`
  await rm(half, { recursive: true, force: true })
  try {
    await mkdir(half, { mode: 0o700 })
    await writeFile(passwordFile, password, { mode: 0o600 })
    if (account) {
      await chown(half, account.uid, account.gid)
      await chown(passwordFile, account.uid, account.gid)
    }
    const locale = ['--locale-provider=builtin', '--locale=C.UTF-8', '--encoding=UTF8']
    const access = ['--username', user, '--pwfile', passwordFile, '--auth=scram-sha-256']
    await run(binaries.initdb, ['--pgdata', half, ...locale, ...access], {
      cwd: dirname(directory),
      env: { LC_ALL: 'C', PATH: '/usr/bin:/bin' },
      ...(account ? { uid: account.uid, gid: account.gid } : {}),
    })
    await rename(half, directory)
  } catch (trouble) {
    if (await lstat(`${directory}/PG_VERSION`).catch(() => undefined)) return
    const said = trouble instanceof Error && 'stderr' in trouble ? String(trouble.stderr).trim().split('\n').at(-1) : String(trouble)
    throw new CannotStart(`The database could not be created in ${directory}: ${said}`, { cause: trouble })
  } finally {
    await rm(passwordFile, { force: true })
    await rm(half, { recursive: true, force: true })
  }
}
