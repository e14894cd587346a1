import type { Role } from '@pe/contracts/permissions.ts'
import type { Instant } from '@pe/finance/time/instant.ts'
import type { AuthSql } from '../auth-deps.ts'
import { momentText } from './moment-text.ts'

/** A session as it is kept, with how its person stands in the organisation now and where that may be reached from. */
export interface KnownSession {
  readonly id: string
  readonly digest: string
  readonly organisationId: string
  readonly personId: string
  readonly pending: boolean
  readonly openedAt: Instant
  readonly lastSeenAt: Instant
  readonly expiresAt: Instant
  readonly steppedUpUntil: Instant | null
  readonly endedAt: Instant | null
  readonly role: Role | null
  readonly disabledAt: Instant | null
  readonly timeZone: string
  readonly allowedAddresses: string[]
}

export async function sessionOfToken(db: AuthSql, digest: string): Promise<KnownSession | undefined> {
  return await db
    .selectFrom('session')
    .innerJoin('person', 'person.id', 'session.person_id')
    .innerJoin('organisation', 'organisation.id', 'session.organisation_id')
    .leftJoin('membership', (join) =>
      join.onRef('membership.organisation_id', '=', 'session.organisation_id').onRef('membership.person_id', '=', 'session.person_id'),
    )
    .select([
      'session.id',
      'session.digest',
      'session.organisation_id as organisationId',
      'session.person_id as personId',
      'session.pending',
      momentText<Instant>('session.opened_at').as('openedAt'),
      momentText<Instant>('session.last_seen_at').as('lastSeenAt'),
      momentText<Instant>('session.expires_at').as('expiresAt'),
      momentText<Instant | null>('session.stepped_up_until').as('steppedUpUntil'),
      momentText<Instant | null>('session.ended_at').as('endedAt'),
      'membership.role',
      momentText<Instant | null>('membership.disabled_at').as('disabledAt'),
      'person.time_zone as timeZone',
      'organisation.allowed_addresses as allowedAddresses',
    ])
    .where('session.digest', '=', digest)
    .executeTakeFirst()
}

/** Noted at most once a minute: where it was noted later than `before`, nothing is written. */
export async function noteSeen(db: AuthSql, sessionId: string, at: string, before: string): Promise<void> {
  await db.updateTable('session').set({ last_seen_at: at }).where('id', '=', sessionId).where('last_seen_at', '<=', before).execute()
}
