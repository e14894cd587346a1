import { chmod, mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { createClient } from '@pe/sdk/client.ts'
import { dataOf } from '@pe/sdk/problem-error.ts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import type { Config } from '../src/config.ts'
import { type RunningServer, startServer } from '../src/start-server.ts'

/** Quick, and good enough for data that nobody keeps. */
const careless = { fsync: 'off', full_page_writes: 'off', synchronous_commit: 'off' }

let folder = ''
let config: Config
let server: RunningServer
let base = ''

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pe-server-'))
  // As root, the database runs under another account, which must get through.
  await chmod(folder, 0o711)
  config = {
    port: 0,
    dataFolder: join(folder, 'data'),
    database: 'embedded',
    logLevel: 'silent',
    readableLog: false,
    mail: { from: 'pe@localhost' },
  }
  server = await startServer(config, { postgres: careless, checkReplies: true })
  base = `http://127.0.0.1:${server.port}`
})
afterAll(async () => {
  await server.stop()
  await rm(folder, { recursive: true, force: true })
})

const client = () => createClient({ baseUrl: `${base}/api/v1` })
const post = (path: string, body: unknown, headers: Record<string, string> = {}) =>
  fetch(`${base}/api/v1${path}`, {
    method: 'POST',
    body: JSON.stringify(body),
    headers: { 'content-type': 'application/json', ...headers },
  })

describe('the server', () => {
  it('is alive, ready and known by name', async () => {
    expect((await fetch(`${base}/health/live`)).status).toBe(200)
    expect(await (await fetch(`${base}/health/ready`)).json()).toEqual({
      status: 'ok',
      checks: { auth: 'ok', core: 'ok', market: 'ok', analytics: 'ok', integration: 'ok' },
    })
    expect(dataOf(await client().GET('/about'))).toMatchObject({ name: 'PortfolioEngine', demo: false })
  })

  it('answers every operation that it describes', async () => {
    const document = (await (await fetch(`${base}/api/v1/openapi.json`)).json()) as { paths: Record<string, Record<string, unknown>> }
    const operations = Object.entries(document.paths).flatMap(([path, methods]) => Object.keys(methods).map((method) => ({ path, method })))
    expect(operations.length).toBeGreaterThan(30)
    for (const { path, method } of operations) {
      const url = `${base}/api/v1${path.replaceAll(/\{\w+\}/g, '01a20000-0000-7000-8000-000000000000')}`
      const response = await fetch(url, { method: method.toUpperCase() })
      const text = await response.text()
      expect(response.status, `${method} ${path}: ${text}`).toBeLessThan(500)
      if (response.status >= 400) {
        expect(response.headers.get('content-type'), `${method} ${path}`).toContain('application/problem+json')
        expect(text, `${method} ${path}`).not.toMatch(/there is nothing at|this path knows/)
      }
    }
  })

  it('carries a write out once per key, also when both come at once', async () => {
    const open = () => post('/accounts', { name: 'Giro', currency: 'EUR' }, { 'idempotency-key': 'open-giro' })
    const [one, two] = await Promise.all([open(), open()])
    const statuses = [one.status, two.status].sort()
    expect([
      [201, 201],
      [201, 409],
    ]).toContainEqual(statuses)
    const again = await open()
    expect([again.status, again.headers.get('idempotency-replayed')]).toEqual([201, 'true'])
    const accounts = dataOf(await client().GET('/accounts'))
    expect(accounts.items.filter(({ name }) => name === 'Giro')).toHaveLength(1)
    const other = await post('/accounts', { name: 'Depot', currency: 'EUR' }, { 'idempotency-key': 'open-giro' })
    expect([other.status, ((await other.json()) as { code: string }).code]).toEqual([422, 'key_reused'])
  })

  it('refuses NUL wherever it stands, without a word of SQL', async () => {
    for (const body of [
      { name: 'a\u0000b', currency: 'EUR' },
      { name: 'c', currency: 'EUR', note: '\u0000' },
    ]) {
      for (const headers of [{}, { 'idempotency-key': `nul-${body.name.length}` }]) {
        const response = await post('/accounts', body, headers)
        expect(response.status).toBe(400)
        expect(await response.text()).not.toMatch(/SQL|UTF8|insert|pg_|node_modules/i)
      }
    }
  })

  it('keeps two writers of one thing apart', async () => {
    const created = await post('/accounts', { name: 'Shared', currency: 'EUR' })
    const { id } = (await created.json()) as { id: string }
    const seen = created.headers.get('etag') ?? ''
    const rename = (name: string) =>
      fetch(`${base}/api/v1/accounts/${id}`, {
        method: 'PATCH',
        body: JSON.stringify({ name }),
        headers: { 'content-type': 'application/json', 'if-match': seen },
      })
    expect((await rename('First')).status).toBe(200)
    expect((await rename('Second')).status).toBe(412)
    const now = await fetch(`${base}/api/v1/accounts/${id}`)
    expect(((await now.json()) as { name: string }).name).toBe('First')
    const etag = now.headers.get('etag') ?? ''
    expect((await fetch(`${base}/api/v1/accounts/${id}`, { headers: { 'if-none-match': etag } })).status).toBe(304)
  })

  it('tells open browsers what has been recorded, and that the values have followed', async () => {
    const account = (await (await post('/accounts', { name: 'Streamed', currency: 'EUR' })).json()) as { id: string }
    const told: { type: string; accountId?: string }[] = []
    const socket = new WebSocket(`${base.replace('http', 'ws')}/api/v1/stream`)
    await new Promise((resolve) => socket.once('open', resolve))
    const followed = new Promise<void>((resolve) => {
      socket.on('message', (data) => {
        told.push(JSON.parse(String(data)) as { type: string })
        // Core and analytics announce by themselves: either may be heard first.
        const heard = (fact: string) => told.some(({ type, accountId }) => type === fact && accountId === account.id)
        if (heard('transaction-recorded') && heard('valuation-changed')) resolve()
      })
    })
    const recorded = await post(`/accounts/${account.id}/transactions`, {
      kind: 'deposit',
      date: '2026-01-05',
      amount: '100',
      currency: 'EUR',
    })
    expect(recorded.status).toBe(201)
    await followed
    expect(told.map(({ type }) => type)).toEqual(expect.arrayContaining(['transaction-recorded', 'valuation-changed']))
    socket.close()
  })

  it('refuses to be started twice on one data folder', async () => {
    await expect(startServer(config, { postgres: careless })).rejects.toThrow(
      /^PortfolioEngine is already running at http:\/\/localhost:\d+ on the data in /,
    )
  })

  it('says so when its port is taken, before it starts a database', async () => {
    const elsewhere = join(folder, 'elsewhere')
    await expect(startServer({ ...config, dataFolder: elsewhere, port: server.port })).rejects.toThrow(
      `Port ${server.port} is taken. Stop what uses it, or choose another with PE_PORT.`,
    )
    expect(await readdir(folder)).not.toContain('elsewhere')
  })
})

describe('a large upload', () => {
  it('streams through in bounded memory', async () => {
    const row = Buffer.from(`${'x'.repeat(99)}\n`)
    const chunk = Buffer.concat(Array.from({ length: 1000 }, () => row))
    async function* hundredMegabytes() {
      for (let sent = 0; sent < 1000; sent += 1) yield chunk
    }
    globalThis.gc?.()
    const before = process.memoryUsage().rss
    let most = before
    const watch = setInterval(() => {
      most = Math.max(most, process.memoryUsage().rss)
    }, 20)
    const response = await fetch(`${base}/api/v1/imports?fileName=large.csv`, {
      method: 'POST',
      body: Readable.toWeb(Readable.from(hundredMegabytes())),
      duplex: 'half',
      headers: { 'content-type': 'text/csv' },
    } as RequestInit)
    const body = (await response.json()) as { code?: string; detail?: string }
    clearInterval(watch)
    // A hundred million x are no table: what counts is that all of them came in and none stayed.
    expect(response.status, JSON.stringify(body)).toBeLessThan(500)
    expect((most - before) / 1_000_000).toBeLessThan(150)
  })
})
