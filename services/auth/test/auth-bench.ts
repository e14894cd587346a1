import type { Call } from '@pe/contracts/actor.ts'
import { type AuthRoutes, authRoutes } from '@pe/contracts/auth.ts'
import type { Client } from '@pe/contracts/route.ts'
import type { NewSession, SignedIn } from '@pe/contracts/sign-in.ts'
import type { FixedClock } from '@pe/platform/clock/clock.ts'
import { checkedClient } from '@pe/platform/testing/checked-client.ts'
import { type TestService, testClock, testService } from '@pe/platform/testing/test-service.ts'
import type { AuthPorts } from '../src/auth-deps.ts'
import { createAuth } from '../src/service.ts'
import { digestOf } from '../src/sign-in/opaque-token.ts'
import { after } from '../src/sign-in/session-times.ts'
import type { AuthTables } from '../src/store/tables.ts'

export interface AuthBench extends TestService<AuthRoutes, AuthTables> {
  readonly auth: Client<AuthRoutes>
  /** To be moved. */
  readonly clock: FixedClock
  /** Tokens of set-up links that were shown, the last one last. */
  readonly setUpLinks: readonly string[]
  /** A call of somebody whom nobody knows yet. */
  from(address: string, userAgent?: string): Call
  /** A call with the session that a sign-in opened, as the door would make it. */
  by(signedIn: SignedIn, from?: Call['from']): Promise<Call>
  /** Lets time pass. */
  later(time: { days?: number; hours?: number; minutes?: number; seconds?: number }): void
  /** Tokens of the links in mails to this address that lead to this page, the last one last. */
  linksTo(email: string, path: string): string[]
  /** What was noted in the audit log, and on what, in order. */
  audit(): Promise<{ action: string; subject: string; user: string; organisation: string }[]>
}

export const owner = {
  email: 'Grace.Hopper@navy.example',
  password: 'plum-tractor-violet-38',
  name: 'Grace Hopper',
  organisation: 'Compiler Trust',
  timeZone: 'America/New_York',
}

const firefox = 'Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0'

/** Auth on a database of its own, met as the door meets it. */
export async function authBench(more: Partial<Pick<AuthPorts, 'firstOwner' | 'hasher'>> = {}): Promise<AuthBench> {
  const clock = testClock()
  const setUpLinks: string[] = []
  const test = await testService<AuthRoutes, AuthTables>({
    name: 'auth',
    acrossOrganisations: true,
    migrations: new URL('../migrations/', import.meta.url),
    clock,
    create: (deps) =>
      createAuth({ ...deps, ...more, webAddress: () => 'https://pe.example', onSetUpLink: (token) => void setUpLinks.push(token) }),
  })
  const from = (address: string, userAgent = firefox): Call => ({ ...test.call, from: { address, userAgent } })
  return Object.assign(test, {
    auth: checkedClient(authRoutes, test.service.handlers),
    clock,
    setUpLinks,
    from,
    async by(signedIn: SignedIn, whence: Call['from'] = { address: '203.0.113.1', userAgent: firefox }): Promise<Call> {
      const row = await test.deps.db.sql
        .selectFrom('session')
        .innerJoin('person', 'person.id', 'session.person_id')
        .select(['session.id', 'session.person_id', 'session.organisation_id', 'person.time_zone'])
        .where('digest', '=', digestOf(tokenOf(signedIn)))
        .executeTakeFirstOrThrow()
      const actor = { organisationId: row.organisation_id, userId: row.person_id, timeZone: row.time_zone }
      return { actor, traceId: test.call.traceId, by: 'session', credentialId: row.id, from: whence }
    },
    later({ days = 0, hours = 0, minutes = 0, seconds = 0 }: Parameters<AuthBench['later']>[0]) {
      clock.moveTo(after(clock.now(), (((days * 24 + hours) * 60 + minutes) * 60 + seconds) * 1000))
    },
    linksTo(email: string, path: string) {
      const mails = test.deps.mail.sent.filter(({ to }) => to === email)
      const link = new RegExp(`^https://pe\\.example${path}\\?token=([\\w-]{43})$`, 'm')
      return mails.flatMap(({ text }) => link.exec(text)?.[1] ?? [])
    },
    async audit() {
      const { rows } = await test.deps.db.pool.query(
        'select action, subject, user_id as user, organisation_id as organisation from audit order by seq',
      )
      return rows as Awaited<ReturnType<AuthBench['audit']>>
    },
  })
}

/** The same with its owner set up, who signed in by doing so. */
export async function foundedBench(more: Parameters<typeof authBench>[0] = {}): Promise<AuthBench & { readonly founded: SignedIn }> {
  const bench = await authBench(more)
  const founded = await bench.auth.setUp({ body: { token: bench.setUpLinks.at(-1) ?? '', ...owner } }, bench.from('203.0.113.1'))
  return Object.assign(bench, { founded })
}

export function sessionOf({ session }: Pick<SignedIn, 'session'>): NewSession {
  if (!session) throw new Error('no session was opened')
  return session
}

export function tokenOf(signedIn: SignedIn): string {
  return sessionOf(signedIn).token
}

/** Base32 as an authenticator reads it. */
export function seedOf(secret: string): Buffer {
  const bits = [...secret].map((letter) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(letter).toString(2).padStart(5, '0')).join('')
  return Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)))
}
