import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { access, chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

const program = fileURLToPath(new URL('../bin/pe.mjs', import.meta.url))
let folder = ''
let port = 0

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pe-process-'))
  // As root, the database runs under another account, which must get through.
  await chmod(folder, 0o711)
  port = await freePort()
})
afterAll(() => rm(folder, { recursive: true, force: true }))

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const trial = createServer().listen(0, '127.0.0.1', () => {
      const address = trial.address()
      trial.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
    })
  })
}

function environment(more: Record<string, string> = {}): NodeJS.ProcessEnv {
  return { PATH: process.env.PATH, HOME: folder, PE_DATA: join(folder, 'data'), PE_PORT: String(port), ...more }
}

/** A server as a process of its own, once it says that it listens. */
async function serve(): Promise<{ child: ChildProcess; said: () => string; ended: Promise<number | null> }> {
  const child = spawn(process.execPath, [program, 'serve'], { env: environment(), stdio: ['ignore', 'pipe', 'pipe'] })
  let said = ''
  const ended = new Promise<number | null>((resolve) => child.once('exit', (code) => resolve(code)))
  child.stdout.resume()
  await new Promise<void>((resolve, reject) => {
    child.stderr.on('data', (text) => {
      said += text
      if (said.includes('Listening on')) resolve()
    })
    void ended.then(() => reject(new Error(said)))
  })
  return { child, said: () => said, ended }
}

function pe(args: string[], more: Record<string, string> = {}): Promise<{ code: number; out: string; err: string }> {
  return new Promise((resolve) => {
    execFile(process.execPath, [program, ...args], { env: environment(more) }, (trouble, out, err) => {
      resolve({ code: trouble ? Number(trouble.code) : 0, out, err })
    })
  })
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}

async function postmaster(): Promise<number> {
  return Number((await readFile(join(folder, 'data/database/postmaster.pid'), 'utf8')).split('\n')[0])
}

const account = { method: 'POST', body: '{"name":"Giro","currency":"EUR"}', headers: { 'content-type': 'application/json' } }
const api = () => `http://127.0.0.1:${port}/api/v1`

describe('the server as a process', () => {
  it('stops cleanly on Ctrl-C, leaves no database behind, and recovers from kill -9', async () => {
    const first = await serve()
    expect(first.said()).toMatch(
      /✓ Creating the database.*\n✓ Starting the database.*\n✓ Bringing the data up to date.*\n✓ Starting the services/,
    )
    expect(first.said()).toContain(`Listening on http://localhost:${port}`)
    expect((await fetch(`${api()}/accounts`, account)).status).toBe(201)

    // Commands find it.
    const asked = await pe(['holdings', '--portfolio', 'None'])
    expect(asked).toEqual({ code: 1, out: '', err: "There is no portfolio 'None'. There is none yet: import a file first.\n" })

    const proved = { code: 0, out: 'Proved: 1 entries of 1 accounts, 0 transactions. Positions and cash equal a replay.\n', err: '' }
    const withAudit = (acts: string) => ({
      ...proved,
      out: expect.stringMatching(new RegExp(`^${proved.out}The audit log stands as it was sealed: ${acts}\\.\n$`)),
    })
    expect(await pe(['verify'])).toEqual(withAudit('0 acts, and \\d+ since then'))

    const portfolio = { ...account, body: JSON.stringify({ name: 'Main', baseCurrency: 'EUR', accountIds: [] }) }
    expect((await fetch(`${api()}/portfolios`, portfolio)).status).toBe(201)
    const unwritable = join(folder, 'no-such-folder/book.csv')
    const unwritten = { code: 1, out: '', err: `${unwritable} cannot be written (ENOENT).\n` }
    expect(await pe(['export', '--portfolio', 'Main', '--output', unwritable])).toEqual(unwritten)

    first.child.kill('SIGKILL')
    await first.ended
    const orphan = await postmaster()
    expect(isRunning(orphan)).toBe(true)

    const second = await serve()
    const { items } = (await (await fetch(`${api()}/accounts`)).json()) as { items: { name: string }[] }
    expect(items.map(({ name }) => name)).toEqual(['Giro'])
    second.child.kill('SIGINT')
    expect(await second.ended).toBe(0)
    // PostgreSQL takes its lock file away when it has shut down properly.
    await expect(postmaster()).rejects.toThrow('ENOENT')
    await expect(access(join(folder, 'data/server.json'))).rejects.toThrow('ENOENT')
    expect(await pe(['verify'])).toEqual(withAudit('\\d+ acts'))
    expect(await pe(['verify', '--account', 'giro'])).toEqual(proved)
    expect(await pe(['verify', '--account', 'Depot'])).toEqual({ code: 1, out: '', err: "There is no account 'Depot'.\n" })
  })

  it('is started by a command that needs it, and stopped again', async () => {
    const { code, out, err } = await pe(['holdings', '--portfolio', 'None', '--json'])
    expect({ code, out, err }).toEqual({ code: 1, out: '', err: "There is no portfolio 'None'. There are: Main.\n" })
    await expect(postmaster()).rejects.toThrow('ENOENT')
  })

  it('says in one sentence that the key is not the one of the book, and writes nothing with it', async () => {
    // Something was done that nobody has sealed yet: a wrong key must not seal it.
    const killed = await serve()
    expect((await fetch(`${api()}/accounts`, { ...account, body: '{"name":"Depot","currency":"EUR"}' })).status).toBe(201)
    killed.child.kill('SIGKILL')
    await killed.ended
    const path = join(folder, 'data/chain.key')
    const key = await readFile(path)
    await rm(path)
    const missing = `The key file ${path} is not there: without it nothing can be proved. Restore it from a backup.\n`
    expect(await pe(['verify'])).toEqual({ code: 1, out: '', err: missing })
    // A server makes a key where there is none.
    const other = new RegExp(
      `^This book was sealed with another key \\(fingerprint [0-9a-f]{12}…\\) than that of ${path} \\(fingerprint [0-9a-f]{12}…\\)\\. Restore the key file that belongs to it from a backup\\.\n$`,
    )
    await expect(serve()).rejects.toThrow(/This book was sealed with another key/)
    const { code, out, err } = await pe(['verify'])
    expect([code, out]).toEqual([1, ''])
    expect(err).toMatch(other)
    const lost = await readFile(path)
    await writeFile(path, key)
    expect(await pe(['verify'])).toMatchObject({ code: 0, err: '' })
    const needless = `The key of ${path} is that of the book: there is nothing to seal anew.\n`
    expect(await pe(['reseal', '--because', 'no reason'])).toEqual({ code: 1, out: '', err: needless })
    await writeFile(path, lost)
  })

  it('begins anew where the key is lost for good, once somebody has said why', async () => {
    expect((await pe(['reseal'])).err).toMatch(/^--because is missing\./)
    const { code, out } = await pe(['reseal', '--because', "the disk's end"])
    expect([code, out]).toEqual([0, expect.stringMatching(/^The chains so far are set aside \(chain_entry_before_\d{14}\)\./)])
    const server = await serve()
    server.child.kill('SIGINT')
    expect(await server.ended).toBe(0)
    expect(await pe(['verify'])).toMatchObject({
      code: 0,
      out: expect.stringMatching(/^Proved: 2 entries of 2 accounts, 0 transactions\./),
    })
  })

  it.each([
    [['serve'], { PE_PORT: 'abc' }, 1, /^PE_PORT must be a port number .*, not 'abc'\.\n$/],
    [['serve'], { PE_PROT: '1' }, 1, /^There is no setting PE_PROT\. Did you mean PE_PORT\?\n$/],
    [
      ['serve'],
      { PE_DATA: `${program}/data` },
      1,
      /^The data folder .*pe\.mjs\/data cannot be made \(a file stands in its way\)\. Name another with PE_DATA\.\n$/,
    ],
    [['serve', '--dmeo'], {}, 2, /^Unknown option '--dmeo'/],
    [['holdings'], {}, 2, /^--portfolio is missing\.\n\nUsage: pe holdings/],
    [['holdings', '--portfolio', 'Main', '--date', 'yesterday'], {}, 2, /^--date must be a calendar day, YYYY-MM-DD, not 'yesterday'\./],
    [['sing'], {}, 2, /^There is no command 'sing'\./],
    [['reseal', '--because', '  \t'], {}, 2, /^--because is missing\.\n\nUsage: pe reseal/],
    [['import'], {}, 2, /^FILE is missing\./],
    [['import', 'no-such-file.csv'], {}, 1, /^There is no file no-such-file\.csv\.\n$/],
    [['export', '--portfolio', 'Main', '--format', 'pdf'], {}, 2, /^--format must be csv, json, ghostfolio, beancount, not 'pdf'\./],
  ])('pe %j with %j ends with one sentence and no stack', async (args, more, exitCode, sentence) => {
    const { code, out, err } = await pe(args as string[], more as Record<string, string>)
    expect([code, out]).toEqual([exitCode, ''])
    expect(err).toMatch(sentence)
    expect(err).not.toMatch(/\n\s+at /)
  })

  it('prints the description of the API without any server', async () => {
    const { code, out } = await pe(['openapi'])
    expect(code).toBe(0)
    expect((JSON.parse(out) as { openapi: string }).openapi).toBe('3.1.0')
  })
})
