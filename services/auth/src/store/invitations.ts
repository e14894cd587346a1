import type { Invitation } from '@pe/contracts/organisation.ts'
import type { Role } from '@pe/contracts/permissions.ts'
import { sql } from 'kysely'
import type { AuthSql } from '../auth-deps.ts'
import { momentText } from './moment-text.ts'

export interface NewInvitation {
  readonly id: string
  readonly organisationId: string
  readonly email: string
  readonly emailKey: string
  readonly role: Role
  readonly invitedAt: string
  readonly invitedBy: string
  readonly byHouse: boolean
  readonly expiresAt: string
}

export async function insertInvitation(db: AuthSql, one: NewInvitation): Promise<Invitation> {
  await db
    .insertInto('invitation')
    .values({
      id: one.id,
      organisation_id: one.organisationId,
      email: one.email,
      email_key: one.emailKey,
      role: one.role,
      invited_at: one.invitedAt,
      invited_by: one.invitedBy,
      by_house: one.byHouse,
      expires_at: one.expiresAt,
    })
    .execute()
  const { id, email, role, invitedAt, invitedBy, expiresAt } = one
  return { id, email, role, invitedAt, invitedBy, expiresAt }
}

interface Choice {
  readonly after?: readonly string[] | undefined
  readonly limit: number
}

/** Those that nobody has answered, the oldest first. */
export async function readInvitations(db: AuthSql, organisationId: string, { after, limit }: Choice): Promise<Invitation[]> {
  return await db
    .selectFrom('invitation')
    .select([
      'id',
      'email',
      'role',
      momentText('invited_at').as('invitedAt'),
      'invited_by as invitedBy',
      momentText('expires_at').as('expiresAt'),
    ])
    .where('organisation_id', '=', organisationId)
    .where('accepted_at', 'is', null)
    .where('withdrawn_at', 'is', null)
    .$if(after !== undefined, (query) => query.where(sql<boolean>`(invited_at, id) > (${after?.[0]}::timestamptz, ${after?.[1]}::uuid)`))
    .orderBy('invited_at')
    .orderBy('id')
    .limit(limit)
    .execute()
}

/** How many were sent since a moment. */
export async function countInvitations(db: AuthSql, organisationId: string, since: string): Promise<number> {
  const { sent } = await db
    .selectFrom('invitation')
    .select(sql<number>`count(*)::int`.as('sent'))
    .where('organisation_id', '=', organisationId)
    .where('invited_at', '>', since)
    .executeTakeFirstOrThrow()
  return sent
}

/** Makes the open invitation of that id, or to that address, good for nothing. Answers whether there was one. */
export async function withdrawOpen(
  db: AuthSql,
  organisationId: string,
  which: { readonly id: string } | { readonly emailKey: string },
  at: string,
): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('invitation')
    .set({ withdrawn_at: at })
    .where('organisation_id', '=', organisationId)
    .where('accepted_at', 'is', null)
    .where('withdrawn_at', 'is', null)
    .where((where) => ('id' in which ? where('id', '=', which.id) : where('email_key', '=', which.emailKey)))
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

/** An invitation that is still good, with how whoever sent it stands now: null for who is no active member. */
export interface OpenInvitation {
  readonly id: string
  readonly organisationId: string
  readonly email: string
  readonly emailKey: string
  readonly role: Role
  readonly byHouse: boolean
  readonly inviterRole: Role | null
}

export async function findOpen(db: AuthSql, digest: string, now: string): Promise<OpenInvitation | undefined> {
  return await db
    .selectFrom('invitation')
    .leftJoin('membership', (join) =>
      join
        .onRef('membership.organisation_id', '=', 'invitation.organisation_id')
        .onRef('membership.person_id', '=', 'invitation.invited_by')
        .on('membership.disabled_at', 'is', null),
    )
    .select([
      'invitation.id',
      'invitation.organisation_id as organisationId',
      'invitation.email',
      'invitation.email_key as emailKey',
      'invitation.role',
      'invitation.by_house as byHouse',
      'membership.role as inviterRole',
    ])
    .where('invitation.digest', '=', digest)
    .where('invitation.accepted_at', 'is', null)
    .where('invitation.withdrawn_at', 'is', null)
    .where('invitation.expires_at', '>', now)
    .executeTakeFirst()
}

/** What an open invitation's mail tells; the link that was mailed before is good for nothing from now on. */
export async function giveLink(
  db: AuthSql,
  id: string,
  digest: string,
): Promise<{ email: string; role: Role; expiresAt: string; organisation: string } | undefined> {
  return await db
    .updateTable('invitation')
    .from('organisation')
    .set({ digest })
    .whereRef('organisation.id', '=', 'invitation.organisation_id')
    .where('invitation.id', '=', id)
    .where('accepted_at', 'is', null)
    .where('withdrawn_at', 'is', null)
    .returning([
      'invitation.email',
      'invitation.role',
      momentText('invitation.expires_at').as('expiresAt'),
      'organisation.name as organisation',
    ])
    .executeTakeFirst()
}

/** Uses an invitation up: of two at once only one does. */
export async function useUp(db: AuthSql, id: string, at: string): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('invitation')
    .set({ accepted_at: at })
    .where('id', '=', id)
    .where('accepted_at', 'is', null)
    .where('withdrawn_at', 'is', null)
    .executeTakeFirst()
  return numUpdatedRows > 0n
}
