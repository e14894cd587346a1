import type { ApiKey } from '@pe/contracts/organisation.ts'
import type { Permission, Role } from '@pe/contracts/permissions.ts'
import type { Instant } from '@pe/finance/time/instant.ts'
import { sql } from 'kysely'
import type { AuthSql } from '../auth-deps.ts'
import { keyPrefix } from '../identities/api-key-text.ts'
import { momentText } from './moment-text.ts'

export interface NewApiKey {
  readonly id: string
  readonly organisationId: string
  readonly madeBy: string
  readonly byHouse: boolean
  readonly name: string
  readonly scopes: readonly Permission[]
  readonly digest: string
  readonly madeAt: string
  readonly expiresAt: string | null
}

export async function insertApiKey(db: AuthSql, key: NewApiKey): Promise<void> {
  await db
    .insertInto('api_key')
    .values({
      id: key.id,
      organisation_id: key.organisationId,
      made_by: key.madeBy,
      by_house: key.byHouse,
      name: key.name,
      scopes: key.scopes,
      digest: key.digest,
      made_at: key.madeAt,
      expires_at: key.expiresAt,
    })
    .execute()
}

interface Choice {
  readonly id?: string | undefined
  readonly after?: readonly string[] | undefined
  readonly limit: number
  /** Revoked ones too. */
  readonly all?: boolean
}

/** Keys of an organisation in the order in which they were made. */
export async function readApiKeys(db: AuthSql, organisationId: string, { id, after, limit, all }: Choice): Promise<ApiKey[]> {
  const rows = await db
    .selectFrom('api_key')
    .select([
      'id',
      'name',
      'scopes',
      momentText('made_at').as('createdAt'),
      'made_by as createdBy',
      momentText<string | null>('expires_at').as('expiresAt'),
      momentText<string | null>('last_used_at').as('lastUsedAt'),
    ])
    .where('organisation_id', '=', organisationId)
    .$if(!all, (query) => query.where('revoked_at', 'is', null))
    .$if(id !== undefined, (query) => query.where('id', '=', id ?? ''))
    .$if(after !== undefined, (query) => query.where(sql<boolean>`(made_at, id) > (${after?.[0]}::timestamptz, ${after?.[1]}::uuid)`))
    .orderBy('made_at')
    .orderBy('id')
    .limit(limit)
    .execute()
  return rows.map((row) => ({ ...row, prefix: keyPrefix(row.id) }))
}

/** Revoked once and for all; the moment of the first time stays. */
export async function revoke(db: AuthSql, organisationId: string, id: string, at: string): Promise<void> {
  await db
    .updateTable('api_key')
    .set({ revoked_at: at })
    .where('organisation_id', '=', organisationId)
    .where('id', '=', id)
    .where('revoked_at', 'is', null)
    .execute()
}

/** A key as it is kept, with how its maker stands now and where it may be used from. */
export interface KnownKey {
  readonly id: string
  readonly digest: string
  readonly organisationId: string
  readonly madeBy: string
  readonly byHouse: boolean
  readonly scopes: readonly Permission[]
  readonly expiresAt: Instant | null
  readonly lastUsedAt: Instant | null
  readonly revokedAt: Instant | null
  readonly makerRole: Role | null
  readonly makerDisabledAt: Instant | null
  readonly timeZone: string | null
  readonly allowedAddresses: string[]
}

export async function findKey(db: AuthSql, id: string): Promise<KnownKey | undefined> {
  return await db
    .selectFrom('api_key')
    .innerJoin('organisation', 'organisation.id', 'api_key.organisation_id')
    .leftJoin('membership', (join) =>
      join.onRef('membership.organisation_id', '=', 'api_key.organisation_id').onRef('membership.person_id', '=', 'api_key.made_by'),
    )
    .leftJoin('person', 'person.id', 'api_key.made_by')
    .select([
      'api_key.id',
      'api_key.digest',
      'api_key.organisation_id as organisationId',
      'api_key.made_by as madeBy',
      'api_key.by_house as byHouse',
      'api_key.scopes',
      momentText<Instant | null>('api_key.expires_at').as('expiresAt'),
      momentText<Instant | null>('api_key.last_used_at').as('lastUsedAt'),
      momentText<Instant | null>('api_key.revoked_at').as('revokedAt'),
      'membership.role as makerRole',
      momentText<Instant | null>('membership.disabled_at').as('makerDisabledAt'),
      'person.time_zone as timeZone',
      'organisation.allowed_addresses as allowedAddresses',
    ])
    .where('api_key.id', '=', id)
    .executeTakeFirst()
}

/** Noted at most once a minute: where it was noted later than `before`, nothing is written. */
export async function noteUse(db: AuthSql, id: string, at: string, before: string): Promise<void> {
  await db
    .updateTable('api_key')
    .set({ last_used_at: at })
    .where('id', '=', id)
    .where((where) => where.or([where('last_used_at', 'is', null), where('last_used_at', '<=', before)]))
    .execute()
}
