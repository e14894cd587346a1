import { type Call, localOwner } from '@pe/contracts/actor.ts'
import { permissionsOf, type Role } from '@pe/contracts/permissions.ts'
import { digestOf, newToken } from '../src/sign-in/opaque-token.ts'
import type { PasswordHasher } from '../src/sign-in/password-hasher.ts'
import { absoluteMilliseconds, after, stepUpMilliseconds } from '../src/sign-in/session-times.ts'
import { insertPerson } from '../src/store/people.ts'
import { insertSession } from '../src/store/sessions.ts'
import type { AuthBench } from './auth-bench.ts'

/** Somebody of an organisation who signed in moments ago. */
export interface SomePerson {
  readonly id: string
  readonly email: string
  /** Of their session. */
  readonly token: string
  /** As the door passes on what they ask. */
  readonly call: Call
}

export const from = { address: '203.0.113.7', userAgent: 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0' }

/** Says no more of a password than it has to: for tests that are about something else. */
export const quickHasher: PasswordHasher = {
  hash: async (password) => `quick ${digestOf(password)}`,
  verify: async (password, phc) => phc === `quick ${digestOf(password)}`,
}

let made = 0

export async function somePerson(
  { deps, clock, callAs }: AuthBench,
  role: Role,
  organisationId: string = localOwner.organisationId,
): Promise<SomePerson> {
  const now = clock.now()
  made += 1
  const email = `${role}-${made}@example.org`
  const actor = { organisationId, userId: deps.ids.next(), timeZone: 'Europe/Berlin' }
  const db = deps.db.sql
  await insertPerson(db, { ...actor, email, emailVerified: true, name: `${role} ${made}`, role, phc: 'none' }, now)
  const [sessionId, token] = [deps.ids.next(), newToken()]
  await insertSession(db, {
    ...actor,
    id: sessionId,
    digest: digestOf(token),
    pending: false,
    openedAt: now,
    expiresAt: after(now, absoluteMilliseconds),
    steppedUpUntil: after(now, stepUpMilliseconds),
    address: from.address,
    device: 'Firefox on Linux',
  })
  const call: Call = { ...callAs(actor), by: 'session', credentialId: sessionId, permissions: permissionsOf[role], steppedUp: true, from }
  return { id: actor.userId, email, token, call }
}

/** An organisation beside the one that stands from the start. */
export async function anotherOrganisation({ deps, clock }: AuthBench): Promise<string> {
  const id = deps.ids.next()
  await deps.db.sql.insertInto('organisation').values({ id, name: 'Another house', made_at: clock.now() }).execute()
  return id
}

/** The house's own commands. */
export function operatorOf({ callAs }: AuthBench): Call {
  return {
    ...callAs({}),
    by: 'operator',
    permissions: permissionsOf.owner,
    steppedUp: true,
    from: { address: '127.0.0.1', userAgent: 'pe' },
  }
}

/** The token of the last link that was mailed to an address. */
export async function mailedToken(bench: AuthBench, email: string): Promise<string> {
  await bench.runJobs()
  const mail = bench.deps.mail.sent.findLast(({ to }) => to === email)
  const [, token] = /\?token=([\w-]+)/.exec(mail?.text ?? '') ?? []
  if (!token) throw new Error(`no link was mailed to ${email}`)
  return token
}

/** What was put into the audit log: who, what, of what. */
export async function auditOf({ deps }: AuthBench, action: string): Promise<{ organisation: string; user: string; subject: string }[]> {
  const { rows } = await deps.db.pool.query<{ organisation: string; user: string; subject: string }>(
    'select organisation_id as organisation, user_id as user, subject from audit where action = $1 order by seq',
    [action],
  )
  return rows
}

/** All rows of these tables, as text: the same before and after what was refused. */
export async function rowsOf({ deps }: AuthBench, ...tables: string[]): Promise<string> {
  const all: unknown[] = []
  for (const table of tables) {
    const { rows } = await deps.db.pool.query(`select to_jsonb(t) as row from ${table} t order by to_jsonb(t)::text`)
    all.push(rows)
  }
  return JSON.stringify(all)
}
