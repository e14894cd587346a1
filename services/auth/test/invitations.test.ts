import { localOwner } from '@pe/contracts/actor.ts'
import { permissionsOf, type Role } from '@pe/contracts/permissions.ts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { after } from '../src/sign-in/session-times.ts'
import { type AuthBench, authBench } from './auth-bench.ts'
import { anotherOrganisation, auditOf, from, mailedToken, operatorOf, quickHasher, rowsOf, type SomePerson, somePerson } from './people.ts'

let bench: AuthBench
let owner: SomePerson
beforeAll(async () => {
  bench = await authBench({ hasher: quickHasher })
  owner = await somePerson(bench, 'owner')
})
afterAll(() => bench.stop())

const password = 'seven grey herons by the weir'
let asked = 0
/** Each from a network of its own, so that attempts of one test are not counted with those of another. */
const stranger = () => {
  asked += 1
  return { ...bench.callAs({}), from: { ...from, address: `198.51.100.${asked}` } }
}
const invite = (email: string, role: Role = 'analyst', call = owner.call) => bench.auth.invite({ body: { email, role } }, call)
const accept = (token: string, more: { password?: string; timeZone?: string } = {}) =>
  bench.auth.acceptInvitation({ body: { token, name: 'Ada', password, timeZone: 'Europe/Berlin', ...more } }, stranger())
const membersAt = async (email: string) =>
  (await bench.auth.listMembers({ query: { limit: 1000 } }, owner.call)).items.filter((member) => member.email === email)

describe('an invitation', () => {
  it('is mailed with a link by which somebody joins and is signed in', async () => {
    const invitation = await invite('Ada@Example.org')
    expect(invitation).toMatchObject({ email: 'Ada@Example.org', role: 'analyst', invitedBy: owner.id })
    expect(invitation.expiresAt).toBe(after(bench.clock.now(), 7 * 86_400_000))
    expect((await bench.auth.listInvitations({ query: {} }, owner.call)).items).toEqual([invitation])

    const token = await mailedToken(bench, 'Ada@Example.org')
    expect(bench.deps.mail.sent.at(-1)?.text).toContain(`https://pe.example/invitation?token=${token}`)
    const signedIn = await accept(token)
    expect(signedIn).toMatchObject({
      state: 'signed-in',
      me: { email: 'Ada@Example.org', emailVerified: true, name: 'Ada', role: 'analyst' },
    })
    const identity = await bench.auth.identify({ body: { by: 'session', secret: signedIn.session?.token ?? '', from } }, bench.call)
    expect(identity).toMatchObject({
      organisationId: localOwner.organisationId,
      permissions: permissionsOf.analyst,
      timeZone: 'Europe/Berlin',
    })
    expect((await bench.auth.listInvitations({ query: {} }, owner.call)).items).toEqual([])
    expect((await auditOf(bench, 'invitation.accept')).at(-1)).toEqual({
      organisation: localOwner.organisationId,
      user: identity.userId,
      subject: `invitation:${invitation.id} analyst`,
    })
    expect(await bench.auth.signIn({ body: { email: 'ada@example.org', password } }, stranger())).toMatchObject({ state: 'signed-in' })
  })

  it('is good once, also where two accept it at once', async () => {
    await invite('twice@example.org')
    const token = await mailedToken(bench, 'twice@example.org')
    const answers = await Promise.allSettled([accept(token), accept(token), accept(token)])
    expect(answers.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected', 'rejected'])
    for (const answer of answers) if (answer.status === 'rejected') expect(answer.reason).toMatchObject({ code: 'token_spent' })
    await expect(accept(token)).rejects.toMatchObject({ code: 'token_spent' })
    expect(await membersAt('twice@example.org')).toHaveLength(1)
  })

  it('leaves nothing of a password that is refused, and is good still', async () => {
    await invite('weak@example.org')
    const token = await mailedToken(bench, 'weak@example.org')
    const before = await rowsOf(bench, 'invitation', 'person', 'membership', 'session')
    await expect(accept(token, { password: 'password123' })).rejects.toMatchObject({ code: 'weak_password' })
    await expect(accept(token, { timeZone: 'Mars/Olympus' })).rejects.toMatchObject({ code: 'bad_request' })
    expect(await rowsOf(bench, 'invitation', 'person', 'membership', 'session')).toBe(before)
    await accept(token)
  })

  it('is good for a week', async () => {
    const { id } = await invite('late@example.org')
    const token = await mailedToken(bench, 'late@example.org')
    const expireAt = (expires_at: string) => bench.deps.db.sql.updateTable('invitation').set({ expires_at }).where('id', '=', id).execute()
    await expireAt(bench.clock.now())
    await expect(accept(token)).rejects.toMatchObject({ code: 'token_spent' })
    await expireAt(after(bench.clock.now(), 1))
    await accept(token)
  })

  it('is good for nothing once it was taken back, or another was sent', async () => {
    const { id } = await invite('back@example.org')
    const first = await mailedToken(bench, 'back@example.org')
    await invite('BACK@example.org', 'viewer')
    await expect(accept(first)).rejects.toMatchObject({ code: 'token_spent' })
    const { items } = await bench.auth.listInvitations({ query: {} }, owner.call)
    expect(items.map(({ email, role }) => [email, role])).toEqual([['BACK@example.org', 'viewer']])
    const second = await mailedToken(bench, 'BACK@example.org')
    const [open] = items
    await bench.auth.withdrawInvitation({ params: { invitationId: open?.id ?? '' }, body: {} }, owner.call)
    await expect(accept(second)).rejects.toMatchObject({ code: 'token_spent' })
    for (const invitationId of [id, open?.id ?? ''])
      await expect(bench.auth.withdrawInvitation({ params: { invitationId }, body: {} }, owner.call)).rejects.toMatchObject({
        code: 'not_found',
      })
    expect(await membersAt('back@example.org')).toEqual([])
  })

  it('is of no use to its sender once they may not send it any more', async () => {
    const [demoted, disabled, still] = [
      await somePerson(bench, 'admin'),
      await somePerson(bench, 'admin'),
      await somePerson(bench, 'admin'),
    ]
    for (const [place, { call }] of [demoted, disabled, still].entries()) await invite(`of-${place}@example.org`, 'admin', call)
    const tokens = [
      await mailedToken(bench, 'of-0@example.org'),
      await mailedToken(bench, 'of-1@example.org'),
      await mailedToken(bench, 'of-2@example.org'),
    ]
    await bench.auth.changeMember({ params: { personId: demoted.id }, body: { role: 'manager' } }, owner.call)
    await bench.auth.changeMember({ params: { personId: disabled.id }, body: { disabled: true } }, owner.call)
    for (const token of tokens.slice(0, 2)) await expect(accept(token)).rejects.toMatchObject({ code: 'token_spent' })
    await expect(accept(tokens[2] ?? '')).resolves.toMatchObject({ me: { role: 'admin' } })
  })

  it('of the house makes an owner; one of an admin does not', async () => {
    const admin = await somePerson(bench, 'admin')
    await expect(invite('boss@example.org', 'owner', admin.call)).rejects.toMatchObject({ code: 'forbidden' })
    await invite('boss@example.org', 'owner', operatorOf(bench))
    await expect(accept(await mailedToken(bench, 'boss@example.org'))).resolves.toMatchObject({ me: { role: 'owner' } })
  })

  it('is none for who is here already; who is elsewhere only hears of it with the link', async () => {
    await expect(invite(owner.email.toUpperCase())).rejects.toMatchObject({ code: 'email_taken' })
    const foreigner = await somePerson(bench, 'viewer', await anotherOrganisation(bench))
    await invite(foreigner.email)
    const token = await mailedToken(bench, foreigner.email)
    const before = await rowsOf(bench, 'invitation', 'person', 'membership', 'session')
    await expect(accept(token)).rejects.toMatchObject({ code: 'email_taken' })
    expect(await rowsOf(bench, 'invitation', 'person', 'membership', 'session')).toBe(before)
  })

  it('is not guessed: tries are counted and noted', async () => {
    const guess = () => bench.auth.acceptInvitation({ body: { token: 'x'.repeat(43), name: 'Eve', password, timeZone: 'UTC' } }, guesser)
    const guesser = stranger()
    const before = (await auditOf(bench, 'invitation.fail')).length
    for (let time = 0; time < 10; time += 1) await expect(guess()).rejects.toMatchObject({ code: 'token_spent' })
    await expect(guess()).rejects.toMatchObject({ code: 'too_many_requests' })
    expect((await auditOf(bench, 'invitation.fail')).slice(before)).toHaveLength(10)
  })

  it('is one of a hundred an hour', async () => {
    const there = await somePerson(bench, 'owner', await anotherOrganisation(bench))
    await bench.deps.db.pool.query(
      `insert into invitation (id, organisation_id, email, email_key, role, invited_at, invited_by, by_house, expires_at, withdrawn_at)
       select gen_random_uuid(), $1, 'x@example.org', 'x@example.org', 'viewer', $2::timestamptz, $3, false, $2::timestamptz + interval '7 days', $2::timestamptz
       from generate_series(1, 99)`,
      [there.call.actor.organisationId, bench.clock.now(), there.id],
    )
    await invite('a@example.org', 'viewer', there.call)
    await expect(invite('b@example.org', 'viewer', there.call)).rejects.toMatchObject({ code: 'too_many_requests' })
  })

  it('leaves no token anywhere but in the mail', async () => {
    await invite('canary@example.org')
    const token = await mailedToken(bench, 'canary@example.org')
    const { rows } = await bench.deps.db.pool.query<{ table: string }>(
      `select table_schema || '.' || table_name as table from information_schema.tables where table_schema in ('auth', 'auth_jobs') and table_type = 'BASE TABLE'`,
    )
    expect(rows.length).toBeGreaterThan(10)
    for (const { table } of rows) expect(await rowsOf(bench, table), table).not.toContain(token)
  })
})
