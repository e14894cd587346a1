import { authRoutes } from '@pe/contracts/auth.ts'
import { idempotently } from '@pe/platform/db/idempotently.ts'
import { inProcessClient } from '@pe/platform/http/in-process-client.ts'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { codeOf, stepAt } from '../src/second-factor/totp.ts'
import { foundedBench, owner, seedOf, tokenOf } from './auth-bench.ts'

let bench: Awaited<ReturnType<typeof foundedBench>>
beforeAll(async () => {
  bench = await foundedBench()
})
afterAll(() => bench.stop())

/** Every row of every table that auth has, as text. */
async function everythingKept(): Promise<string> {
  const { pool } = bench.deps.db
  const { rows } = await pool.query<{ name: string }>(
    "select format('%I.%I', schemaname, tablename) as name from pg_tables where schemaname in ('auth', 'auth_jobs')",
  )
  expect(rows.length).toBeGreaterThan(15)
  const kept: string[] = []
  for (const { name } of rows) kept.push(JSON.stringify((await pool.query(`select t::text from ${name} t`)).rows))
  return kept.join('\n')
}

it('nothing that opens anything lies in the tables, the queue, the log or an error, also not beside an idempotency key', async () => {
  const { auth } = bench
  const door = inProcessClient(authRoutes, bench.service.handlers, (call, request, run) => idempotently(bench.deps.db, call, request, run))
  const idempotencyKey = '4711'
  const secrets: string[] = [owner.password, tokenOf(bench.founded), ...bench.setUpLinks]

  const body = { email: owner.email, password: owner.password }
  const once = await door.signIn({ body, idempotencyKey }, bench.from('198.51.100.1'))
  const again = await door.signIn({ body, idempotencyKey }, bench.from('198.51.100.2'))
  expect(tokenOf(again)).not.toBe(tokenOf(once))
  secrets.push(tokenOf(once), tokenOf(again))

  const call = await bench.by(again)
  const { secret } = await door.beginAuthenticator({ body: {}, idempotencyKey }, call)
  const seed = seedOf(secret)
  const { recoveryCodes } = await door.confirmAuthenticator(
    { body: { code: codeOf(seed, stepAt(bench.clock.now())) }, idempotencyKey },
    call,
  )
  secrets.push(
    secret,
    seed.toString('hex'),
    seed.toString('base64'),
    ...recoveryCodes,
    ...recoveryCodes.map((code) => code.replaceAll('-', '')),
  )

  const errors: string[] = []
  const failing = [
    auth.signIn({ body: { email: owner.email, password: 'canary-wrong-password' } }, bench.from('198.51.100.3')),
    auth.stepUp({ body: { code: 'CANARY-CODE' } }, call),
    auth.resetPassword(
      { body: { token: 'canary-token-canary-token-canary', password: 'canary-new-password-1' } },
      bench.from('198.51.100.4'),
    ),
    auth.changePassword({ body: { current: owner.password, next: 'canary1234' } }, call),
  ]
  for (const one of await Promise.allSettled(failing)) {
    const { message, detail, facts, errors: fields } = (one as PromiseRejectedResult).reason
    errors.push(JSON.stringify([message, detail, facts, fields]))
  }
  expect(errors.join()).toMatch(/wrong_credentials.*token_spent.*weak_password/)
  secrets.push('canary', 'CANARY')

  await auth.askPasswordReset({ body: { email: owner.email } }, bench.from('198.51.100.5'))
  await bench.runJobs()
  const links = [...bench.linksTo(owner.email, '/reset-password'), ...bench.linksTo(owner.email, '/verify-email')]
  expect(links).toHaveLength(2)
  secrets.push(...links)

  const kept = `${await everythingKept()}\n${JSON.stringify(bench.deps.log.lines)}\n${errors.join('\n')}`
  expect(kept).toContain(owner.name)
  expect(secrets.length).toBeGreaterThan(25)
  expect(secrets.filter((one) => kept.includes(one))).toEqual([])
  expect(JSON.stringify(await bench.audit())).not.toContain('navy')
})

it('whose password was reset is still asked for the second factor', async () => {
  const [token = ''] = bench.linksTo(owner.email, '/reset-password')
  await bench.auth.resetPassword({ body: { token, password: 'another-good-violet-77' } }, bench.from('198.51.100.6'))
  const body = { email: owner.email, password: 'another-good-violet-77' }
  expect(await bench.auth.signIn({ body }, bench.from('198.51.100.6'))).toMatchObject({ state: 'second-factor', me: null })
})
