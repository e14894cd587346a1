import { Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { localOwner } from '@pe/contracts/actor.ts'
import { bytes, type Client, type Handlers, routes } from '@pe/contracts/route.ts'
import { PlainDate } from '@pe/contracts/scalars.ts'
import { plainDate } from '@pe/finance/time/plain-date.ts'
import { Type } from 'typebox'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { promMetrics } from '../metrics/prom-metrics.ts'
import { testLog } from '../testing/test-ports.ts'
import { actorOfHeader, httpClient } from './http-client.ts'
import { createHttpServer } from './http-server.ts'
import { inProcessClient } from './in-process-client.ts'
import { type OncePerKey, wasReplayed } from './keyed-request.ts'
import { mount } from './mount.ts'
import { Refused } from './refused.ts'

const closed = { additionalProperties: false } as const
const shelf = routes({
  getJar: {
    method: 'GET',
    path: '/jars/{jarId}',
    permission: 'book.read',
    summary: 'One jar',
    params: Type.Object({ jarId: Type.String() }, closed),
    query: Type.Object(
      { asOf: Type.Optional(PlainDate), full: Type.Optional(Type.Boolean()), limit: Type.Optional(Type.Integer()) },
      closed,
    ),
    reply: Type.Object({ jarId: Type.String(), version: Type.Integer(), asked: Type.Unknown() }, closed),
    version: 'etag',
    refusals: ['not_found'],
  },
  fillJar: {
    method: 'POST',
    path: '/jars/{jarId}/fill',
    permission: 'book.read',
    summary: 'Fill a jar',
    params: Type.Object({ jarId: Type.String() }, closed),
    body: Type.Object({ grams: Type.String(), label: Type.Optional(Type.String()) }, closed),
    reply: Type.Object({ filled: Type.Integer() }, closed),
    status: 201,
  },
  labelJar: {
    method: 'PATCH',
    path: '/jars/{jarId}',
    permission: 'book.read',
    summary: 'Label a jar',
    params: Type.Object({ jarId: Type.String() }, closed),
    body: Type.Object({ label: Type.String() }, closed),
    reply: Type.Object({ version: Type.Integer() }, closed),
    version: 'if-match',
  },
  weighJam: {
    method: 'POST',
    path: '/internal/weigh',
    permission: 'service',
    summary: 'How long a stream of bytes is',
    body: bytes,
    reply: Type.Object({ size: Type.Integer() }, closed),
  },
  pourJam: {
    method: 'GET',
    path: '/jars/{jarId}/jam',
    permission: 'book.read',
    summary: 'The jam as a file',
    params: Type.Object({ jarId: Type.String() }, closed),
    reply: bytes,
  },
})

/** How often a jar was really filled. */
let fillings = 0

const handlers: Handlers<typeof shelf> = {
  async getJar({ params, query }) {
    if (params.jarId === 'none') throw new Refused('not_found', 'no such jar')
    if (params.jarId === 'broken') throw new Error('secret: password=hunter2')
    if (params.jarId === 'nul') throw Object.assign(new Error('invalid byte sequence for encoding "UTF8": 0x00'), { code: '22021' })
    if (params.jarId === 'crowded') throw new Refused('too_many_requests', 'too many', [], undefined, { seconds: '600' })
    if (params.jarId === 'down') throw Object.assign(new Error('terminating connection'), { code: '57P01' })
    return { jarId: params.jarId, version: 7, asked: query }
  },
  async fillJar({ body }) {
    if (body.grams === '0')
      throw new Refused(
        'not_positive',
        'grams must be positive',
        [{ path: 'grams', detail: 'is zero', facts: { grams: '0' } }],
        undefined,
        { jar: 'x' },
      )
    fillings += 1
    return { filled: fillings }
  },
  async labelJar({ ifMatch }) {
    if (ifMatch !== 7) throw new Refused('changed_meanwhile', 'somebody else has labelled it')
    return { version: ifMatch + 1 }
  },
  async weighJam({ body }) {
    let size = 0
    for await (const chunk of body) {
      size += (chunk as Buffer).length
      if (size > 50_000_000) throw new Refused('body_too_large', 'too much jam')
    }
    return { size }
  },
  async pourJam({ params }) {
    return {
      contentType: 'text/plain; charset=utf-8',
      fileName: `Jam "${params.jarId}" für\r\nalle.txt`,
      stream: Readable.from(['straw', 'berry']),
    }
  },
}

/** Remembers in memory; the real one, in the database, has its own tests. */
function rememberingInMemory(): OncePerKey {
  const kept = new Map<string, { fingerprint: string; reply: unknown }>()
  return async (call, request, run) => {
    const key = `${call.actor.userId} ${request.key}`
    const before = kept.get(key)
    if (before && before.fingerprint !== request.fingerprint) throw new Refused('key_reused', 'another request went under this key')
    if (before) return { reply: structuredClone(before.reply), replayed: true }
    const reply = await run()
    kept.set(key, { fingerprint: request.fingerprint, reply })
    return { reply, replayed: false }
  }
}

const call = { actor: localOwner, traceId: '0af7651916cd43dd8448eb211c80319c' }
const local = inProcessClient(shelf, handlers, rememberingInMemory())
const server = createHttpServer({ log: testLog(), metrics: promMetrics() })
let base = ''
let remote: Client<typeof shelf>

beforeAll(async () => {
  const behind = inProcessClient(shelf, handlers, rememberingInMemory())
  mount(server, shelf, behind, {
    prefix: '/api/v1',
    service: 'shelf',
    internal: true,
    actorOf: (request) => (request.headers['x-pe-actor'] ? actorOfHeader(request.headers['x-pe-actor']) : localOwner),
    checkReplies: true,
  })
  base = `${await server.listen({ port: 0, host: '127.0.0.1' })}/api/v1`
  remote = httpClient(shelf, { baseUrl: base })
})
afterAll(() => server.close())

describe.each([
  ['in one process', () => local],
  ['over HTTP', () => remote],
])('a client %s', (_, clientNow) => {
  it('carries parameters, queries and replies', async () => {
    const reply = await clientNow().getJar(
      { params: { jarId: 'a/b ü' }, query: { asOf: plainDate('2026-02-28'), full: true, limit: 5 } },
      call,
    )
    expect(reply).toEqual({ jarId: 'a/b ü', version: 7, asked: { asOf: '2026-02-28', full: true, limit: 5 } })
  })

  it('arrives at the same refusals', async () => {
    const refusalOf = async (work: Promise<unknown>) => {
      const thrown = await work.then(
        () => undefined,
        (error: unknown) => error,
      )
      expect(thrown).toBeInstanceOf(Refused)
      return thrown as Refused
    }
    expect(await refusalOf(clientNow().getJar({ params: { jarId: 'none' }, query: {} }, call))).toMatchObject({
      code: 'not_found',
      detail: 'no such jar',
    })
    expect(await refusalOf(clientNow().fillJar({ params: { jarId: 'x' }, body: { grams: '0' } }, call))).toMatchObject({
      code: 'not_positive',
      facts: { jar: 'x' },
      errors: [{ path: 'grams', detail: 'is zero', facts: { grams: '0' } }],
    })
    expect((await refusalOf(clientNow().getJar({ params: { jarId: 'nul' }, query: {} }, call))).code).toBe('bad_request')
    expect((await refusalOf(clientNow().getJar({ params: { jarId: 'down' }, query: {} }, call))).code).toBe('unavailable')
    const broken = await refusalOf(clientNow().getJar({ params: { jarId: 'broken' }, query: {} }, call))
    expect(broken.code).toBe('internal')
    expect(broken.detail).not.toContain('hunter2')
  })

  it('carries a write out once per key', async () => {
    const fill = (grams: string) => clientNow().fillJar({ params: { jarId: 'x' }, body: { grams }, idempotencyKey: 'key-1' }, call)
    const before = fillings
    const first = await fill('5')
    const second = await fill('5')
    expect(second).toEqual(first)
    expect([wasReplayed(first), wasReplayed(second)]).toEqual([false, true])
    expect(fillings).toBe(before + 1)
    await expect(fill('6')).rejects.toMatchObject({ code: 'key_reused' })
  })

  it('names the version it saw', async () => {
    const label = (ifMatch: number) => clientNow().labelJar({ params: { jarId: 'x' }, body: { label: 'plum' }, ifMatch }, call)
    expect(await label(7)).toEqual({ version: 8 })
    await expect(label(6)).rejects.toMatchObject({ code: 'changed_meanwhile' })
  })

  it('streams bytes in and out', async () => {
    expect(await clientNow().weighJam({ body: Readable.from([Buffer.alloc(70_000), Buffer.alloc(30_000)]) }, call)).toEqual({
      size: 100_000,
    })
    const jam = await clientNow().pourJam({ params: { jarId: 'x' } }, call)
    expect(jam.contentType).toContain('text/plain')
    expect(await text(jam.stream)).toBe('strawberry')
  })

  it('gives up when its caller has gone', async () => {
    await expect(clientNow().getJar({ params: { jarId: 'x' }, query: {} }, { ...call, signal: AbortSignal.abort() })).rejects.toMatchObject(
      {
        code: 'unavailable',
      },
    )
  })
})

describe('time', () => {
  const slow = routes({
    wait: { method: 'GET', path: '/wait', permission: 'public', summary: 'Waits', reply: Type.Object({ done: Type.Boolean() }) },
  })

  function waitingServer() {
    let go: () => void = () => {}
    let begun: () => void = () => {}
    const waiting = new Promise<void>((resolve) => {
      begun = resolve
    })
    const gate = new Promise<void>((resolve) => {
      go = resolve
    })
    const waiter = createHttpServer({ log: testLog(), metrics: promMetrics() })
    const behind = inProcessClient(slow, {
      async wait() {
        begun()
        await gate
        return { done: true }
      },
    })
    mount(waiter, slow, behind, { prefix: '', service: 'slow', actorOf: () => localOwner })
    return { waiter, waiting, go }
  }

  it('is not waited for beyond the deadline', async () => {
    const { waiter, go } = waitingServer()
    const client = httpClient(slow, { baseUrl: await waiter.listen({ port: 0, host: '127.0.0.1' }), deadline: 30 })
    await expect(client.wait({}, call)).rejects.toMatchObject({ code: 'unavailable' })
    go()
    await waiter.close()
  })

  it('is given to requests under way when the server stops', async () => {
    const { waiter, waiting, go } = waitingServer()
    const answer = fetch(`${await waiter.listen({ port: 0, host: '127.0.0.1' })}/wait`)
    await waiting
    const closed = waiter.close()
    go()
    expect(await (await answer).json()).toEqual({ done: true })
    await closed
  })
})

describe('the wire', () => {
  const get = (path: string, headers: Record<string, string> = {}) => fetch(`${base}${path}`, { headers })
  const post = (path: string, body: string, headers: Record<string, string> = {}) =>
    fetch(`${base}${path}`, { method: 'POST', body, headers: { 'content-type': 'application/json', ...headers } })

  it('answers every no as problem details with the request id', async () => {
    const response = await get('/jars/none', { 'x-request-id': 'ask-1' })
    expect(response.status).toBe(404)
    expect(response.headers.get('content-type')).toBe('application/problem+json; charset=utf-8')
    expect(await response.json()).toEqual({
      type: 'urn:portfolioengine:problem:not_found',
      title: 'Not found',
      status: 404,
      code: 'not_found',
      detail: 'no such jar',
      instance: '/api/v1/jars/none',
      requestId: 'ask-1',
    })
  })

  it.each([
    ['an unknown path', () => get('/nowhere'), 404, 'not_found'],
    ['a wrong method', () => fetch(`${base}/jars/x`, { method: 'DELETE' }), 405, 'method_not_allowed'],
    ['an unknown query parameter', () => get('/jars/x?fulll=true'), 400, 'bad_request'],
    ['a fraction where a whole number belongs', () => get('/jars/x?limit=10.5'), 400, 'bad_request'],
    ['a number for yes', () => get('/jars/x?full=1'), 400, 'bad_request'],
    ['a parameter given twice', () => get('/jars/x?limit=1&limit=2'), 400, 'bad_request'],
    ['a parameter named __proto__', () => get('/jars/x?__proto__=1'), 400, 'bad_request'],
    ['a query parameter on a route that has none', () => get('/jars/x/jam?a=1'), 400, 'bad_request'],
    ['a day that is none', () => get('/jars/x?asOf=2026-02-30'), 400, 'bad_request'],
    ['a broken escape', () => get('/jars/%E0%A4%A'), 400, 'bad_request'],
    ['broken JSON', () => post('/jars/x/fill', '{"grams":'), 400, 'bad_request'],
    ['poisoned JSON', () => post('/jars/x/fill', '{"__proto__":{"grams":"1"}}'), 400, 'bad_request'],
    ['deep JSON', () => post('/jars/x/fill', `{"grams":${'['.repeat(10_000)}${']'.repeat(10_000)}}`), 400, 'bad_request'],
    ['a body of another type', () => post('/jars/x/fill', 'grams=5', { 'content-type': 'text/plain' }), 415, 'unsupported_media_type'],
    ['a body beyond 1 MiB', () => post('/jars/x/fill', JSON.stringify({ grams: 'x'.repeat(1_100_000) })), 413, 'body_too_large'],
    ['a key that is too long', () => post('/jars/x/fill', '{"grams":"5"}', { 'idempotency-key': 'k'.repeat(256) }), 400, 'bad_request'],
    ['too many at once', () => get('/jars/crowded'), 429, 'too_many_requests'],
    ['trouble with the database', () => get('/jars/down'), 503, 'unavailable'],
    ['a bug', () => get('/jars/broken'), 500, 'internal'],
  ])('refuses %s', async (_, ask, status, code) => {
    const response = await ask()
    const body = await response.text()
    expect(body).not.toMatch(/hunter2|\bat \w+ \(|node_modules/)
    expect({
      status: response.status,
      type: response.headers.get('content-type'),
      code: (JSON.parse(body) as { code: string }).code,
    }).toEqual({
      status,
      type: 'application/problem+json; charset=utf-8',
      code,
    })
    if (status === 503) expect(response.headers.get('retry-after')).toBe('2')
    if (status === 429) expect(response.headers.get('retry-after')).toBe('600')
    if (status === 405) expect(response.headers.get('allow')).toBe('GET, HEAD, PATCH')
  })

  const half = 'holds a character that cannot be stored: NUL, or half of a surrogate pair'
  it.each([
    ['half a surrogate pair', '{"grams":"5","label":"a\\ud800"}', ['label']],
    ['the other half, in capitals', '{"grams":"5","label":"\\uDE00b"}', ['label']],
    ['halves in the wrong order', '{"grams":"5","label":"\\ude00\\ud83d"}', ['label']],
    ['NUL', '{"grams":"5","label":"a\\u0000b"}', ['label']],
    ['a field name', '{"grams":"5","a\\ud800":"x"}', ['a\ufffd']],
    [
      'a field that the contract does not know',
      '{"rows":[{"note":"x"},{"note":"\\ud800"},{"note":["\\u0000"]}]}',
      ['rows.1.note', 'rows.2.note.0'],
    ],
    ['all there is', '"\\ud800"', ['']],
    ['a tree that is deep', `{"grams":${'['.repeat(5000)}"\\ud800"${']'.repeat(5000)}}`, [`grams${'.0'.repeat(5000)}`]],
  ])('refuses text that cannot be stored: %s', async (_, body, paths) => {
    const response = await post('/jars/x/fill', body)
    expect(response.status).toBe(400)
    const { code, errors } = (await response.json()) as { code: string; errors: unknown }
    expect(code).toBe('bad_request')
    expect(errors).toEqual(paths.map((path) => ({ path, detail: half })))
  })

  it.each([
    ['/jars/a%00b', 'jarId', 'path'],
    ['/jars/x?asOf=2026-01-01%00', 'asOf', 'query'],
    ['/jars/x?a%00b=1', 'a\ufffdb', 'query'],
  ])('refuses %s, which cannot be stored', async (path, field, place) => {
    const response = await get(path)
    expect(response.status).toBe(400)
    expect(await response.json()).toMatchObject({ detail: `${place} field '${field}': ${half}`, errors: [{ path: field, detail: half }] })
  })

  it('takes whole characters, however they are written', async () => {
    const label = (text: string) => post('/jars/x/fill', `{"grams":"5","label":"${text}"}`)
    for (const text of ['\\ud83d\\ude00', '\u{1f600}', 'a\\\\ud800', '\\ufffd', '\\u00e4']) expect((await label(text)).status).toBe(201)
  })

  it('refuses a body that is not UTF-8, which would be stored as something else', async () => {
    const body = Buffer.from('{"grams":"5","label":"\xe4"}', 'latin1')
    const response = await fetch(`${base}/jars/x/fill`, { method: 'POST', body, headers: { 'content-type': 'application/json' } })
    expect([response.status, ((await response.json()) as { detail: string }).detail]).toEqual([400, 'the body is not valid UTF-8'])
  })

  it('names every field that does not fit', async () => {
    const response = await post('/jars/x/fill', '{"grams":5,"lable":"x"}')
    expect(((await response.json()) as { errors: unknown }).errors).toEqual([
      { path: 'lable', code: 'field_not_allowed', detail: 'is not a known field' },
      { path: 'grams', detail: 'must be string' },
    ])
  })

  it('sends versions as ETag and answers 304 to who has it', async () => {
    const first = await get('/jars/x')
    expect(first.headers.get('etag')).toBe('"7"')
    expect(first.headers.get('cache-control')).toBe('private, no-cache')
    const second = await get('/jars/x', { 'if-none-match': 'W/"7"' })
    expect([second.status, await second.text()]).toEqual([304, ''])
    expect((await get('/jars/x', { 'if-none-match': '"6"' })).status).toBe(200)
  })

  it('asks for If-Match where a write could overwrite', async () => {
    const label = (headers: Record<string, string>) =>
      fetch(`${base}/jars/x`, { method: 'PATCH', body: '{"label":"plum"}', headers: { 'content-type': 'application/json', ...headers } })
    expect((await label({})).status).toBe(428)
    expect((await label({ 'if-match': 'seven' })).status).toBe(400)
    expect((await label({ 'if-match': '"6"' })).status).toBe(412)
    const done = await label({ 'if-match': '"7"' })
    expect([done.status, done.headers.get('etag')]).toEqual([200, '"8"'])
  })

  it('says when an answer is given again', async () => {
    const first = await post('/jars/x/fill', '{"grams":"5"}', { 'idempotency-key': 'wire-1' })
    const again = await post('/jars/x/fill', '{ "grams": "5" }', { 'idempotency-key': 'wire-1' })
    expect([first.status, again.status]).toEqual([201, 201])
    expect([first.headers.get('idempotency-replayed'), again.headers.get('idempotency-replayed')]).toEqual([null, 'true'])
    expect(await again.json()).toEqual(await first.json())
  })

  it('keeps a trace and hands it on', async () => {
    const response = await get('/jars/x', { traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01' })
    expect(response.headers.get('traceparent')).toMatch(/^00-0af7651916cd43dd8448eb211c80319c-[0-9a-f]{16}-01$/)
    expect((await get('/jars/x', { traceparent: 'junk' })).headers.get('traceparent')).toMatch(/^00-[0-9a-f]{32}-[0-9a-f]{16}-01$/)
  })

  it('makes a file name safe', async () => {
    const response = await get('/jars/x/jam')
    expect(response.headers.get('content-disposition')).toBe(
      `attachment; filename="Jam _x_ f_r__alle.txt"; filename*=UTF-8''Jam%20%22x%22%20f%C3%BCr__alle.txt`,
    )
  })

  it('answers the refusal of an upload that is still coming', async () => {
    const chunk = Buffer.alloc(1_000_000)
    const body = Readable.toWeb(
      Readable.from(
        (function* () {
          for (let sent = 0; sent < 80; sent += 1) yield chunk
        })(),
      ),
    )
    const response = await fetch(`${base}/internal/weigh`, {
      method: 'POST',
      body,
      duplex: 'half',
      headers: { 'content-type': 'application/xml' },
    } as RequestInit)
    expect(response.status).toBe(413)
    expect(((await response.json()) as { code: string }).code).toBe('body_too_large')
  })
})
