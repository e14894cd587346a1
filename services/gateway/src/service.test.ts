import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { request as httpRequest } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { brotliCompressSync } from 'node:zlib'
import { localOwner } from '@pe/contracts/actor.ts'
import type { Fact } from '@pe/contracts/facts.ts'
import { routes } from '@pe/contracts/route.ts'
import { instant } from '@pe/finance/time/instant.ts'
import { FixedClock } from '@pe/platform/clock/clock.ts'
import { inProcessClient } from '@pe/platform/http/in-process-client.ts'
import { promMetrics } from '@pe/platform/metrics/prom-metrics.ts'
import { type TestLog, testLog } from '@pe/platform/testing/test-ports.ts'
import { Type } from 'typebox'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import { KnownPeople } from './door/known-people.fixture.ts'
import { publicService } from './public-service.ts'
import { createGateway, type Gateway } from './service.ts'

const shelf = routes({
  listJars: {
    method: 'GET',
    path: '/jars',
    permission: 'book.read',
    summary: 'All jars',
    reply: Type.Object({ jars: Type.Array(Type.String()) }),
  },
  fillJar: {
    method: 'POST',
    path: '/jars',
    permission: 'book.read',
    summary: 'Fill one',
    body: Type.Object({}),
    reply: Type.Object({ filled: Type.Boolean() }),
  },
  countJars: {
    method: 'GET',
    path: '/internal/count',
    summary: 'For others',
    permission: 'service',
    reply: Type.Object({ count: Type.Integer() }),
  },
})
const shelfClient = inProcessClient(shelf, {
  listJars: async () => ({ jars: Array.from({ length: 200 }, (_, n) => `jar number ${n}`) }),
  fillJar: async () => ({ filled: true }),
  countJars: async () => ({ count: 200 }),
})

/** Everything may be done with it. */
const key = { authorization: 'Bearer pe_1_everything' }
const people = new KnownPeople()
people.add('pe_1_everything')

let gateway: Gateway
let log: TestLog
let base = ''
let folder = ''
let well = true

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pe-web-'))
  await mkdir(join(folder, 'assets'))
  await writeFile(join(folder, 'index.html'), '<meta name="csp-nonce" content="__CSP_NONCE__"><div id="root"></div>')
  await writeFile(join(folder, 'favicon.svg'), '<svg xmlns="http://www.w3.org/2000/svg"/>')
  await writeFile(join(folder, 'assets/main-abc123.js'), 'console.log(1)')
  await writeFile(join(folder, 'assets/main-abc123.js.br'), brotliCompressSync('console.log(1)'))
  log = testLog()
  gateway = await createGateway({
    log,
    metrics: promMetrics(),
    clock: new FixedClock(instant('2026-11-22T10:00:00Z')),
    version: '1.2.3',
    demo: false,
    auth: people,
    services: [publicService('shelf', shelf, shelfClient)],
    ready: async () => ({ ready: well, checks: { shelf: well ? 'ok' : 'unavailable' } }),
    webFolder: folder,
    checkReplies: true,
  })
  base = await gateway.server.listen({ port: 0, host: '127.0.0.1' })
})
afterAll(async () => {
  await gateway.stop?.()
  await rm(folder, { recursive: true })
})

describe('the API', () => {
  it('says who it is', async () => {
    const response = await fetch(`${base}/api/v1/about`)
    expect(await response.json()).toEqual({ name: 'PortfolioEngine', version: '1.2.3', today: '2026-11-22', demo: false })
    expect(response.headers.get('cache-control')).toBe('private, no-cache')
  })

  it('keeps internal operations inside', async () => {
    const response = await fetch(`${base}/api/v1/internal/count`, { headers: key })
    expect(response.status).toBe(404)
    expect(response.headers.get('content-type')).toContain('application/problem+json')
  })

  it('compresses what is long', async () => {
    const response = await fetch(`${base}/api/v1/jars`, { headers: { ...key, 'accept-encoding': 'br' } })
    expect(response.headers.get('content-encoding')).toBe('br')
    expect(response.headers.get('vary')).toBe('Cookie, Authorization, accept-encoding')
    expect(((await response.json()) as { jars: string[] }).jars).toHaveLength(200)
    expect((await fetch(`${base}/api/v1/about`, { headers: { 'accept-encoding': 'br' } })).headers.get('content-encoding')).toBeNull()
  })

  it('logs one line for each request, with the operation and without the path as sent', async () => {
    log.lines.length = 0
    await fetch(`${base}/api/v1/jars?secret=hunter2`, { headers: key })
    expect(log.lines).toEqual([
      expect.objectContaining({
        service: 'gateway',
        action: 'shelf.listJars',
        status: 'refused',
        userId: localOwner.userId,
        route: '/api/v1/jars',
        code: 'bad_request',
      }),
    ])
    expect(JSON.stringify(log.lines)).not.toContain('hunter2')
  })

  it('is described, and has a page to browse it under a strict policy', async () => {
    const document = (await (await fetch(`${base}/api/v1/openapi.json`)).json()) as { openapi: string; paths: object }
    expect(document.openapi).toBe('3.1.0')
    expect(Object.keys(document.paths)).toContain('/about')
    const page = await fetch(`${base}/api/docs`)
    expect(page.headers.get('content-security-policy')).toContain("script-src 'self';")
    for (const [, path] of (await page.text()).matchAll(/(?:src|href)="([^"]+)"/g)) {
      expect((await fetch(`${base}${path}`)).status, path).toBe(200)
    }
  })
})

describe('who is answered', () => {
  /** fetch sets Host itself, so this speaks HTTP directly. */
  const ask = (path: string, method: string, headers: Record<string, string>) =>
    new Promise<number | undefined>((resolve, reject) => {
      const { port } = new URL(base)
      const asked = httpRequest({ host: '127.0.0.1', port, path, method, headers }, (response) => {
        response.resume()
        resolve(response.statusCode)
      })
      asked.on('error', reject)
      asked.end(method === 'POST' ? '{}' : undefined)
    })
  const json = { ...key, 'content-type': 'application/json' }

  it.each([
    ['this machine by name', 'GET', { ...key, host: 'localhost:8080' }, 200],
    ['a name rebound to this machine', 'GET', { host: 'evil.example' }, 400],
    ['a name that begins like ours', 'GET', { host: 'localhost.evil.example' }, 400],
    ['a write without a browser', 'POST', { ...json }, 200],
    ['a write of our own page', 'POST', { ...json, host: 'localhost:8080', origin: 'http://localhost:8080' }, 200],
    ['a write of another site', 'POST', { ...json, host: 'localhost:8080', origin: 'https://evil.example' }, 403],
    ['a write of another server on this machine', 'POST', { ...json, host: 'localhost:8080', origin: 'http://localhost:3000' }, 403],
    ['a write of a sandboxed page', 'POST', { ...json, host: 'localhost:8080', origin: 'null' }, 403],
    ['a write that the browser calls cross-site', 'POST', { ...json, 'sec-fetch-site': 'cross-site' }, 403],
  ] as const)('%s', async (_, method, headers, status) => {
    expect(await ask('/api/v1/jars', method, headers)).toBe(status)
  })
})

describe('the web app', () => {
  it('is answered for every view, with a nonce of its own each time', async () => {
    const nonces = new Set<string>()
    for (const path of ['/', '/holdings', '/portfolios/1/performance', '/index.html']) {
      const response = await fetch(`${base}${path}`)
      const nonce = /content="([^"]+)"/.exec(await response.text())?.[1] ?? ''
      expect(response.headers.get('content-security-policy')).toContain(`style-src 'self' 'nonce-${nonce}'`)
      expect(response.headers.get('content-security-policy')).toContain("default-src 'none'; script-src 'self';")
      expect(response.headers.get('cache-control')).toBe('no-store')
      nonces.add(nonce)
    }
    expect(nonces.size).toBe(4)
  })

  it('has files that stay in caches, compressed beforehand', async () => {
    const response = await fetch(`${base}/assets/main-abc123.js`, { headers: { 'accept-encoding': 'br' } })
    expect(response.headers.get('cache-control')).toBe('public, max-age=31536000, immutable')
    expect(response.headers.get('content-encoding')).toBe('br')
    expect(response.headers.get('x-content-type-options')).toBe('nosniff')
    expect(await response.text()).toBe('console.log(1)')
    expect((await fetch(`${base}/favicon.svg`)).headers.get('cache-control')).toBe('public, max-age=0, s-maxage=300')
  })

  it.each(['/assets/gone-000.js', '/robots.txt', '/api/v2/about', '/api/v1/nowhere', '/..%2f..%2fetc%2fpasswd.txt', '/%E0%A4%A'])(
    'has no page for %s',
    async (path) => {
      const response = await fetch(`${base}${path}`)
      expect([400, 404]).toContain(response.status)
      expect(response.headers.get('content-type')).toContain('application/problem+json')
    },
  )
})

describe('the machine room', () => {
  it('tells alive from ready', async () => {
    well = false
    expect((await fetch(`${base}/health/live`)).status).toBe(200)
    const response = await fetch(`${base}/health/ready`)
    expect([response.status, await response.json()]).toEqual([503, { status: 'unavailable', checks: { shelf: 'unavailable' } }])
    well = true
    expect((await fetch(`${base}/health/ready`)).status).toBe(200)
  })

  it('is looked after by address, whatever its name', async () => {
    const { port } = new URL(base)
    const status = await new Promise((resolve, reject) => {
      const asked = httpRequest({ host: '127.0.0.1', port, path: '/health/live', headers: { host: '10.1.2.3' } }, (response) => {
        resolve(response.resume().statusCode)
      })
      asked.on('error', reject).end()
    })
    expect(status).toBe(200)
  })

  it('counts requests by template', async () => {
    const text = await (await fetch(`${base}/metrics`)).text()
    expect(text).toMatch(/http_requests_total\{method="GET",route="\/api\/v1\/about",status="200"\} \d+/)
    expect(text).toContain('http_request_duration_seconds_bucket{le="2.5"')
    expect(text).not.toContain('hunter2')
  })
})

describe('the live stream', () => {
  const url = () => `${base.replace('http', 'ws')}/api/v1/stream`
  const fact = (organisationId: string): Fact => ({
    id: '0',
    name: 'portfolio-changed',
    organisationId,
    key: 'k',
    at: '2026-11-22T10:00:00Z',
    traceId: '',
    body: { portfolioId: '0190-1' },
  })
  const told = (socket: WebSocket) => new Promise<string>((resolve) => socket.once('message', (data) => resolve(String(data))))

  it('tells open browsers what has happened in their organisation', async () => {
    const socket = new WebSocket(url(), { headers: key })
    await new Promise((resolve) => socket.once('open', resolve))
    const message = told(socket)
    const [subscription] = gateway.subscriptions.filter(({ fact: name }) => name === 'portfolio-changed')
    // The stream writes nothing, so it needs nothing of the transaction in which it hears.
    const tell = (heard: Fact) => subscription?.hear(heard, undefined as never, { actor: localOwner, traceId: '' })
    await tell(fact('somebody else'))
    await tell(fact(localOwner.organisationId))
    expect(JSON.parse(await message)).toEqual({ type: 'portfolio-changed', portfolioId: '0190-1' })
    socket.close()
  })

  it('opens for no other site', async () => {
    const socket = new WebSocket(url(), { origin: 'https://evil.example', headers: key })
    const failure = await new Promise<Error>((resolve) => socket.once('error', resolve))
    expect(failure.message).toContain('403')
  })

  it('is no page', async () => {
    const response = await fetch(`${base}/api/v1/stream`, { headers: key })
    expect([response.status, response.headers.get('content-type')]).toEqual([400, 'application/problem+json; charset=utf-8'])
  })
})
