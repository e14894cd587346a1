import { randomBytes } from 'node:crypto'
import { localOwner } from '@pe/contracts/actor.ts'
import { permissions } from '@pe/contracts/permissions.ts'
import { CannotStart } from '@pe/platform/postgres/cannot-start.ts'
import { afterEach, describe, expect, it } from 'vitest'
import { type AuthBench, authBench, foundedBench, owner } from './auth-bench.ts'

let bench: AuthBench
afterEach(() => bench.stop())

const from = () => bench.from('203.0.113.1')
const setUp = (token = bench.setUpLinks.at(-1) ?? '', more = {}) => bench.auth.setUp({ body: { token, ...owner, ...more } }, from())
const people = async () => (await bench.deps.db.sql.selectFrom('person').select('id').execute()).length

describe('set-up', () => {
  it('makes whoever holds the link the owner of the organisation that stood before, and signs them in', async () => {
    bench = await authBench()
    expect(await bench.auth.setUpState({}, from())).toEqual({ needed: true })
    expect(bench.setUpLinks).toEqual([expect.stringMatching(/^[\w-]{43}$/)])
    const { state, me, session } = await setUp()
    expect(state).toBe('signed-in')
    expect(session).toEqual({ token: expect.stringMatching(/^[\w-]{43}$/), expiresAt: '2027-02-20T12:00:00.000Z' })
    expect(me).toEqual({
      id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      email: owner.email,
      emailVerified: false,
      name: owner.name,
      timeZone: owner.timeZone,
      role: 'owner',
      permissions: [...permissions],
      organisation: { id: localOwner.organisationId, name: owner.organisation },
      secondFactor: false,
      recoveryCodesLeft: 0,
    })
    expect(me?.id).not.toBe(localOwner.userId)
    expect(await bench.auth.setUpState({}, from())).toEqual({ needed: false })
    expect(await bench.audit()).toEqual([
      { action: 'set-up', subject: `person:${me?.id}`, user: me?.id, organisation: localOwner.organisationId },
    ])
  })

  it('happens once: of two with the same link at the same time one is refused, and so is everybody after', async () => {
    bench = await authBench()
    const tried = await Promise.allSettled([setUp(), setUp(undefined, { email: 'other@navy.example' })])
    expect(tried.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    expect(tried.find(({ status }) => status === 'rejected')).toMatchObject({ reason: { code: 'already_set_up' } })
    await expect(setUp(undefined, { email: 'third@navy.example' })).rejects.toMatchObject({ code: 'already_set_up' })
    expect(await people()).toBe(1)
  })

  it('refuses links that are guessed, old, or of a start before; a refusal of the password leaves the link good', async () => {
    bench = await authBench()
    const [first = ''] = bench.setUpLinks
    await expect(setUp(randomBytes(32).toString('base64url'))).rejects.toMatchObject({ code: 'token_spent' })
    await bench.service.start?.()
    expect(bench.setUpLinks).toHaveLength(2)
    await expect(setUp(first)).rejects.toMatchObject({ code: 'token_spent' })
    await expect(setUp(undefined, { password: 'GraceHopper1' })).rejects.toMatchObject({
      code: 'weak_password',
      facts: { case: 'guessable' },
    })
    await expect(setUp(undefined, { timeZone: 'Mars/Olympus' })).rejects.toMatchObject({ code: 'bad_request' })
    bench.later({ days: 8 })
    await expect(setUp()).rejects.toMatchObject({ code: 'token_spent' })
    expect(await people()).toBe(0)
    expect((await bench.audit()).map(({ action }) => action)).toEqual(['set-up.fail', 'set-up.fail', 'set-up.fail'])
    await bench.service.start?.()
    expect(await setUp()).toMatchObject({ state: 'signed-in' })
    await bench.service.start?.()
    expect(bench.setUpLinks).toHaveLength(3)
  })

  it('does not let anybody guess at links without end', async () => {
    bench = await authBench()
    const guess = () => setUp(randomBytes(32).toString('base64url'))
    for (let tries = 0; tries < 10; tries += 1) await expect(guess()).rejects.toMatchObject({ code: 'token_spent' })
    await expect(guess()).rejects.toMatchObject({ code: 'too_many_requests' })
    await expect(setUp()).rejects.toMatchObject({ code: 'too_many_requests' })
  })

  it('asks by mail whether the address is right, and takes the answer once', async () => {
    bench = await foundedBench()
    await bench.runJobs()
    const [token = ''] = bench.linksTo(owner.email, '/verify-email')
    const verify = () => bench.auth.verifyEmail({ body: { token } }, bench.from('198.51.100.9'))
    await verify()
    await expect(verify()).rejects.toMatchObject({ code: 'token_spent' })
    const rows = await bench.deps.db.sql.selectFrom('person').select('email_verified_at').execute()
    expect(rows[0]?.email_verified_at).not.toBeNull()
    expect((await bench.audit()).map(({ action }) => action)).toEqual(['set-up', 'email.verify', 'email.verify.fail'])
  })
})

describe('an unattended start', () => {
  it('makes the owner that it was told of, and shows no link', async () => {
    bench = await authBench({ firstOwner: { email: 'ops@navy.example', password: owner.password } })
    expect(bench.setUpLinks).toEqual([])
    const signedIn = await bench.auth.signIn({ body: { email: 'OPS@navy.example', password: owner.password } }, from())
    expect(signedIn.me).toMatchObject({ role: 'owner', email: 'ops@navy.example', organisation: { id: localOwner.organisationId } })
    await bench.service.start?.()
    expect(await people()).toBe(1)
  })

  it('stops with a sentence, which does not say the password, where it is weak or the address is none', async () => {
    bench = await authBench()
    const start = (firstOwner: { email: string; password: string }) => authBench({ firstOwner })
    await expect(start({ email: 'ops@navy.example', password: 'password1234' })).rejects.toThrow(CannotStart)
    await expect(start({ email: 'ops@navy.example', password: 'password1234' })).rejects.not.toThrow(/password1234/)
    await expect(start({ email: 'nobody', password: owner.password })).rejects.toThrow('PE_OWNER_EMAIL')
  })
})
