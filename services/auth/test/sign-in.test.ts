import { localOwner } from '@pe/contracts/actor.ts'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { argon2Hasher, type PasswordHasher } from '../src/sign-in/password-hasher.ts'
import { nobody } from '../src/sign-in/people-calls.ts'
import { foundedBench, owner, tokenOf } from './auth-bench.ts'

const hashed: (string | null)[] = []
/** The real one, which tells what it was asked to compare with. */
function countedHasher(): PasswordHasher {
  const real = argon2Hasher()
  return {
    hash: (password) => real.hash(password),
    async verify(password, phc) {
      hashed.push(phc)
      return await real.verify(password, phc)
    },
  }
}

let bench: Awaited<ReturnType<typeof foundedBench>>
let recorded: string[] | undefined
beforeAll(async () => {
  bench = await foundedBench({ hasher: countedHasher() })
  for (const client of await connections()) {
    const query = client.query.bind(client) as (...args: unknown[]) => unknown
    const heard = (...args: unknown[]) => {
      recorded?.push(JSON.stringify(args[0], ['text']) ?? String(args[0]))
      return query(...args)
    }
    Object.assign(client, { query: heard })
  }
})
beforeEach(() => {
  hashed.length = 0
  // What was tried before counts no more.
  bench.later({ minutes: 11 })
})
afterAll(() => bench.stop())

/** All that the pool will ever have. */
async function connections() {
  const clients = await Promise.all(Array.from({ length: bench.deps.db.pool.options.max }, () => bench.deps.db.pool.connect()))
  for (const client of clients) client.release()
  return clients
}

let net = 0
/** From a network of its own, so that only accounts are counted. */
const fresh = () => {
  net += 1
  return bench.from(`198.51.${net >> 8}.${net & 255}`)
}
const signIn = (email: string, password: string, call = fresh()) => bench.auth.signIn({ body: { email, password } }, call)
const refusal = async (email: string, password: string, call = fresh()) => {
  const { code, detail, facts, errors } = await signIn(email, password, call).then(
    () => expect.unreachable('signed in'),
    (thrown) => thrown,
  )
  return { code, detail, facts, errors }
}
/** Statements that auth sends meanwhile, in order. */
async function statementsOf(run: () => Promise<unknown>): Promise<string[]> {
  const sent: string[] = []
  recorded = sent
  await run().catch(() => {})
  recorded = undefined
  return sent
}

describe('signing in', () => {
  it('opens a session under a token that only the browser has', async () => {
    const signedIn = await signIn(' grace.HOPPER@navy.example'.trim(), owner.password)
    expect(signedIn).toMatchObject({ state: 'signed-in', me: { name: owner.name, role: 'owner' } })
    const { rows } = await bench.deps.db.pool.query('select s::text as row from session s')
    expect(rows.length).toBeGreaterThan(1)
    expect(JSON.stringify(rows)).not.toContain(tokenOf(signedIn))
    expect(tokenOf(signedIn)).not.toBe(tokenOf(bench.founded))
  })

  it('takes a password however its signs are composed, and no other', async () => {
    const call = await bench.by(bench.founded)
    await bench.auth.changePassword({ body: { current: owner.password, next: 'Möhre kaut flüsternd 38' } }, call)
    expect(await signIn(owner.email, 'Möhre kaut flüsternd 38'.normalize('NFD'))).toMatchObject({ state: 'signed-in' })
    expect(await refusal(owner.email, 'Mohre kaut flusternd 38')).toMatchObject({ code: 'wrong_credentials' })
    expect(await refusal(owner.email, owner.password)).toMatchObject({ code: 'wrong_credentials' })
    await bench.auth.changePassword({ body: { current: 'Möhre kaut flüsternd 38', next: owner.password } }, call)
  })

  it('answers the same, after the same work, whether an e-mail is known or not', async () => {
    const known = await refusal(owner.email, 'wrong-password-1')
    const unknown = await refusal('nobody@navy.example', 'wrong-password-1')
    expect(unknown).toEqual(known)
    expect(known.code).toBe('wrong_credentials')
    expect(hashed).toEqual([expect.stringMatching(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/), null])
    const ofKnown = await statementsOf(() => signIn(owner.email, 'wrong-password-2'))
    const ofUnknown = await statementsOf(() => signIn('nobody2@navy.example', 'wrong-password-2'))
    expect(ofKnown.length).toBeGreaterThan(4)
    expect(ofUnknown).toEqual(ofKnown)
    expect(hashed).toHaveLength(4)
  })

  it('does not let in who was disabled, in the same words', async () => {
    const wrong = await refusal(owner.email, 'wrong-password-1')
    await bench.deps.db.sql.updateTable('membership').set({ disabled_at: bench.clock.now() }).execute()
    expect(await refusal(owner.email, owner.password)).toEqual(wrong)
    expect(hashed).toHaveLength(2)
    await bench.deps.db.sql.updateTable('membership').set({ disabled_at: null }).execute()
  })

  it('keeps what was brought out of it: a session that was there before ends, and its token opens nothing new', async () => {
    const before = await signIn(owner.email, owner.password)
    const brought = await bench.by(before)
    const signedIn = await signIn(owner.email, owner.password, brought)
    expect(tokenOf(signedIn)).not.toBe(tokenOf(before))
    await expect(bench.auth.getMe({}, brought)).rejects.toMatchObject({ code: 'unauthenticated' })
    expect(await bench.auth.getMe({}, await bench.by(signedIn))).toMatchObject({ email: owner.email })
    const ofAnother = { ...(await bench.by(signedIn)), actor: { ...brought.actor, userId: nobody } }
    await signIn(owner.email, owner.password, ofAnother)
    await expect(bench.auth.getMe({}, await bench.by(signedIn))).rejects.toMatchObject({ code: 'unauthenticated' })
  })

  it('is noted with who and from where, failed ones too, and with nothing that was typed', async () => {
    const before = (await bench.audit()).length
    await signIn(owner.email, owner.password, bench.from('192.0.2.1'))
    await refusal(owner.email, 'wrong-password-1', bench.from('192.0.2.2'))
    await refusal('nobody@navy.example', 'wrong-password-1', bench.from('2001:db8:0:1:2:3:4:5'))
    const user = bench.founded.me?.id
    const organisation = localOwner.organisationId
    expect((await bench.audit()).slice(before)).toEqual([
      { action: 'sign-in', subject: `person:${user}`, user, organisation },
      { action: 'sign-in.fail', subject: 'address:192.0.2.2', user, organisation },
      { action: 'sign-in.fail', subject: 'address:2001:db8:0:1::/64', user: nobody, organisation },
    ])
    const said = JSON.stringify([await bench.audit(), bench.deps.log.lines])
    for (const secret of ['wrong-password-1', owner.password, 'nobody@navy']) expect(said).not.toContain(secret)
  })

  it('tells of a device that was never seen, once', async () => {
    await bench.runJobs()
    bench.deps.mail.sent.length = 0
    const notices = () => bench.deps.mail.sent.filter(({ subject }) => subject === 'PortfolioEngine: New sign-in')
    await signIn(owner.email, owner.password, bench.from('203.0.113.1'))
    await bench.runJobs()
    expect(notices()).toEqual([])
    const elsewhere = () => bench.from('192.0.2.77', 'Mozilla/5.0 (iPhone; CPU iPhone OS 26_1 like Mac OS X) Version/26.1 Safari/604.1')
    await signIn(owner.email, owner.password, elsewhere())
    await signIn(owner.email, owner.password, elsewhere())
    await bench.runJobs()
    expect(notices()).toEqual([expect.objectContaining({ to: owner.email, text: expect.stringContaining('Safari on iOS, 192.0.2.77') })])
  })
})

describe('failed attempts', () => {
  it('are ten in ten minutes of one account, wherever they come from; then even the right password is refused, until time has passed', async () => {
    for (let tries = 0; tries < 10; tries += 1) {
      expect((await refusal(owner.email, 'wrong-password-1')).code).toBe('wrong_credentials')
      bench.later({ seconds: 30 })
    }
    const hashesBefore = hashed.length
    expect(await refusal(owner.email, owner.password)).toMatchObject({
      code: 'too_many_requests',
      facts: { minutes: '10', seconds: '600' },
    })
    expect(hashed).toHaveLength(hashesBefore)
    bench.later({ minutes: 4, seconds: 59 })
    expect((await refusal(owner.email, owner.password)).code).toBe('too_many_requests')
    bench.later({ seconds: 1 })
    expect(await signIn(owner.email, owner.password)).toMatchObject({ state: 'signed-in' })
  })

  it('are counted alike, with the same words and the same work, for an account that nobody has', async () => {
    const exhausted = async (email: string) => {
      for (let tries = 0; tries < 10; tries += 1) await refusal(email, 'wrong-password-1')
      const before = hashed.length
      const refused = await refusal(email, 'wrong-password-1')
      const sent = await statementsOf(() => signIn(email, 'wrong-password-1'))
      return { refused, sent, hashes: hashed.length - before }
    }
    const known = await exhausted(owner.email)
    expect(known).toMatchObject({ refused: { code: 'too_many_requests' }, hashes: 0 })
    expect(known.sent).toHaveLength(3)
    expect(await exhausted('nobody@navy.example')).toEqual(known)
  })

  it('are ten of one network, whatever accounts they try; others still get in', async () => {
    const attacker = () => bench.from('2001:db8:bad::1')
    for (let tries = 0; tries < 10; tries += 1) await refusal(`somebody${tries}@navy.example`, 'wrong-password-1', attacker())
    expect((await refusal('somebody11@navy.example', 'wrong-password-1', bench.from('2001:db8:bad::ffff'))).code).toBe('too_many_requests')
    expect((await refusal(owner.email, owner.password, attacker())).code).toBe('too_many_requests')
    expect(await signIn(owner.email, owner.password)).toMatchObject({ state: 'signed-in' })
  })

  it('are no more when they come all at once', async () => {
    const tried = await Promise.all(Array.from({ length: 40 }, () => refusal(owner.email, 'wrong-password-1')))
    expect(tried.filter(({ code }) => code === 'wrong_credentials')).toHaveLength(10)
    expect(tried.filter(({ code }) => code === 'too_many_requests')).toHaveLength(30)
    expect(hashed).toHaveLength(10)
  })

  it('do not count what succeeded', async () => {
    const home = () => bench.from('203.0.113.1')
    for (let tries = 0; tries < 9; tries += 1) await refusal(owner.email, 'wrong-password-1', home())
    for (let tries = 0; tries < 5; tries += 1) await signIn(owner.email, owner.password, home())
    expect((await refusal(owner.email, 'wrong-password-1', home())).code).toBe('wrong_credentials')
    expect((await refusal(owner.email, owner.password, home())).code).toBe('too_many_requests')
  })

  it('let nobody in while they cannot be counted', async () => {
    await bench.look.asOwner('alter table attempt rename to attempt_gone')
    await expect(signIn(owner.email, owner.password)).rejects.toMatchObject({ code: 'internal' })
    expect(hashed).toEqual([])
    await bench.look.asOwner('alter table attempt_gone rename to attempt')
    expect(await signIn(owner.email, owner.password)).toMatchObject({ state: 'signed-in' })
  })

  it('do not say of whom they were', async () => {
    await refusal('nobody@navy.example', 'wrong-password-1')
    const { rows } = await bench.deps.db.pool.query('select * from attempt')
    expect(rows.length).toBeGreaterThan(1)
    expect(JSON.stringify(rows)).not.toContain('navy')
  })
})
