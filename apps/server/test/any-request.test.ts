import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type RunningServer, startServer } from '../src/start-server.ts'

/** The same requests every time; another number asks others. */
const seed = 20261122
const rounds = 12

interface Schema {
  readonly type?: string
  readonly format?: string
  readonly pattern?: string
  readonly enum?: readonly unknown[]
  readonly const?: unknown
  readonly properties?: Readonly<Record<string, Schema>>
  readonly required?: readonly string[]
  readonly items?: Schema
  readonly anyOf?: readonly Schema[]
  readonly minItems?: number
  readonly minimum?: number
  readonly maximum?: number
  readonly $ref?: string
}

interface Operation {
  readonly parameters?: readonly { readonly name: string; readonly in: string; readonly required?: boolean; readonly schema: Schema }[]
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema: Schema }>> }
}

interface Description {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>
  readonly components?: { readonly schemas?: Readonly<Record<string, Schema>> }
}

let folder = ''
let server: RunningServer
let base = ''
let schemas: Readonly<Record<string, Schema>> = {}
let state = seed

/** Park and Miller: chance that can be had again. */
function chance(below: number): number {
  state = (state * 48_271) % 2_147_483_647
  return state % below
}

function oneOf<T>(choices: readonly T[]): T {
  return choices[chance(choices.length)] as T
}

const strange: readonly unknown[] = [
  null,
  '',
  'a\u0000b',
  '\ud800',
  'x'.repeat(5000),
  -1,
  1e308,
  Number.MAX_SAFE_INTEGER,
  [],
  {},
  { constructor: 1 },
  '0001-01-01',
  '9999-12-31',
  '2024-02-30',
  '-0',
  '9'.repeat(40),
  "'; drop table account; --",
]
const known: string[] = ['01a20000-0000-7000-8000-000000000000']

/** A value that the schema allows, as a rule; strange ones now and then. */
function wordFor(schema: Schema, strangeness: number): unknown {
  if (chance(100) < strangeness) return oneOf(strange)
  if (schema.$ref) return wordFor(schemas[schema.$ref.split('/').at(-1) ?? ''] ?? {}, strangeness)
  if (schema.const !== undefined) return schema.const
  if (schema.enum) return oneOf(schema.enum)
  if (schema.anyOf) return wordFor(oneOf(schema.anyOf), strangeness)
  if (schema.type === 'object') {
    const wanted = Object.entries(schema.properties ?? {}).filter(([name]) => schema.required?.includes(name) || chance(3) === 0)
    return Object.fromEntries(wanted.map(([name, one]) => [name, wordFor(one, strangeness)]))
  }
  if (schema.type === 'array')
    return Array.from({ length: (schema.minItems ?? 0) + chance(3) }, () => wordFor(schema.items ?? {}, strangeness))
  if (schema.type === 'integer' || schema.type === 'number') return (schema.minimum ?? 0) + chance(5)
  if (schema.type === 'boolean') return chance(2) === 0
  if (schema.format === 'uuid') return oneOf(known)
  if (schema.format === 'date') return oneOf(['2024-01-02', '2025-06-30', '1900-01-01', '0001-01-01', '9999-12-31'])
  if (schema.pattern?.includes('A-Z')) return oneOf(['EUR', 'USD', 'JPY', 'XXX', 'KWD'])
  if (schema.pattern?.includes('\\d{1,40}')) return oneOf(['1', '100.25', '0', '-5', '0.000000000000000001', '1'.repeat(30)])
  return oneOf(['name', 'Depot', 'ä€😀', ' '])
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pe-fuzz-'))
  // As root, the database runs under another account, which must get through.
  await chmod(folder, 0o711)
  server = await startServer(
    {
      port: 0,
      dataFolder: join(folder, 'data'),
      database: 'embedded',
      logLevel: 'silent',
      readableLog: false,
      mail: { from: 'pe@localhost' },
    },
    { postgres: { fsync: 'off', full_page_writes: 'off', synchronous_commit: 'off' }, checkReplies: true },
  )
  base = `http://127.0.0.1:${server.port}/api/v1`
}, 60_000)
afterAll(async () => {
  await server.stop()
  await rm(folder, { recursive: true, force: true })
})

it(`answers every operation with what it promises or a problem, whatever it is asked (seed ${seed})`, async () => {
  const description = (await (await fetch(`${base}/openapi.json`)).json()) as Description
  schemas = description.components?.schemas ?? {}
  const statuses = new Map<number, number>()
  for (let round = 0; round < rounds; round += 1) {
    for (const [path, methods] of Object.entries(description.paths)) {
      for (const [method, operation] of Object.entries(methods)) {
        const { asked, status, text, type } = await ask(path, method, operation, round % 2 === 0 ? 0 : 15)
        statuses.set(status, (statuses.get(status) ?? 0) + 1)
        expect(status, `${asked}\n${text.slice(0, 500)}`).toBeLessThan(500)
        expect(text, asked).not.toMatch(/node_modules|\n\s+at |insert into|select from|pg_|violates/)
        if (status >= 400) {
          expect(type, asked).toContain('application/problem+json')
          expect(JSON.parse(text), asked).toMatchObject({ status, code: expect.any(String), detail: expect.any(String) })
        }
        for (const id of text.matchAll(/"id":"([0-9a-f-]{36})"/g)) if (id[1] && known.length < 60) known.push(id[1])
      }
    }
  }
  // neither all refused nor all taken: the requests are of both sorts
  expect([...statuses.keys()]).toEqual(expect.arrayContaining([200, 201, 400, 404, 422]))
}, 240_000)

it('takes no name of spaces alone, which would be none', async () => {
  for (const [path, body] of [
    ['/instruments', { name: ' ', currency: 'EUR' }],
    ['/accounts', { name: '\t', currency: 'EUR' }],
  ] as const) {
    const response = await fetch(`${base}${path}`, {
      method: 'POST',
      body: JSON.stringify(body),
      headers: { ...operator(), 'content-type': 'application/json' },
    })
    expect([response.status, ((await response.json()) as { code: string }).code]).toEqual([400, 'bad_request'])
  }
})

/** May do all that is nobody's own. */
function operator(): Record<string, string> {
  return { authorization: `Bearer ${server.operatorToken}` }
}

async function ask(path: string, method: string, { parameters = [], requestBody }: Operation, strangeness: number) {
  let url = path
  const query = new URLSearchParams()
  const headers: Record<string, string> = operator()
  for (const { name, in: place, required, schema } of parameters) {
    if (!required && chance(2) === 0) continue
    const value = wordFor(schema, strangeness)
    const text = (typeof value === 'object' ? JSON.stringify(value) : String(value)).toWellFormed()
    if (place === 'path') url = url.replace(`{${name}}`, encodeURIComponent(text.slice(0, 300) || '-'))
    else if (place === 'query') query.set(name, text)
    else headers[name] = text.replace(/[^\x20-\x7e]/g, '?').trim()
  }
  const content = Object.entries(requestBody?.content ?? {})[0]
  const json = content?.[0].includes('json') ?? false
  let body: string | undefined
  if (content) {
    headers['content-type'] = strangeness > 0 && chance(15) === 0 ? 'text/html' : content[0]
    body = json ? JSON.stringify(wordFor(content[1].schema, strangeness)) : 'date,kind,amount,currency\n2024-01-02,deposit,5,EUR\n'
    if (strangeness > 0 && chance(15) === 0) body = body.slice(0, -1)
  }
  const asked = `${method.toUpperCase()} ${url}?${query} ${JSON.stringify(headers)} ${body?.slice(0, 600)}`
  const response = await fetch(`${base}${url}?${query}`, { method: method.toUpperCase(), headers, ...(body === undefined ? {} : { body }) })
  return { asked, status: response.status, text: await response.text(), type: response.headers.get('content-type') ?? '' }
}
