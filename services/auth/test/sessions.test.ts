import type { Call } from '@pe/contracts/actor.ts'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { foundedBench, owner } from './auth-bench.ts'

let bench: Awaited<ReturnType<typeof foundedBench>>
let call: Call
const from = { address: '198.51.100.7', userAgent: 'curl/8.14.1' }

beforeAll(async () => {
  bench = await foundedBench()
})
beforeEach(async () => {
  bench.later({ minutes: 11 })
  call = await bench.by(await signIn())
})
afterAll(() => bench.stop())

const signIn = () => bench.auth.signIn({ body: { email: owner.email, password: owner.password } }, { ...bench.call, from })
const me = (by: Call) => bench.auth.getMe({}, by)
const gone = { code: 'unauthenticated' }

describe('sessions', () => {
  it('are listed with device, address and times, the one that asks among them', async () => {
    await bench.auth.endOtherSessions({ body: {} }, call)
    bench.later({ minutes: 5 })
    const other = await bench.by(
      await bench.auth.signIn({ body: { email: owner.email, password: owner.password } }, bench.from('2001:db8::9')),
    )
    const { items } = await bench.auth.listSessions({}, call)
    expect(items).toMatchObject([
      { id: other.credentialId, current: false, device: 'Firefox on Linux', address: '2001:db8::/64' },
      { id: call.credentialId, current: true, device: 'curl', address: '198.51.100.7' },
    ])
    expect(Date.parse(items[0]?.expiresAt ?? '') - Date.parse(items[0]?.openedAt ?? '')).toBe(90 * 86_400_000)
  })

  it('end one by one, all others at once, or by signing out; an end is noted', async () => {
    const [second, third] = [await bench.by(await signIn()), await bench.by(await signIn())]
    await bench.auth.endSession({ params: { sessionId: second.credentialId ?? '' }, body: {} }, call)
    await expect(me(second)).rejects.toMatchObject(gone)
    const again = bench.auth.endSession({ params: { sessionId: second.credentialId ?? '' }, body: {} }, call)
    await expect(again).rejects.toMatchObject({ code: 'not_found' })
    expect(await me(third)).toBeDefined()
    const { ended } = await bench.auth.endOtherSessions({ body: {} }, call)
    expect(ended).toBeGreaterThanOrEqual(1)
    await expect(me(third)).rejects.toMatchObject(gone)
    expect(await bench.auth.signOut({ body: {} }, call)).toEqual({ session: null })
    await expect(me(call)).rejects.toMatchObject(gone)
    await expect(bench.auth.signOut({ body: {} }, call)).rejects.toMatchObject(gone)
    expect((await bench.audit()).slice(-3).map(({ action }) => action)).toEqual(['session.end', 'session.end-others', 'sign-out'])
  })

  it('of others are not there, nor is anybody’s for who brings none, a key, or the id of another person', async () => {
    const stranger = { ...call, actor: { ...call.actor, userId: '01900000-0000-7000-8000-00000000000a' } }
    for (const by of [stranger, bench.call, { ...call, by: 'api-key' as const }, { ...call, credentialId: undefined }])
      await expect(me(by)).rejects.toMatchObject(gone)
    const end = bench.auth.endSession({ params: { sessionId: '01900000-0000-7000-8000-00000000000b' }, body: {} }, call)
    await expect(end).rejects.toMatchObject({ code: 'not_found' })
  })

  it('end 14 days after they were seen last, and 90 days after they were opened', async () => {
    const seen = async () => {
      await bench.deps.db.sql
        .updateTable('session')
        .set({ last_seen_at: bench.clock.now() })
        .where('id', '=', call.credentialId ?? '')
        .execute()
    }
    bench.later({ days: 13, hours: 23 })
    expect(await me(call)).toBeDefined()
    bench.later({ hours: 1 })
    await expect(me(call)).rejects.toMatchObject(gone)
    call = await bench.by(await signIn())
    for (let days = 0; days < 89; days += 1) {
      bench.later({ days: 1 })
      await seen()
    }
    expect(await me(call)).toBeDefined()
    bench.later({ days: 1 })
    await expect(me(call)).rejects.toMatchObject(gone)
  })

  it('are good for nothing from the moment that the person is disabled', async () => {
    await bench.deps.db.sql.updateTable('membership').set({ disabled_at: bench.clock.now() }).execute()
    await expect(me(call)).rejects.toMatchObject(gone)
    await bench.deps.db.sql.updateTable('membership').set({ disabled_at: null }).execute()
    expect(await me(call)).toBeDefined()
  })
})

describe('a person', () => {
  it('changes name and time zone, and nothing else whatever is sent', async () => {
    const changed = await bench.auth.changeMe({ body: { name: '  Rear Admiral Hopper ', timeZone: 'Europe/Berlin' } }, call)
    expect(changed).toMatchObject({ name: 'Rear Admiral Hopper', timeZone: 'Europe/Berlin', role: 'owner', email: owner.email })
    expect(await bench.auth.changeMe({ body: {} }, call)).toEqual(changed)
    await expect(bench.auth.changeMe({ body: { timeZone: 'Mars/Olympus' } }, call)).rejects.toMatchObject({ code: 'bad_request' })
    const more = { name: 'Grace', email: 'x@y.example', role: 'viewer', emailVerified: true } as { name: string }
    await expect(bench.auth.changeMe({ body: more }, call)).rejects.toMatchObject({ code: 'bad_request' })
    expect(await me(call)).toEqual(changed)
  })

  it('changes the password who knows it; other sessions and links for a reset end, the one that asks stays', async () => {
    const other = await bench.by(await signIn())
    await bench.auth.askPasswordReset({ body: { email: owner.email } }, bench.from('198.51.100.8'))
    await bench.runJobs()
    const [token = ''] = bench.linksTo(owner.email, '/reset-password')
    const change = (current: string, next: string) => bench.auth.changePassword({ body: { current, next } }, call)
    await expect(change('wrong-password-1', 'another-good-violet-77')).rejects.toMatchObject({ code: 'wrong_credentials' })
    await expect(change(owner.password, 'short')).rejects.toMatchObject({ code: 'weak_password', facts: { case: 'short', least: '10' } })
    await expect(change(owner.password, `${owner.password}1`)).rejects.toMatchObject({ code: 'weak_password' })
    await change(owner.password, 'another-good-violet-77')
    expect(await me(call)).toBeDefined()
    await expect(me(other)).rejects.toMatchObject(gone)
    const reset = bench.auth.resetPassword({ body: { token, password: 'yet-another-violet-77' } }, bench.from('198.51.100.8'))
    await expect(reset).rejects.toMatchObject({ code: 'token_spent' })
    await bench.runJobs()
    expect(bench.deps.mail.sent.at(-1)).toMatchObject({ to: owner.email, subject: 'PortfolioEngine: Your password was changed' })
    expect((await bench.audit()).map(({ action }) => action)).toEqual(expect.arrayContaining(['password.fail', 'password.change']))
    await change('another-good-violet-77', owner.password)
  })
})
