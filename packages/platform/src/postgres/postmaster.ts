import { spawn } from 'node:child_process'
import { chown, open, readFile, stat, truncate } from 'node:fs/promises'
import { setTimeout as pause } from 'node:timers/promises'
import type { Binaries } from './binaries.ts'
import { CannotStart } from './cannot-start.ts'
import type { Connection } from './connection.ts'
import type { Account } from './database-account.ts'
import { probe } from './probe.ts'
import { waitFor } from './wait-for.ts'

interface PostmasterOptions {
  readonly binaries: Binaries
  readonly directory: string
  readonly socketFolder: string
  readonly account: Account | undefined
  readonly superuser: Connection
  readonly settings: Readonly<Record<string, string>>
}

/** Recovery after a crash replays at most `max_wal_size` of log; ten minutes are far beyond that. */
const startMilliseconds = 600_000
const logBytes = 10_000_000
/** The last processes of a server that was killed may still hold its memory; they end by themselves. */
const remains = /pre-existing shared memory block|lock file "postmaster.pid" already exists/
const remainsMilliseconds = 10_000

/** Starts the server in a process group of its own, so that Ctrl-C reaches us first, and waits until it answers. */
export async function startPostmaster(options: PostmasterOptions): Promise<void> {
  const end = performance.now() + remainsMilliseconds
  for (;;) {
    try {
      return await startOnce(options)
    } catch (trouble) {
      if (!(trouble instanceof CannotStart && remains.test(trouble.message)) || performance.now() > end) throw trouble
      await pause(200)
    }
  }
}

async function startOnce({ binaries, directory, socketFolder, account, superuser, settings }: PostmasterOptions): Promise<void> {
  const logPath = `${directory}.log`
  if (((await stat(logPath).catch(() => undefined))?.size ?? 0) > logBytes) await truncate(logPath)
  const log = await open(logPath, 'a', 0o600)
  const flags = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])
  let ended: string | undefined
  try {
    if (account) await chown(logPath, account.uid, account.gid)
    const child = spawn(binaries.postgres, ['-D', directory, '-k', socketFolder, '-p', String(superuser.port), ...flags], {
      cwd: '/',
      detached: true,
      env: { LC_ALL: 'C', PATH: '/usr/bin:/bin' },
      stdio: ['ignore', log.fd, log.fd],
      ...(account ? { uid: account.uid, gid: account.gid } : {}),
    })
    child.once('error', (trouble) => {
      ended = trouble.message
    })
    child.once('exit', (code, signal) => {
      ended = `ended with ${signal ?? code}`
    })
    child.unref()
  } finally {
    await log.close()
  }
  const answered = await waitFor(async () => {
    if ((await probe(superuser)) === 'answers') return true
    return ended === undefined ? undefined : false
  }, startMilliseconds)
  // Another instance may have started the same data a moment earlier: then ours has ended, and theirs answers.
  if (answered || (await waitFor(async () => ((await probe(superuser)) === 'answers' ? true : undefined), 500))) return
  throw new CannotStart(`The database did not start (${ended ?? 'no answer'}): ${await lastLine(logPath)} The log is ${logPath}.`)
}

async function lastLine(logPath: string): Promise<string> {
  const lines = (await readFile(logPath, 'utf8').catch(() => '')).trimEnd().split('\n')
  return lines.findLast((line) => /FATAL|PANIC|error/.test(line)) ?? lines.at(-1) ?? ''
}
