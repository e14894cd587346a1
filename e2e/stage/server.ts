import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Client, createClient } from '@pe/sdk/client.ts'
import { owner } from './owner.ts'

const pe = fileURLToPath(new URL('../../apps/server/bin/pe.mjs', import.meta.url))
const root = fileURLToPath(new URL('../../', import.meta.url))

/** The product as a customer starts it: `pe serve` as a process of its own, with an empty data folder and a free port. */
export interface Stage {
  readonly url: string
  /** Asks as the operator. */
  readonly client: Client
  /** Runs a command as a person would; answers what it printed. */
  command(...words: string[]): Promise<{ code: number; out: string; err: string }>
  stop(): Promise<void>
}

export async function openStage(options: { demo?: boolean } = {}): Promise<Stage> {
  const data = mkdtempSync(join(tmpdir(), 'pe-e2e-'))
  const port = await freePort()
  const first = { PE_OWNER_EMAIL: owner.email, PE_OWNER_PASSWORD: owner.password }
  const env = { ...process.env, ...first, PE_DATA: data, PE_PORT: String(port), PE_LOG_LEVEL: 'warn' }
  const server = spawn(process.execPath, [pe, 'serve', ...(options.demo ? ['--demo'] : [])], {
    cwd: root,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const said: string[] = []
  server.stdout.on('data', (text) => said.push(String(text)))
  server.stderr.on('data', (text) => said.push(String(text)))
  const url = `http://localhost:${port}`
  await answered(url, server, said)
  return {
    url,
    client: createClient({
      baseUrl: `${url}/api/v1`,
      headers: { Authorization: `Bearer ${readFileSync(join(data, 'operator.token'), 'utf8').trim()}` },
    }),
    command: (...words) => run([pe, ...words], env),
    async stop() {
      const fell = server.exitCode !== null || server.signalCode !== null
      const gone = new Promise((resolve) => server.once('exit', resolve))
      server.kill('SIGTERM')
      if (!fell) await gone
      rmSync(data, { recursive: true, force: true })
      if (fell) throw new Error(`the server stopped by itself with ${server.exitCode ?? server.signalCode}:\n${said.join('')}`)
    },
  }
}

async function answered(url: string, server: ChildProcess, said: readonly string[]): Promise<void> {
  for (let tries = 0; tries < 600; tries += 1) {
    if (server.exitCode !== null) throw new Error(`the server stopped with ${server.exitCode}:\n${said.join('')}`)
    const answer = await fetch(`${url}/health/ready`).catch(() => null)
    if (answer?.ok) return
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  server.kill('SIGKILL')
  throw new Error(`the server did not answer within a minute:\n${said.join('')}`)
}

function run(words: readonly string[], env: NodeJS.ProcessEnv): Promise<{ code: number; out: string; err: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, words, { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe'] })
    let out = ''
    let err = ''
    child.stdout.on('data', (text) => (out += text))
    child.stderr.on('data', (text) => (err += text))
    child.once('error', reject)
    child.once('close', (code) => resolve({ code: code ?? 1, out, err }))
  })
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => (address && typeof address === 'object' ? resolve(address.port) : reject(new Error('no free port'))))
    })
  })
}
