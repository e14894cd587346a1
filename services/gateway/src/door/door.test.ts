import { request as httpRequest, type IncomingHttpHeaders } from 'node:http'
import { request as httpsRequest } from 'node:https'
import { text } from 'node:stream/consumers'
import type { Call } from '@pe/contracts/actor.ts'
import { routes } from '@pe/contracts/route.ts'
import { instant } from '@pe/finance/time/instant.ts'
import { FixedClock } from '@pe/platform/clock/clock.ts'
import { inProcessClient } from '@pe/platform/http/in-process-client.ts'
import { promMetrics } from '@pe/platform/metrics/prom-metrics.ts'
import { selfSigned } from '@pe/platform/testing/self-signed.ts'
import { testLog } from '@pe/platform/testing/test-ports.ts'
import { Type } from 'typebox'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import { publicService } from '../public-service.ts'
import { createGateway, type DoorSettings, type Gateway } from '../service.ts'
import { usualBudgets } from './budgets.ts'
import { KnownPeople } from './known-people.fixture.ts'

const done = Type.Object({ done: Type.Boolean() })
const session = Type.Optional(Type.Union([Type.Object({ token: Type.String(), expiresAt: Type.String() }), Type.Null()]))
const opened = Type.Object({ done: Type.Boolean(), session })
const body = Type.Object({ word: Type.Optional(Type.String()) }, { additionalProperties: false })

const pantry = routes({
  look: { method: 'GET', path: '/pantry', permission: 'book.read', summary: 'Look', reply: done },
  fill: { method: 'POST', path: '/pantry', permission: 'book.write', summary: 'Fill', body, reply: done },
  ring: { method: 'POST', path: '/bell', permission: 'public', summary: 'Ring', body, reply: opened, cookie: 'session' },
  finish: { method: 'POST', path: '/factor', permission: 'self', beforeSecondFactor: true, summary: 'Finish', body, reply: done },
  rename: { method: 'POST', path: '/me', permission: 'self', summary: 'Rename', body, reply: done },
  leave: {
    method: 'POST',
    path: '/leave',
    permission: 'self',
    beforeSecondFactor: true,
    summary: 'Leave',
    body,
    reply: opened,
    cookie: 'session',
  },
  count: { method: 'GET', path: '/internal/count', permission: 'service', summary: 'Count', reply: done },
})

let people: KnownPeople
let calls: Call[]
let gateway: Gateway
let clock: FixedClock
let now: number
let port: number

async function open(door: DoorSettings = {}): Promise<void> {
  await gateway?.stop?.()
  const handle = async (_: unknown, call: Call) => {
    calls.push(call)
    return { done: true }
  }
  const client = inProcessClient(pantry, {
    look: handle,
    fill: handle,
    finish: handle,
    rename: handle,
    count: handle,
    ring: async (input, call) => ({ ...(await handle(input, call)), session: { token: 'fresh', expiresAt: '2026-11-22T11:00:00Z' } }),
    leave: async (input, call) => ({ ...(await handle(input, call)), session: null }),
  })
  gateway = await createGateway({
    log: testLog(),
    metrics: promMetrics(),
    clock,
    version: '1',
    demo: false,
    auth: people,
    door: { now: () => now, operator: { token: 'operator_secret', actor: house }, ...door },
    services: [publicService('pantry', pantry, client)],
    ready: async () => ({ ready: true, checks: {} }),
  })
  port = Number(new URL(await gateway.server.listen({ port: 0, host: '127.0.0.1' })).port)
}

const house = { organisationId: 'house', userId: 'operator', timeZone: 'UTC' }
const json = { 'content-type': 'application/json' }

/** fetch sets Host itself and hides cookies, so this speaks HTTP directly. */
async function ask(
  method: string,
  path: string,
  headers: Record<string, string> = {},
  sent = '{}',
): Promise<{ status: number; code?: string; headers: IncomingHttpHeaders; body: Record<string, unknown> }> {
  return new Promise((resolve, reject) => {
    const given = { ...(method === 'POST' ? json : {}), ...headers }
    const asked = httpRequest({ host: '127.0.0.1', port, path: `/api/v1${path}`, method, headers: given }, async (response) => {
      const answer = JSON.parse((await text(response)) || '{}') as Record<string, unknown>
      const code = typeof answer.code === 'string' ? { code: answer.code } : {}
      resolve({ status: response.statusCode ?? 0, ...code, headers: response.headers, body: answer })
    })
    asked.on('error', reject)
    asked.end(method === 'POST' ? sent : undefined)
  })
}

const bearer = (secret: string) => ({ authorization: `Bearer ${secret}` })
const cookie = (token: string) => ({ cookie: `other=1; session=${token}`, origin: `http://127.0.0.1:${port}` })

beforeEach(async () => {
  people = new KnownPeople()
  calls = []
  now = 1
  clock = new FixedClock(instant('2026-11-22T10:00:00Z'))
  people.add('pe_1_reads', { permissions: ['book.read'], credentialId: 'key-1' })
  people.add('pe_1_writes', { permissions: ['book.read', 'book.write'] })
  people.add('ada')
  people.add('half', { pending: true })
  await open()
})
afterEach(() => gateway.stop?.())

describe('who is let in', () => {
  it.each([
    ['nobody', 'GET', '/pantry', {}, 401, 'unauthenticated'],
    ['a key', 'GET', '/pantry', bearer('pe_1_reads'), 200, undefined],
    ['a key nobody knows', 'GET', '/pantry', bearer('pe_9_none'), 401, 'unauthenticated'],
    ['a word that is no credential', 'GET', '/pantry', bearer('ada'), 401, 'unauthenticated'],
    ['another scheme', 'GET', '/pantry', { authorization: 'Basic YTpi' }, 401, 'unauthenticated'],
    ['an empty header', 'GET', '/pantry', { authorization: '' }, 401, 'unauthenticated'],
    ['a key of lesser scope', 'POST', '/pantry', bearer('pe_1_reads'), 403, 'forbidden'],
    ['a key that may', 'POST', '/pantry', bearer('pe_1_writes'), 200, undefined],
    ['a key where a person is wanted', 'POST', '/me', bearer('pe_1_writes'), 403, 'forbidden'],
    ['the operator', 'POST', '/pantry', bearer('operator_secret'), 200, undefined],
    ['an operator of yesterday', 'GET', '/pantry', bearer('operator_secreT'), 401, 'unauthenticated'],
    ['somebody for what is inside', 'GET', '/internal/count', bearer('operator_secret'), 404, 'not_found'],
    ['nobody for what is public', 'POST', '/bell', {}, 200, undefined],
    ['a wrong key for what is public', 'POST', '/bell', bearer('pe_9_none'), 401, 'unauthenticated'],
  ] as const)('%s', async (_, method, path, headers, status, code) => {
    const answer = await ask(method, path, headers)
    expect([answer.status, answer.code]).toEqual([status, code])
    expect(answer.headers['www-authenticate']).toBe(status === 401 ? 'Bearer realm="PortfolioEngine"' : undefined)
  })

  it('by the cookie of a session, unless a header states something else', async () => {
    expect((await ask('GET', '/pantry', cookie('ada'))).status).toBe(200)
    expect((await ask('GET', '/pantry', cookie('eve'))).status).toBe(401)
    expect((await ask('GET', '/pantry', { ...cookie('ada'), ...bearer('pe_9_none') })).status).toBe(401)
    expect((await ask('GET', '/pantry', { cookie: 'session=ada; session=eve' })).status).toBe(401)
    expect((await ask('GET', '/pantry', { cookie: '__Host-session=ada' })).status).toBe(401)
  })

  it('an out-of-date cookie keeps nobody from signing in, and one that is good is told, to be ended', async () => {
    expect((await ask('POST', '/bell', cookie('eve'))).status).toBe(200)
    expect(calls.at(-1)?.credentialId).toBeUndefined()
    expect((await ask('POST', '/bell', cookie('ada'))).status).toBe(200)
    expect(calls.at(-1)?.credentialId).toBe('credential of ada')
  })

  it('half a sign-in opens what completes or ends it, and nothing else', async () => {
    expect((await ask('POST', '/factor', cookie('half'))).status).toBe(200)
    expect((await ask('POST', '/leave', cookie('half'))).status).toBe(200)
    for (const [method, path] of [
      ['GET', '/pantry'],
      ['POST', '/me'],
    ] as const)
      expect((await ask(method, path, cookie('half'))).code).toBe('second_factor_needed')
  })

  it('before anything of what was sent is read', async () => {
    expect((await ask('POST', '/pantry', {}, '{ broken')).code).toBe('unauthenticated')
    expect((await ask('POST', '/pantry', bearer('pe_1_reads'), '{ broken')).code).toBe('forbidden')
    expect((await ask('POST', '/pantry', bearer('pe_1_writes'), '{ broken')).code).toBe('bad_request')
  })

  it('a reason to write into a closed period needs the right to', async () => {
    const reason = { 'override-reason': 'because' }
    expect((await ask('POST', '/pantry', { ...bearer('pe_1_writes'), ...reason })).code).toBe('forbidden')
    expect((await ask('POST', '/pantry', { ...cookie('ada'), ...reason })).status).toBe(200)
    expect(calls.at(-1)?.override).toBe('because')
  })

  it('tells the operation who asks and from where', async () => {
    people.add('ada', { steppedUpUntil: instant('2026-11-22T10:05:00Z') })
    await ask('GET', '/pantry', { ...cookie('ada'), 'user-agent': 'Firefox' })
    expect(calls[0]).toMatchObject({
      by: 'session',
      credentialId: 'credential of ada',
      steppedUp: true,
      from: { address: '127.0.0.1', userAgent: 'Firefox' },
    })
    clock.moveTo(instant('2026-11-22T10:05:00Z'))
    await ask('GET', '/pantry', cookie('ada'))
    expect(calls[1]?.steppedUp).toBe(false)
  })
})

describe('what is believed of a credential', () => {
  it('is asked once for half a minute, also when many come at once', async () => {
    await Promise.all(Array.from({ length: 10 }, () => ask('GET', '/pantry', bearer('pe_1_reads'))))
    expect(people.asked).toBe(1)
    people.bySecret.delete('pe_1_reads')
    now += 29_999
    expect((await ask('GET', '/pantry', bearer('pe_1_reads'))).status).toBe(200)
    now += 2
    expect((await ask('GET', '/pantry', bearer('pe_1_reads'))).status).toBe(401)
  })

  it('ends with the session itself', async () => {
    people.add('brief', { expiresAt: instant('2026-11-22T10:00:05Z') })
    expect((await ask('GET', '/pantry', cookie('brief'))).status).toBe(200)
    people.bySecret.delete('brief')
    clock.moveTo(instant('2026-11-22T10:00:05Z'))
    expect((await ask('GET', '/pantry', cookie('brief'))).status).toBe(401)
  })

  it('is forgotten at once by what a person does about themselves', async () => {
    expect((await ask('GET', '/pantry', cookie('ada'))).status).toBe(200)
    people.bySecret.delete('ada')
    expect((await ask('GET', '/pantry', cookie('ada'))).status).toBe(200)
    expect((await ask('POST', '/leave', cookie('ada'))).status).toBe(200)
    expect((await ask('GET', '/pantry', cookie('ada'))).status).toBe(401)
  })
})

describe('the cookie of a session', () => {
  it('is made of the reply, which holds it no more, and ended', async () => {
    const answer = await ask('POST', '/bell')
    expect(answer.headers['set-cookie']).toEqual(['session=fresh; Path=/; Max-Age=3600; HttpOnly; SameSite=Lax'])
    expect(answer.body).toEqual({ done: true })
    expect(answer.headers['cache-control']).toBe('no-store')
    const ended = await ask('POST', '/leave', cookie('ada'))
    expect(ended.headers['set-cookie']).toEqual(['session=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax'])
  })

  it('is for TLS alone where TLS is spoken here', async () => {
    const { cert, key } = selfSigned('localhost', new Date('2026-11-01T00:00:00Z'))
    await open({ tls: { cert: Buffer.from(cert), key: Buffer.from(key) } })
    const answer = await new Promise<IncomingHttpHeaders>((resolve, reject) => {
      const options = { host: '127.0.0.1', port, path: '/api/v1/bell', method: 'POST', headers: json, rejectUnauthorized: false }
      httpsRequest(options, (response) => resolve(response.resume().headers))
        .on('error', reject)
        .end('{}')
    })
    expect(answer['set-cookie']).toEqual(['__Host-session=fresh; Path=/; Max-Age=3600; HttpOnly; SameSite=Lax; Secure'])
    expect(answer['strict-transport-security']).toContain('max-age=31536000')
  })

  it('is for TLS alone where TLS is spoken, as a trusted proxy says', async () => {
    await open({ trustedProxies: ['127.0.0.0/8'], publicUrl: 'https://pe.example.org' })
    const tls = { host: 'pe.example.org', 'x-forwarded-proto': 'https', 'x-forwarded-for': '192.0.2.7' }
    const answer = await ask('POST', '/bell', { ...tls, origin: 'https://pe.example.org' })
    expect(answer.headers['set-cookie']).toEqual(['__Host-session=fresh; Path=/; Max-Age=3600; HttpOnly; SameSite=Lax; Secure'])
    expect(answer.headers['strict-transport-security']).toContain('max-age=31536000')
    expect((await ask('GET', '/pantry', { ...tls, cookie: 'session=ada' })).status).toBe(401)
    expect((await ask('GET', '/pantry', { ...tls, cookie: '__Host-session=ada' })).status).toBe(200)
  })
})

describe('other sites', () => {
  const token = { cookie: 'session=ada' }
  it.each([
    ['a write that says nothing of where it comes from', token, 403],
    ['one of our page', { ...token, host: 'localhost:1', origin: 'http://localhost:1' }, 200],
    ['one that the browser calls ours', { ...token, 'sec-fetch-site': 'same-origin' }, 200],
    ['one of a neighbour', { ...token, 'sec-fetch-site': 'same-site' }, 403],
    ['one of another scheme', { ...token, host: 'localhost:1', origin: 'https://localhost:1' }, 403],
    ['one by key without a browser', bearer('pe_1_writes'), 200],
  ] as const)('%s', async (_, headers, status) => {
    const answer = await ask('POST', '/pantry', headers)
    expect([answer.status, answer.code]).toEqual([status, status === 403 ? 'other_site' : undefined])
  })
})

describe('where a request comes from', () => {
  it('is not what anybody says in a header', async () => {
    await ask('GET', '/pantry', { ...bearer('pe_1_reads'), 'x-forwarded-for': '203.0.113.9', 'x-forwarded-proto': 'https' })
    expect(calls[0]?.from?.address).toBe('127.0.0.1')
    expect((await ask('GET', '/pantry', { ...bearer('pe_1_reads'), 'x-forwarded-host': 'evil.example' })).status).toBe(200)
  })

  it('is what our own proxy says, however much stands before it', async () => {
    await open({ trustedProxies: ['127.0.0.1', '10.0.0.0/8'], publicUrl: 'https://pe.example.org' })
    const headers = { ...bearer('pe_1_reads'), host: 'pe.example.org', 'x-forwarded-proto': 'https' }
    for (const [claimed, address] of [
      ['203.0.113.9', '203.0.113.9'],
      ['127.0.0.1, 203.0.113.9, 10.1.2.3', '203.0.113.9'],
      ['203.0.113.9, ::ffff:198.51.100.2', '198.51.100.2'],
      ['nonsense, 198.51.100.2', '198.51.100.2'],
    ] as const) {
      await ask('GET', '/pantry', { ...headers, 'x-forwarded-for': claimed })
      expect(calls.at(-1)?.from?.address, claimed).toBe(address)
    }
  })

  it('decides over plain HTTP, the operator and the list of an organisation', async () => {
    people.add('pe_1_office', { allowedAddresses: ['192.0.2.0/24', '2001:db8::/32'] })
    expect((await ask('GET', '/pantry', bearer('pe_1_office'))).code).toBe('address_not_allowed')
    await open({ trustedProxies: ['127.0.0.1'], publicUrl: 'https://pe.example.org' })
    const from = (address: string, proto = 'https') => ({
      host: 'pe.example.org',
      'x-forwarded-for': address,
      'x-forwarded-proto': proto,
    })
    expect((await ask('GET', '/pantry', { ...from('192.0.2.8'), ...bearer('pe_1_office') })).status).toBe(200)
    expect((await ask('GET', '/pantry', { ...from('2001:db8::1'), ...bearer('pe_1_office') })).status).toBe(200)
    expect((await ask('GET', '/pantry', { ...from('198.51.100.8'), ...bearer('pe_1_office') })).code).toBe('address_not_allowed')
    expect((await ask('GET', '/pantry', { ...from('192.0.2.8', 'http'), ...bearer('pe_1_office') })).code).toBe('bad_request')
    expect((await ask('GET', '/pantry', { ...from('192.0.2.8'), ...bearer('operator_secret') })).code).toBe('unauthenticated')
  })
})

describe('too much', () => {
  it('is counted for each principal and class, and said with the time to wait', async () => {
    await open({ budgets: { ...usualBudgets, read: { burst: 2, perSecond: 0.1 } } })
    const first = await ask('GET', '/pantry', bearer('pe_1_reads'))
    expect(first.headers).toMatchObject({ 'ratelimit-policy': '"read";q=2;w=20', ratelimit: '"read";r=1;t=0' })
    await ask('GET', '/pantry', bearer('pe_1_reads'))
    const third = await ask('GET', '/pantry', bearer('pe_1_reads'))
    expect([third.status, third.code, third.headers['retry-after']]).toEqual([429, 'too_many_requests', expect.stringMatching(/^(9|10)$/)])
    expect((await ask('GET', '/pantry', bearer('pe_1_writes'))).status).toBe(200)
  })

  it('is counted for an address before it is known who asks, and no header makes it another', async () => {
    await open({ budgets: { ...usualBudgets, address: { burst: 3, perSecond: 0.1 } } })
    const statuses: number[] = []
    for (const n of [1, 2, 3, 4])
      statuses.push((await ask('GET', '/pantry', { ...bearer(`pe_9_${n}`), 'x-forwarded-for': `1.1.1.${n}` })).status)
    expect(statuses).toEqual([401, 401, 401, 429])
  })

  it('is turned away when the process is late with what it has', async () => {
    let lateness = 0
    await open({ strength: { mostAtOnce: 10, fewAtOnce: 0, lateMilliseconds: 500, lateness: () => lateness } })
    expect((await ask('GET', '/pantry', bearer('pe_1_reads'))).status).toBe(200)
    lateness = 501
    const shed = await ask('GET', '/pantry', bearer('pe_1_reads'))
    expect([shed.status, shed.code, shed.headers['retry-after']]).toEqual([503, 'unavailable', '2'])
  })
})

describe('denials', () => {
  it('are told one by one of who is known, counted by address of who is not', async () => {
    for (const path of ['/pantry', '/pantry', '/me']) await ask('POST', path, {})
    await ask('POST', '/pantry', bearer('pe_1_reads'))
    await ask('POST', '/pantry', { cookie: 'session=ada', 'sec-fetch-site': 'cross-site' })
    await ask('GET', '/pantry?wrong=1', bearer('pe_1_reads'))
    await gateway.denials.tell()
    const at = '2026-11-22T10:00:00.000Z'
    const unknown = { organisationId: null, userId: null, operation: 'any', address: '127.0.0.1', at }
    expect(people.denials).toHaveLength(3)
    expect(people.denials).toEqual([
      { ...unknown, code: 'unauthenticated', count: 3 },
      expect.objectContaining({ userId: expect.any(String), code: 'forbidden', operation: 'pantry.fill', count: 1 }),
      { ...unknown, code: 'other_site', count: 1 },
    ])
  })
})

describe('the demo', () => {
  it('is open without a sign-in at this machine alone', async () => {
    const demo = { organisationId: 'demo', userId: 'guest', timeZone: 'UTC' }
    await open({ openDemo: demo, trustedProxies: ['127.0.0.1'], publicUrl: 'https://pe.example.org' })
    expect((await ask('POST', '/pantry')).status).toBe(200)
    expect(calls.at(-1)).toMatchObject({ actor: demo, by: 'demo' })
    expect((await ask('POST', '/me')).code).toBe('unauthenticated')
    const elsewhere = { host: 'pe.example.org', 'x-forwarded-proto': 'https' }
    expect((await ask('GET', '/pantry', elsewhere)).code).toBe('unauthenticated')
    expect((await ask('GET', '/pantry', { ...elsewhere, 'x-forwarded-for': '192.0.2.8' })).code).toBe('unauthenticated')
  })
})

describe('the live stream', () => {
  const stream = (headers: Record<string, string>) => new WebSocket(`ws://127.0.0.1:${port}/api/v1/stream`, { headers })
  const refusal = (socket: WebSocket) => new Promise<string>((resolve) => socket.once('error', ({ message }) => resolve(message)))

  it('opens for who may read the book, and for nobody else', async () => {
    people.add('pe_1_market', { permissions: ['market.read'] })
    expect(await refusal(stream({}))).toContain('401')
    expect(await refusal(stream(bearer('pe_1_market')))).toContain('403')
    expect(await refusal(stream({ cookie: 'session=ada' }))).toContain('403')
    const socket = stream(cookie('ada'))
    await new Promise((resolve) => socket.once('open', resolve))
    socket.close()
  })

  it('closes at once with the session', async () => {
    const socket = stream(cookie('ada'))
    await new Promise((resolve) => socket.once('open', resolve))
    const closed = new Promise<number>((resolve) => socket.once('close', resolve))
    people.bySecret.delete('ada')
    await ask('POST', '/leave', cookie('ada'))
    expect(await closed).toBe(1008)
  })
})
