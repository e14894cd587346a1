import type { Member } from '@pe/contracts/organisation.ts'
import type { Role } from '@pe/contracts/permissions.ts'
import { sql } from 'kysely'
import type { AuthSql } from '../auth-deps.ts'
import { momentText } from './moment-text.ts'

/** A member, and the place in the list by name. */
export interface MemberRow {
  readonly member: Member
  readonly place: readonly [name: string, id: string]
}

interface Choice {
  readonly personId?: string | undefined
  readonly after?: readonly string[] | undefined
  readonly limit: number
}

/** People of an organisation by name; what they did elsewhere is not seen here. */
export async function readMembers(db: AuthSql, organisationId: string, { personId, after, limit }: Choice): Promise<MemberRow[]> {
  const rows = await db
    .selectFrom('membership')
    .innerJoin('person', 'person.id', 'membership.person_id')
    .select([
      'person.id',
      'person.name',
      'person.email',
      'membership.role',
      momentText('membership.joined_at').as('joinedAt'),
      momentText<string | null>('membership.disabled_at').as('disabledAt'),
      sql<string>`lower(person.name)`.as('place'),
      sql<string | null>`(select max(${momentText('session.last_seen_at')}) from session
        where session.person_id = person.id and session.organisation_id = membership.organisation_id and not session.pending)`.as(
        'lastSeenAt',
      ),
      sql<boolean>`exists (select from authenticator where authenticator.person_id = person.id and confirmed_at is not null)`.as(
        'secondFactor',
      ),
    ])
    .where('membership.organisation_id', '=', organisationId)
    .$if(personId !== undefined, (query) => query.where('person.id', '=', personId ?? ''))
    .$if(after !== undefined, (query) => query.where(sql<boolean>`(lower(person.name), person.id) > (${after?.[0]}, ${after?.[1]}::uuid)`))
    .orderBy(sql`lower(person.name)`)
    .orderBy('person.id')
    .limit(limit)
    .execute()
  return rows.map(({ place, ...member }) => ({ member, place: [place, member.id] }))
}

/** Owners who can sign in, but for one person. */
export async function countOtherOwners(db: AuthSql, organisationId: string, personId: string): Promise<number> {
  const { owners } = await db
    .selectFrom('membership')
    .select(sql<number>`count(*)::int`.as('owners'))
    .where('organisation_id', '=', organisationId)
    .where('person_id', '<>', personId)
    .where('role', '=', 'owner')
    .where('disabled_at', 'is', null)
    .executeTakeFirstOrThrow()
  return owners
}

export async function updateMembership(
  db: AuthSql,
  organisationId: string,
  personId: string,
  change: { role: Role; disabledAt: string | null },
): Promise<void> {
  await db
    .updateTable('membership')
    .set({ role: change.role, disabled_at: change.disabledAt })
    .where('organisation_id', '=', organisationId)
    .where('person_id', '=', personId)
    .execute()
}

/** Ends whatever somebody has open in an organisation. */
export async function endSessionsOf(db: AuthSql, organisationId: string, personId: string, at: string): Promise<void> {
  await db
    .updateTable('session')
    .set({ ended_at: at })
    .where('organisation_id', '=', organisationId)
    .where('person_id', '=', personId)
    .where('ended_at', 'is', null)
    .execute()
}

export async function isMember(db: AuthSql, organisationId: string, emailKey: string): Promise<boolean> {
  const found = await db
    .selectFrom('membership')
    .innerJoin('person', 'person.id', 'membership.person_id')
    .select('person.id')
    .where('membership.organisation_id', '=', organisationId)
    .where('person.email_key', '=', emailKey)
    .executeTakeFirst()
  return found !== undefined
}
