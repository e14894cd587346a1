import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

import { serverFlags } from '../../bin/server-flags.mjs'

const serve = fileURLToPath(new URL('serve.ts', import.meta.url))

/** Where a server listens, and the token that lets its tools in. */
export interface Entrance {
  readonly url: string
  readonly operatorToken: string
}

/** The real server in a process of its own, and what it uses. Readings come from /proc: Linux only. */
export class ServerProcess {
  readonly url: string
  readonly operatorToken: string
  readonly #child: ChildProcess
  readonly #dataFolder: string

  private constructor(child: ChildProcess, { url, operatorToken }: Entrance, dataFolder: string) {
    this.#child = child
    this.#dataFolder = dataFolder
    this.url = url
    this.operatorToken = operatorToken
  }

  static async start(dataFolder: string): Promise<ServerProcess> {
    const child = spawn(process.execPath, [...serverFlags(), '--no-warnings', serve], {
      env: { ...process.env, PE_DATA: dataFolder, PE_PORT: '0', PE_LOG_LEVEL: 'error' },
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    })
    const [message] = await Promise.race([
      once(child, 'message'),
      once(child, 'exit').then(([code]) => Promise.reject(new Error(`the server ended with code ${code}`))),
    ])
    return new ServerProcess(child, message as Entrance, dataFolder)
  }

  /** Milliseconds of CPU, user and system, of all threads since the process began. */
  async cpu(): Promise<number> {
    return cpuOf(this.#pid)
  }

  /** The same of the built-in PostgreSQL: its postmaster and every process below it. */
  async databaseCpu(): Promise<number> {
    const [first = ''] = (await readFile(join(this.#dataFolder, 'database', 'postmaster.pid'), 'utf8')).split('\n')
    const postmaster = Number(first)
    const readings = await Promise.all([postmaster, ...(await descendants(postmaster))].map((pid) => cpuOf(pid).catch(() => 0)))
    return readings.reduce((sum, ms) => sum + ms, 0)
  }

  /** Resident bytes now. */
  async memory(): Promise<number> {
    return statusOf(this.#pid, 'VmRSS')
  }

  /** Largest resident bytes since the last call of `forgetPeak`. */
  async peakMemory(): Promise<number> {
    return statusOf(this.#pid, 'VmHWM')
  }

  async forgetPeak(): Promise<void> {
    await writeFile(`/proc/${this.#pid}/clear_refs`, '5')
  }

  async stop(): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return
    const ended = once(this.#child, 'exit')
    this.#child.kill('SIGTERM')
    await ended
  }

  get #pid(): number {
    if (this.#child.pid === undefined) throw new Error('the server has no process')
    return this.#child.pid
  }
}

/** sum_exec_runtime of every thread (proc(5), schedstat), in nanoseconds there. */
async function cpuOf(pid: number): Promise<number> {
  const threads = await readdir(`/proc/${pid}/task`)
  const times = await Promise.all(threads.map((thread) => readFile(`/proc/${pid}/task/${thread}/schedstat`, 'utf8').catch(() => '0')))
  return times.reduce((sum, text) => sum + Number(text.split(' ')[0]), 0) / 1e6
}

async function statusOf(pid: number, field: string): Promise<number> {
  const text = await readFile(`/proc/${pid}/status`, 'utf8')
  return Number(new RegExp(`${field}:\\s+(\\d+) kB`).exec(text)?.[1]) * 1024
}

async function descendants(pid: number): Promise<number[]> {
  const parents = new Map<number, number[]>()
  for (const name of await readdir('/proc')) {
    if (!/^\d+$/.test(name)) continue
    const stat = await readFile(`/proc/${name}/stat`, 'utf8').catch(() => '')
    const parent = Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1])
    parents.set(parent, [...(parents.get(parent) ?? []), Number(name)])
  }
  const found: number[] = []
  for (const queue = [pid]; queue.length > 0; ) {
    const children = parents.get(queue.pop() as number) ?? []
    found.push(...children)
    queue.push(...children)
  }
  return found
}
