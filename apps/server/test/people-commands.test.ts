import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createAuth } from '@pe/auth/service.ts'
import type { AuthTables } from '@pe/auth/store/tables.ts'
import { type Identity, localOwner } from '@pe/contracts/actor.ts'
import { type AuthRoutes, authRoutes } from '@pe/contracts/auth.ts'
import { permissionsOf } from '@pe/contracts/permissions.ts'
import { systemClock } from '@pe/platform/clock/clock.ts'
import { createHttpServer } from '@pe/platform/http/http-server.ts'
import { inProcessClient } from '@pe/platform/http/in-process-client.ts'
import { mount } from '@pe/platform/http/mount.ts'
import { timeOrderedIds } from '@pe/platform/ids/ids.ts'
import { fileMail } from '@pe/platform/mail/file-mail.ts'
import { type TestService, testService } from '@pe/platform/testing/test-service.ts'
import { type Client, createClient } from '@pe/sdk/client.ts'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { apiKeyAct } from '../src/commands/api-key.ts'
import { CommandFailed, WrongUsage } from '../src/commands/command.ts'
import { userAct } from '../src/commands/user.ts'
import type { Config } from '../src/config.ts'

let folder = ''
let config: Config
let auth: TestService<AuthRoutes, AuthTables>
let server: ReturnType<typeof createHttpServer>
let client: Client
const [said, told]: [string[], string[]] = [[], []]

/** As the door knows the operator. */
const operator: Identity = {
  actor: localOwner,
  by: 'operator',
  permissions: permissionsOf.owner,
  credentialId: 'operator',
  steppedUp: true,
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pe-commands-'))
  config = { port: 0, dataFolder: folder, database: 'embedded', logLevel: 'silent', readableLog: false, mail: { from: 'pe@localhost' } }
  auth = await testService<AuthRoutes, AuthTables>({
    name: 'auth',
    acrossOrganisations: true,
    migrations: new URL('../../../services/auth/migrations/', import.meta.url),
    clock: systemClock,
    create: (deps) => {
      const mail = fileMail(join(folder, 'mail'), systemClock, timeOrderedIds(systemClock))
      return createAuth({ ...deps, mail, webAddress: () => 'http://localhost:8080', onSetUpLink: () => {} })
    },
  })
  const inside = inProcessClient(authRoutes, auth.service.handlers)
  server = createHttpServer({ log: auth.deps.log, metrics: auth.deps.metrics })
  mount(server, authRoutes, inside, { prefix: '/api/v1', service: 'auth', identityOf: async () => operator, checkReplies: true })
  const url = await server.listen({ port: 0, host: '127.0.0.1' })
  client = createClient({
    baseUrl: `${url}/api/v1`,
    async fetch(request) {
      const response = await fetch(request)
      await auth.runJobs()
      return response
    },
  })
})
afterAll(async () => {
  await server.close()
  await auth.stop()
  await rm(folder, { recursive: true, force: true })
})
beforeEach(() => {
  vi.spyOn(console, 'log').mockImplementation((text: string) => void said.push(text))
  vi.spyOn(console, 'error').mockImplementation((text: string) => void told.push(text))
})
afterEach(() => {
  said.length = 0
  told.length = 0
  vi.restoreAllMocks()
})

const user = (...args: string[]) => userAct(args)(client, config)
const apiKey = (...args: string[]) => apiKeyAct(args)(client)
const tokenOf = (link: string | undefined) => new URL(link ?? '').searchParams.get('token') ?? ''
const password = 'seven grey herons by the weir'
const ada = 'ada@example.org'

describe('pe user', () => {
  it('invites somebody, who becomes a member by the link that is printed', async () => {
    expect(await user('invite', ada, '--role', 'owner')).toBe(0)
    expect(said).toEqual([expect.stringMatching(/^http:\/\/localhost:8080\/invitation\?token=[\w-]{43}$/)])
    const body = { token: tokenOf(said[0]), name: 'Ada', password, timeZone: 'UTC' }
    expect((await client.POST('/invitations/accept', { body })).response.status).toBe(201)
    said.length = 0
    await user('list')
    expect(said.join()).toMatch(/Ada +ada@example\.org +owner +no +\d{4}-\d{2}-\d{2} +active/)
  })

  it('changes a role and disables, by address in any spelling', async () => {
    await user('invite', 'bob@example.org', '--role', 'viewer')
    const body = { token: tokenOf(said.at(-1)), name: 'Bob', password, timeZone: 'UTC' }
    await client.POST('/invitations/accept', { body })
    await user('role', 'BOB@example.org', 'manager')
    await user('disable', 'bob@example.org')
    await user('enable', 'bob@example.org')
    expect(said.slice(1)).toEqual([
      'Bob (bob@example.org) is manager.',
      'Bob (bob@example.org) is manager, and disabled.',
      'Bob (bob@example.org) is manager.',
    ])
    await expect(user('role', ada, 'viewer')).rejects.toMatchObject({ problem: { code: 'last_owner' } })
    await expect(user('role', 'nobody@example.org', 'viewer')).rejects.toThrow(
      new CommandFailed("There is nobody with the address 'nobody@example.org'. There are: ada@example.org, bob@example.org."),
    )
  })

  it('prints a link that sets a new password', async () => {
    expect(await user('reset-link', ada)).toBe(0)
    expect(said).toEqual([expect.stringMatching(/^http:\/\/localhost:8080\/reset-password\?token=[\w-]{43}$/)])
    const body = { token: tokenOf(said[0]), password: 'nine blue kettles on the moor' }
    expect((await client.POST('/password-resets/finish', { body })).response.status).toBe(200)
    expect((await client.POST('/sign-in', { body: { email: ada, password } })).response.status).toBe(401)
    expect((await client.POST('/sign-in', { body: { email: ada, password: body.password } })).response.status).toBe(200)
  })

  it.each([[], ['list', 'x'], ['invite', ada], ['invite', ada, '--role', 'boss'], ['role', ada], ['frighten', ada]])(
    'is not understood: %j',
    (...args) => {
      expect(() => userAct(args)).toThrow(WrongUsage)
    },
  )
})

describe('pe api-key', () => {
  it('makes a key that is printed once, lists it and revokes it', async () => {
    expect(await apiKey('create', '--name', 'nightly', '--scopes', 'market.read,book.read', '--expires', '2199-12-31')).toBe(0)
    const [secret = ''] = said
    expect(secret).toMatch(/^pe_[0-9a-f]{32}_[\w-]{43}$/)
    expect(told.join()).not.toContain(secret)
    said.length = 0
    await apiKey('list')
    expect(said.join()).toMatch(/nightly +pe_[0-9a-f]{32} +book\.read, market\.read +\S+ +2199-12-31 +never/)
    expect(said.join()).not.toContain(secret)
    const identify = () =>
      auth.service.handlers.identify({ body: { by: 'api-key', secret, from: { address: '127.0.0.1', userAgent: '' } } }, auth.call)
    expect((await identify()).permissions).toEqual(['book.read', 'market.read'])
    await apiKey('revoke', 'nightly')
    await expect(identify()).rejects.toMatchObject({ code: 'unauthenticated' })
    await expect(apiKey('revoke', 'nightly')).rejects.toThrow("There is no API key 'nightly'. There are: none.")
  })

  it('does not guess which of two is meant', async () => {
    for (let count = 0; count < 2; count += 1) await apiKey('create', '--name', 'twin', '--scopes', 'book.read', '--json')
    const [one] = said.map((text) => (JSON.parse(text) as { key: { id: string } }).key.id)
    await expect(apiKey('revoke', 'twin')).rejects.toThrow(/may be any of: twin \(.*\); twin \(.*\)\. Give the id\./)
    expect(await apiKey('revoke', one ?? '')).toBe(0)
  })

  it.each([
    [],
    ['list', 'x'],
    ['revoke'],
    ['create', '--scopes', 'book.read'],
    ['create', '--name', 'x'],
    ['create', '--name', 'x', '--scopes', 'book.fly'],
    ['create', '--name', 'x', '--scopes', 'book.read', '--expires', 'soon'],
  ])('is not understood: %j', (...args) => {
    expect(() => apiKeyAct(args)).toThrow(WrongUsage)
  })
})
