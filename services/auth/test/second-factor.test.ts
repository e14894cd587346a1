import type { Call } from '@pe/contracts/actor.ts'
import type { SignedIn } from '@pe/contracts/sign-in.ts'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { codeOf, stepAt } from '../src/second-factor/totp.ts'
import { foundedBench, owner, seedOf, tokenOf } from './auth-bench.ts'

let bench: Awaited<ReturnType<typeof foundedBench>>
/** A session of the owner, complete and stepped up. */
let call: Call
let seed: Buffer
let recoveryCodes: readonly string[] = []

beforeAll(async () => {
  bench = await foundedBench()
  call = await bench.by(bench.founded)
  const { secret, uri } = await bench.auth.beginAuthenticator({ body: {} }, call)
  seed = seedOf(secret)
  expect(seed).toHaveLength(20)
  expect(uri).toContain(`secret=${secret}&`)
})
beforeEach(() => bench.later({ minutes: 11 }))
afterAll(() => bench.stop())

const signIn = () => bench.auth.signIn({ body: { email: owner.email, password: owner.password } }, bench.from('203.0.113.1'))
const code = (steps = 0) => codeOf(seed, stepAt(bench.clock.now()) + steps)
const give = async (pending: SignedIn, given: string) => bench.auth.giveSecondFactor({ body: { code: given } }, await bench.by(pending))
const stepUp = (given: { password?: string; code?: string }) => bench.auth.stepUp({ body: given }, call)

describe('an authenticator', () => {
  it('changes nothing until a code of it was given', async () => {
    expect(await signIn()).toMatchObject({ state: 'signed-in', me: { secondFactor: false, recoveryCodesLeft: 0 } })
    const confirm = (given: string) => bench.auth.confirmAuthenticator({ body: { code: given } }, call)
    await expect(confirm(code(2))).rejects.toMatchObject({ code: 'wrong_credentials' })
    expect(await bench.auth.getMe({}, call)).toMatchObject({ secondFactor: false })
    ;({ recoveryCodes } = await confirm(code()))
    expect(new Set(recoveryCodes).size).toBe(10)
    for (const one of recoveryCodes) expect(one).toMatch(/^([A-Z2-7]{4}-){3}[A-Z2-7]{4}$/)
    expect(await bench.auth.getMe({}, call)).toMatchObject({ secondFactor: true, recoveryCodesLeft: 10 })
    await expect(confirm(code())).rejects.toMatchObject({ code: 'not_found' })
  })

  it('is asked for after the password: until then the session is good for nothing else', async () => {
    const pending = await signIn()
    expect(pending).toMatchObject({ state: 'second-factor', me: null, session: { expiresAt: '2026-11-22T12:32:00.000Z' } })
    const by = await bench.by(pending)
    const { auth } = bench
    const closed = [
      auth.getMe({}, by),
      auth.changeMe({ body: { name: 'Somebody' } }, by),
      auth.listSessions({}, by),
      auth.endOtherSessions({ body: {} }, by),
      auth.changePassword({ body: { current: owner.password, next: 'another-good-violet-77' } }, by),
      auth.stepUp({ body: { password: owner.password } }, by),
      auth.beginAuthenticator({ body: {} }, by),
      auth.confirmAuthenticator({ body: { code: code() } }, by),
      auth.removeAuthenticator({ body: {} }, by),
      auth.renewRecoveryCodes({ body: {} }, by),
    ]
    for (const one of await Promise.allSettled(closed)) expect(one).toMatchObject({ reason: { code: 'second_factor_needed' } })
    const signedIn = await give(pending, code())
    expect(signedIn).toMatchObject({ state: 'signed-in', me: { name: owner.name } })
    expect(tokenOf(signedIn)).not.toBe(tokenOf(pending))
    await expect(auth.getMe({}, by)).rejects.toMatchObject({ code: 'unauthenticated' })
    await expect(give(signedIn, code(1))).rejects.toMatchObject({ code: 'bad_request' })
  })

  it('takes no code twice, nor one before the last, nor the same at the same time', async () => {
    const used = code()
    await give(await signIn(), used)
    await expect(give(await signIn(), used)).rejects.toMatchObject({ code: 'wrong_credentials' })
    await expect(give(await signIn(), code(-1))).rejects.toMatchObject({ code: 'wrong_credentials' })
    bench.later({ minutes: 1 })
    const [one, other] = [await signIn(), await signIn()]
    const fresh = code()
    const both = await Promise.allSettled([give(one, fresh), give(other, fresh)])
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    expect((await bench.audit()).filter(({ action }) => action === 'second-factor.fail')).toHaveLength(3)
  })

  it('cannot be guessed: ten codes, then nobody gets in for ten minutes, with the right one neither', async () => {
    const pending = await signIn()
    const guesses = Array.from({ length: 10 }, (_, n) => String(n).padStart(6, '0')).filter(
      (guess) => ![code(-1), code(), code(1)].includes(guess),
    )
    for (const guess of guesses) await expect(give(pending, guess)).rejects.toMatchObject({ code: 'wrong_credentials' })
    for (let more = guesses.length; more < 10; more += 1) await expect(give(pending, 'AAAA-AAAA')).rejects.toThrow()
    await expect(give(pending, code())).rejects.toMatchObject({ code: 'too_many_requests' })
    await expect(signIn()).rejects.toMatchObject({ code: 'too_many_requests' })
    bench.later({ minutes: 10 })
    await expect(give(pending, code())).rejects.toMatchObject({ code: 'unauthenticated' })
    expect(await give(await signIn(), code())).toMatchObject({ state: 'signed-in' })
  })

  it('may be stood in for by recovery codes, each once, however it is typed; the person hears of it', async () => {
    const [first = '', second = ''] = recoveryCodes
    expect(await give(await signIn(), ` ${first.toLowerCase().replaceAll('-', ' ')} `)).toMatchObject({ me: { recoveryCodesLeft: 9 } })
    await expect(give(await signIn(), first)).rejects.toMatchObject({ code: 'wrong_credentials' })
    const both = await Promise.allSettled([give(await signIn(), second), give(await signIn(), second)])
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    await bench.runJobs()
    expect(bench.deps.mail.sent.filter(({ subject }) => subject.includes('recovery code was used'))).toHaveLength(2)
  })

  it('and its codes lie nowhere in the open', async () => {
    const { rows } = await bench.deps.db.pool.query(
      'select a::text as row from authenticator a union all select r::text from recovery_code r union all select a::text from audit a',
    )
    const kept = JSON.stringify([rows, bench.deps.log.lines, bench.deps.mail.sent])
    for (const form of ['base64', 'base64url', 'hex'] as const) expect(kept).not.toContain(seed.toString(form).slice(0, 12))
    for (const one of recoveryCodes) expect(kept).not.toContain(one.replaceAll('-', '').slice(0, 8))
  })
})

describe('stepping up', () => {
  it('opens sensitive acts for ten minutes, by the password or by a code', async () => {
    await expect(bench.auth.renewRecoveryCodes({ body: {} }, call)).rejects.toMatchObject({ code: 'step_up_needed' })
    await expect(bench.auth.beginAuthenticator({ body: {} }, call)).rejects.toMatchObject({ code: 'step_up_needed' })
    await expect(bench.auth.removeAuthenticator({ body: {} }, call)).rejects.toMatchObject({ code: 'step_up_needed' })
    const { until } = await stepUp({ code: code() })
    expect(Date.parse(until) - Date.parse(bench.clock.now())).toBe(600_000)
    const renewed = await bench.auth.renewRecoveryCodes({ body: {} }, call)
    expect(renewed.recoveryCodes).toHaveLength(10)
    expect(renewed.recoveryCodes).not.toContain(recoveryCodes[5])
    await expect(stepUp({ code: recoveryCodes[5] ?? '' })).rejects.toMatchObject({ code: 'wrong_credentials' })
    bench.later({ minutes: 10 })
    await expect(bench.auth.renewRecoveryCodes({ body: {} }, call)).rejects.toMatchObject({ code: 'step_up_needed' })
    await stepUp({ password: owner.password })
    expect(await bench.auth.renewRecoveryCodes({ body: {} }, call)).toBeDefined()
  })

  it('is of one session only, and refuses what is wrong, nothing at all, or both', async () => {
    const other = await bench.by(await give(await signIn(), code()))
    bench.later({ minutes: 11 })
    await stepUp({ password: owner.password })
    await expect(bench.auth.renewRecoveryCodes({ body: {} }, other)).rejects.toMatchObject({ code: 'step_up_needed' })
    await expect(stepUp({ password: 'wrong-password-1' })).rejects.toMatchObject({ code: 'wrong_credentials' })
    await expect(stepUp({ code: code(3) })).rejects.toMatchObject({ code: 'wrong_credentials' })
    await expect(stepUp({})).rejects.toMatchObject({ code: 'bad_request' })
    await expect(stepUp({ password: owner.password, code: code(1) })).rejects.toMatchObject({ code: 'bad_request' })
    for (let tries = 0; tries < 8; tries += 1) await expect(stepUp({ password: 'wrong-password-1' })).rejects.toThrow()
    await expect(stepUp({ password: owner.password })).rejects.toMatchObject({ code: 'too_many_requests' })
  })

  it('lets the authenticator be changed for another, the old one counting until then, and be taken away', async () => {
    await stepUp({ password: owner.password })
    const old = seed
    const next = seedOf((await bench.auth.beginAuthenticator({ body: {} }, call)).secret)
    expect(await give(await signIn(), code())).toMatchObject({ state: 'signed-in' })
    seed = next
    await bench.auth.confirmAuthenticator({ body: { code: code() } }, call)
    bench.later({ minutes: 1 })
    await expect(give(await signIn(), codeOf(old, stepAt(bench.clock.now())))).rejects.toMatchObject({ code: 'wrong_credentials' })
    expect(await bench.auth.removeAuthenticator({ body: {} }, call)).toMatchObject({ secondFactor: false, recoveryCodesLeft: 0 })
    await expect(bench.auth.removeAuthenticator({ body: {} }, call)).rejects.toMatchObject({ code: 'not_found' })
    await expect(bench.auth.renewRecoveryCodes({ body: {} }, call)).rejects.toMatchObject({ code: 'not_found' })
    expect(await signIn()).toMatchObject({ state: 'signed-in' })
    await bench.runJobs()
    const subjects = bench.deps.mail.sent.map(({ subject }) => subject)
    expect(subjects.filter((subject) => subject.includes('does not ask for a code any more'))).toHaveLength(1)
    expect(subjects.filter((subject) => subject.includes('now asks for a code'))).toHaveLength(2)
  })
})
