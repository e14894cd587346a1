import type { Actor } from '@pe/contracts/actor.ts'
import type { Session } from '@pe/contracts/me.ts'
import type { Instant } from '@pe/finance/time/instant.ts'
import { type SelectQueryBuilder, sql } from 'kysely'
import type { AuthSql } from '../auth-deps.ts'
import { after, idleSince } from '../sign-in/session-times.ts'
import { momentText } from './moment-text.ts'
import type { AuthTables } from './tables.ts'

/** Sessions that are good for something at this moment. */
export function liveSessions(db: AuthSql, now: Instant): SelectQueryBuilder<AuthTables, 'session', object> {
  return db
    .selectFrom('session')
    .where('session.ended_at', 'is', null)
    .where('session.expires_at', '>', now)
    .where('session.last_seen_at', '>', idleSince(now))
}

export interface NewSessionRow extends Actor {
  readonly id: string
  readonly digest: string
  readonly pending: boolean
  readonly openedAt: Instant
  readonly expiresAt: Instant
  readonly steppedUpUntil: Instant | null
  readonly address: string
  readonly device: string
}

export async function insertSession(db: AuthSql, session: NewSessionRow): Promise<void> {
  await db
    .insertInto('session')
    .values({
      id: session.id,
      digest: session.digest,
      person_id: session.userId,
      organisation_id: session.organisationId,
      pending: session.pending,
      opened_at: session.openedAt,
      last_seen_at: session.openedAt,
      expires_at: session.expiresAt,
      stepped_up_until: session.steppedUpUntil,
      address: session.address,
      device: session.device,
    })
    .execute()
}

/** The session of somebody who may sign in still. */
export interface StandingSession extends Actor {
  readonly id: string
  readonly email: string
  readonly pending: boolean
  readonly steppedUpUntil: Instant | null
}

export async function findSession(db: AuthSql, sessionId: string, personId: string, now: Instant): Promise<StandingSession | null> {
  const row = await liveSessions(db, now)
    .innerJoin('person', 'person.id', 'session.person_id')
    .innerJoin('membership', (join) =>
      join.onRef('membership.person_id', '=', 'session.person_id').onRef('membership.organisation_id', '=', 'session.organisation_id'),
    )
    .select([
      'session.id',
      'session.person_id as userId',
      'session.organisation_id as organisationId',
      'person.time_zone as timeZone',
      'person.email',
      'session.pending',
      momentText<Instant | null>('session.stepped_up_until').as('steppedUpUntil'),
    ])
    .where('session.id', '=', sessionId)
    .where('session.person_id', '=', personId)
    .where('membership.disabled_at', 'is', null)
    .executeTakeFirst()
  return row ?? null
}

export async function listSessionsOf(db: AuthSql, personId: string, current: string, now: Instant): Promise<Session[]> {
  return await liveSessions(db, now)
    .select([
      'session.id',
      sql<boolean>`session.id = ${current}::uuid`.as('current'),
      momentText('session.opened_at').as('openedAt'),
      momentText('session.last_seen_at').as('lastSeenAt'),
      momentText('session.expires_at').as('expiresAt'),
      'session.address',
      'session.device',
    ])
    .where('session.person_id', '=', personId)
    .where('session.pending', '=', false)
    .orderBy('session.last_seen_at', 'desc')
    .orderBy('session.id')
    .execute()
}

/** Ends sessions of a person: one of them, all but one, or all. Answers how many were good until now. */
export async function endSessions(
  db: AuthSql,
  personId: string,
  which: { readonly only?: string; readonly but?: string },
  now: Instant,
): Promise<number> {
  const live = liveSessions(db, now).select('session.id').where('session.person_id', '=', personId)
  const ended = await db
    .updateTable('session')
    .set({ ended_at: now })
    .where('id', 'in', live)
    .$if(which.only !== undefined, (query) => query.where('id', '=', which.only ?? ''))
    .$if(which.but !== undefined, (query) => query.where('id', '!=', which.but ?? ''))
    .executeTakeFirst()
  return Number(ended.numUpdatedRows)
}

/** Ends one, whoever's it is. */
export async function endOne(db: AuthSql, sessionId: string, now: Instant): Promise<void> {
  await db.updateTable('session').set({ ended_at: now }).where('id', '=', sessionId).where('ended_at', 'is', null).execute()
}

export async function stepUpSession(db: AuthSql, sessionId: string, until: Instant): Promise<void> {
  await db.updateTable('session').set({ stepped_up_until: until }).where('id', '=', sessionId).execute()
}

/** A person who came from here with such a device before, as far as sessions are remembered. */
export async function isKnownDevice(
  db: AuthSql,
  { userId, address, device, id }: Pick<NewSessionRow, 'userId' | 'address' | 'device' | 'id'>,
): Promise<boolean> {
  const before = await db
    .selectFrom('session')
    .select('id')
    .where('person_id', '=', userId)
    .where('pending', '=', false)
    .where('address', '=', address)
    .where('device', '=', device)
    .where('id', '!=', id)
    .limit(1)
    .executeTakeFirst()
  return before !== undefined
}

/** Sessions that ended long ago: until then they tell which devices a person has. */
const daysRemembered = 180

export async function forgetOldSessions(db: AuthSql, personId: string, now: Instant): Promise<void> {
  const longAgo = after(now, -daysRemembered * 86_400_000)
  await db.deleteFrom('session').where('person_id', '=', personId).where('last_seen_at', '<', longAgo).execute()
}
