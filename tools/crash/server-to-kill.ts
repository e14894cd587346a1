import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'

const pe = fileURLToPath(new URL('../../apps/server/bin/pe.mjs', import.meta.url))

/** What is killed: the server's process, the database's, or both at once. */
export const victims = ['node', 'postmaster', 'both'] as const
export type Victim = (typeof victims)[number]

/** `pe serve` as a customer runs it, on a port that stays the same, so that it can be killed and started again. */
export class ServerToKill {
  readonly #dataFolder: string
  readonly #port: number
  #child: ChildProcess | undefined

  private constructor(dataFolder: string, port: number) {
    this.#dataFolder = dataFolder
    this.#port = port
  }

  static async start(dataFolder: string): Promise<ServerToKill> {
    const server = new ServerToKill(dataFolder, await freePort())
    await server.#serve()
    return server
  }

  get api(): string {
    return `http://127.0.0.1:${this.#port}/api/v1`
  }

  /** A key of the API, made by the operator: it is good for every server that is started on the data. */
  async makeKey(): Promise<string> {
    const token = (await readFile(join(this.#dataFolder, 'operator.token'), 'utf8')).trim()
    const response = await fetch(`${this.api}/api-keys`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
      body: JSON.stringify({ name: 'Crash', scopes: ['book.read', 'book.write', 'market.read', 'market.write'] }),
    })
    if (!response.ok) throw new Error(`no key: ${response.status} ${await response.text()}`)
    return ((await response.json()) as { secret: string }).secret
  }

  /** kill -9, and whatever it takes until the killed is there again: a new server where ours was killed, a new database by its keeper. */
  async kill(victim: Victim): Promise<void> {
    const database = await this.#postmaster()
    const ended = this.#child && once(this.#child, 'exit')
    if (victim !== 'node' && database !== undefined) process.kill(database, 'SIGKILL')
    if (victim !== 'postmaster') {
      this.#child?.kill('SIGKILL')
      await ended
      await this.#serve()
    }
    while (victim !== 'node' && [undefined, database].includes(await this.#postmaster())) await pause(20)
  }

  async stop(): Promise<void> {
    const child = this.#child
    if (!child || child.exitCode !== null || child.signalCode !== null) return
    const ended = once(child, 'exit')
    child.kill('SIGTERM')
    await ended
  }

  /** A command of the product on the same data; answers its exit code and what it printed. */
  async command(...words: string[]): Promise<{ code: number | null; out: string }> {
    const child = spawn(process.execPath, [pe, ...words], { env: this.#environment(), stdio: ['ignore', 'pipe', 'inherit'] })
    let out = ''
    child.stdout.on('data', (text) => {
      out += text
    })
    const [code] = (await once(child, 'close')) as [number | null]
    return { code, out }
  }

  async #serve(): Promise<void> {
    const child = spawn(process.execPath, [pe, 'serve'], { env: this.#environment(), stdio: ['ignore', 'ignore', 'pipe'] })
    this.#child = child
    let said = ''
    child.stderr.on('data', (text) => {
      said = `${said}${text}`.slice(-10_000)
    })
    for (;;) {
      const answer = await fetch(`http://127.0.0.1:${this.#port}/health/ready`).catch(() => undefined)
      if (answer?.ok) return
      if (child.exitCode !== null) throw new Error(`the server ended with ${child.exitCode}:\n${said}`)
      await pause(20)
    }
  }

  async #postmaster(): Promise<number | undefined> {
    const text = await readFile(join(this.#dataFolder, 'database/postmaster.pid'), 'utf8').catch(() => '')
    return Number(text.split('\n')[0]) || undefined
  }

  #environment(): NodeJS.ProcessEnv {
    return { ...process.env, PE_DATA: this.#dataFolder, PE_PORT: String(this.#port), PE_LOG_LEVEL: 'silent' }
  }
}

async function freePort(): Promise<number> {
  const trial = createServer().listen(0, '127.0.0.1')
  await once(trial, 'listening')
  const address = trial.address()
  trial.close()
  await once(trial, 'close')
  if (address === null || typeof address === 'string') throw new Error('no free port')
  return address.port
}
