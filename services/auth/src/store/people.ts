import type { Actor } from '@pe/contracts/actor.ts'
import type { Me } from '@pe/contracts/me.ts'
import { permissionsOf, type Role } from '@pe/contracts/permissions.ts'
import type { Instant } from '@pe/finance/time/instant.ts'
import { sql } from 'kysely'
import type { AuthSql } from '../auth-deps.ts'
import { emailKey } from '../sign-in/email-key.ts'

/** A person as one who signs in: with what is compared, and where they belong. */
export interface Person extends Actor {
  readonly email: string
  /** Null while no password was chosen. */
  readonly phc: string | null
  readonly secondFactor: boolean
}

/** Somebody who may sign in, by e-mail or id; null for everybody else, also those who were disabled. */
export async function findPerson(db: AuthSql, by: { readonly email: string } | { readonly id: string }): Promise<Person | null> {
  const row = await db
    .selectFrom('person')
    .innerJoin('membership', 'membership.person_id', 'person.id')
    .leftJoin('password', 'password.person_id', 'person.id')
    .select([
      'person.id as userId',
      'person.email',
      'person.time_zone as timeZone',
      'membership.organisation_id as organisationId',
      'password.phc',
      sql<boolean>`exists (select from authenticator where person_id = person.id and confirmed_at is not null)`.as('secondFactor'),
    ])
    .where('membership.disabled_at', 'is', null)
    .$if('email' in by, (query) => query.where('person.email_key', '=', emailKey('email' in by ? by.email : '')))
    .$if('id' in by, (query) => query.where('person.id', '=', 'id' in by ? by.id : ''))
    .orderBy('membership.joined_at')
    .executeTakeFirst()
  return row ?? null
}

export async function anybodyIsSetUp(db: AuthSql): Promise<boolean> {
  return (await db.selectFrom('person').select('id').limit(1).executeTakeFirst()) !== undefined
}

export interface NewPerson extends Actor {
  readonly email: string
  /** Of an invitation: the link was in a mail to it. */
  readonly emailVerified: boolean
  readonly name: string
  readonly role: Role
  readonly phc: string
}

/** A person with a password, who belongs to one organisation. */
export async function insertPerson(db: AuthSql, person: NewPerson, at: Instant): Promise<void> {
  const { userId, organisationId, email, emailVerified, name, timeZone, role, phc } = person
  await db
    .insertInto('person')
    .values({
      id: userId,
      email: email.trim(),
      email_key: emailKey(email),
      email_verified_at: emailVerified ? at : null,
      name: name.trim(),
      time_zone: timeZone,
      made_at: at,
    })
    .execute()
  await db.insertInto('membership').values({ organisation_id: organisationId, person_id: userId, role, joined_at: at }).execute()
  await db.insertInto('password').values({ person_id: userId, phc, changed_at: at }).execute()
}

/** A new password in place of the one that was. */
export async function setPassword(db: AuthSql, personId: string, phc: string, at: Instant): Promise<void> {
  await db
    .insertInto('password')
    .values({ person_id: personId, phc, changed_at: at })
    .onConflict((conflict) => conflict.column('person_id').doUpdateSet({ phc, changed_at: at }))
    .execute()
}

/** Mail has reached this person. */
export async function verifyEmailOf(db: AuthSql, personId: string, at: Instant): Promise<void> {
  await db.updateTable('person').set({ email_verified_at: at }).where('id', '=', personId).where('email_verified_at', 'is', null).execute()
}

/** What nobody should make a password of. */
export async function ownWordsOf(db: AuthSql, personId: string): Promise<string[]> {
  const row = await db
    .selectFrom('person')
    .innerJoin('membership', 'membership.person_id', 'person.id')
    .innerJoin('organisation', 'organisation.id', 'membership.organisation_id')
    .select(['person.email', 'person.name', 'organisation.name as organisation'])
    .where('person.id', '=', personId)
    .executeTakeFirst()
  return row ? [row.email, row.name, row.organisation] : []
}

/** A person as they see themselves. */
export async function readMe(db: AuthSql, { userId, organisationId }: Actor): Promise<Me> {
  const row = await db
    .selectFrom('person')
    .innerJoin('membership', 'membership.person_id', 'person.id')
    .innerJoin('organisation', 'organisation.id', 'membership.organisation_id')
    .select([
      'person.id',
      'person.email',
      sql<boolean>`person.email_verified_at is not null`.as('emailVerified'),
      'person.name',
      'person.time_zone as timeZone',
      'membership.role',
      'organisation.id as organisationId',
      'organisation.name as organisationName',
      sql<boolean>`exists (select from authenticator where person_id = person.id and confirmed_at is not null)`.as('secondFactor'),
      sql<number>`(select count(*)::int from recovery_code where person_id = person.id and used_at is null)`.as('recoveryCodesLeft'),
    ])
    .where('person.id', '=', userId)
    .where('membership.organisation_id', '=', organisationId)
    .executeTakeFirstOrThrow()
  const { organisationId: id, organisationName: name, ...me } = row
  return { ...me, permissions: [...permissionsOf[me.role]], organisation: { id, name } }
}
