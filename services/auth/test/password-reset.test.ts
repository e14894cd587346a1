import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { foundedBench, owner } from './auth-bench.ts'

let bench: Awaited<ReturnType<typeof foundedBench>>
beforeAll(async () => {
  bench = await foundedBench()
})
beforeEach(() => {
  bench.later({ minutes: 11 })
  bench.deps.mail.sent.length = 0
})
afterAll(() => bench.stop())

const from = () => bench.from('198.51.100.8')
const ask = async (email = owner.email) => {
  const reply = await bench.auth.askPasswordReset({ body: { email } }, from())
  await bench.runJobs()
  return reply
}
const link = () => bench.linksTo(owner.email, '/reset-password').at(-1) ?? ''
const reset = (token: string, password: string) => bench.auth.resetPassword({ body: { token, password } }, from())
const signIn = (password: string) => bench.auth.signIn({ body: { email: owner.email, password } }, bench.from('203.0.113.1'))
const spent = { code: 'token_spent' }

describe('a forgotten password', () => {
  it('is set anew by the link of a mail, once; all sessions end, and the address counts as confirmed', async () => {
    const call = await bench.by(await signIn(owner.password))
    await ask()
    const token = link()
    expect(token).toMatch(/^[\w-]{43}$/)
    await expect(reset(token, 'GraceHopper1')).rejects.toMatchObject({ code: 'weak_password' })
    await reset(token, 'another-good-violet-77')
    await expect(reset(token, 'a-third-violet-good-99')).rejects.toMatchObject(spent)
    await expect(bench.auth.getMe({}, call)).rejects.toMatchObject({ code: 'unauthenticated' })
    await expect(signIn(owner.password)).rejects.toMatchObject({ code: 'wrong_credentials' })
    expect(await signIn('another-good-violet-77')).toMatchObject({ me: { emailVerified: true } })
    await bench.runJobs()
    expect(bench.deps.mail.sent.map(({ subject }) => subject)).toContain('PortfolioEngine: Your password was changed')
  })

  it('is set by one of two who use the link at the same time', async () => {
    await ask()
    const both = await Promise.allSettled([reset(link(), 'first-violet-tractor-1'), reset(link(), 'second-violet-tractor-2')])
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    expect(both.find(({ status }) => status === 'rejected')).toMatchObject({ reason: spent })
  })

  it('is not set by a link after an hour, one that another has followed, a guessed one, or one for something else', async () => {
    await ask()
    const first = link()
    bench.later({ minutes: 59 })
    await ask()
    await expect(reset(first, 'another-good-violet-78')).rejects.toMatchObject(spent)
    const second = link()
    bench.later({ minutes: 60 })
    await expect(reset(second, 'another-good-violet-78')).rejects.toMatchObject(spent)
    await expect(reset(randomBytes(32).toString('base64url'), 'another-good-violet-78')).rejects.toMatchObject(spent)
    await ask()
    const verify = bench.auth.verifyEmail({ body: { token: link() } }, from())
    await expect(verify).rejects.toMatchObject(spent)
    await reset(link(), owner.password)
    expect(await signIn(owner.password)).toMatchObject({ state: 'signed-in' })
  })

  it('is answered alike, and put into the same queue, for an address that nobody has; who it was stands nowhere in the open', async () => {
    const queued = async (email: string) => {
      const reply = await bench.auth.askPasswordReset({ body: { email } }, from())
      const { rows } = await bench.deps.db.pool.query(
        'select t.identifier, j.payload::text as payload from auth_jobs._private_jobs j join auth_jobs._private_tasks t on t.id = j.task_id',
      )
      await bench.runJobs()
      expect(JSON.stringify(rows)).not.toContain('navy')
      return { reply, tasks: rows.map(({ identifier }) => identifier), length: rows[0]?.payload.length }
    }
    await bench.runJobs()
    bench.deps.mail.sent.length = 0
    const known = await queued(owner.email)
    expect(known).toMatchObject({ reply: {}, tasks: ['mail-password-reset'] })
    expect(bench.deps.mail.sent).toHaveLength(1)
    expect(await queued('Nobody.There@navy.example')).toEqual(known)
    expect(bench.deps.mail.sent).toHaveLength(1)
  })

  it('fills nobody’s letter box: three in ten minutes, for an address that nobody has alike', async () => {
    for (const email of [owner.email, 'nobody@navy.example']) {
      for (let times = 0; times < 3; times += 1) expect(await ask(email)).toEqual({})
      await expect(ask(email)).rejects.toMatchObject({ code: 'too_many_requests' })
    }
    expect(bench.deps.mail.sent).toHaveLength(3)
  })

  it('lets in again whom others had locked out by guessing', async () => {
    for (let tries = 0; tries < 10; tries += 1)
      await expect(signIn('wrong-password-1')).rejects.toMatchObject({ code: 'wrong_credentials' })
    await ask()
    await reset(link(), owner.password)
    const elsewhere = bench.auth.signIn({ body: { email: owner.email, password: owner.password } }, bench.from('203.0.113.2'))
    expect(await elsewhere).toMatchObject({ state: 'signed-in' })
  })

  it('of somebody who was disabled brings no mail', async () => {
    await bench.deps.db.sql.updateTable('membership').set({ disabled_at: bench.clock.now() }).execute()
    await ask()
    expect(bench.deps.mail.sent).toEqual([])
    await bench.deps.db.sql.updateTable('membership').set({ disabled_at: null }).execute()
  })

  it('leaves no token in the database, the queue, the log or the audit log', async () => {
    await ask()
    const { rows } = await bench.deps.db.pool.query(
      'select o::text as row from one_time_token o union all select a::text from audit a union all select o::text from outbox o',
    )
    const kept = JSON.stringify([rows, bench.deps.log.lines])
    expect(link()).not.toBe('')
    expect(kept).not.toContain(link())
    expect(kept).not.toContain(owner.email)
  })

  it('is asked for again by the job when mail cannot be sent; what is said of it names nobody', async () => {
    const { mail } = bench.deps
    const send = mail.send
    Object.assign(mail, {
      send: async ({ to }: { to: string }) => {
        throw Object.assign(new Error(`550 no such box ${to}`), { code: 'EENVELOPE' })
      },
    })
    await bench.auth.askPasswordReset({ body: { email: owner.email } }, from())
    await expect(bench.runJobs()).rejects.toThrow('a mail could not be sent (EENVELOPE)')
    Object.assign(mail, { send })
    const { rows } = await bench.deps.db.pool.query('select last_error, attempts from auth_jobs._private_jobs')
    expect(rows).toMatchObject([{ attempts: 1 }])
    const said = [
      JSON.stringify(rows),
      ...bench.deps.log.lines.map(({ trouble }) => (trouble instanceof Error ? `${trouble.stack} ${trouble.cause}` : '')),
    ]
    expect(said.join()).not.toContain('navy')
  })
})
