import { sql } from 'kysely'
import type { CoreSql } from '../core-deps.ts'
import { instantText } from './as-wire.ts'
import type { StoredEntry } from './chain-reading.ts'

export interface StoredSeal {
  readonly keyFingerprint: string
  readonly besideSince: string
  readonly digest: string
}

/** Nothing before the first start with a version that keeps one. */
export async function readSeal(db: CoreSql): Promise<StoredSeal | undefined> {
  return await db
    .selectFrom('chain_seal')
    .select(['key_fingerprint as keyFingerprint', instantText('beside_since').as('besideSince'), 'digest'])
    .executeTakeFirst()
}

/** Once: the first one stays. */
export async function keepSeal(db: CoreSql, { keyFingerprint, besideSince, digest }: StoredSeal): Promise<void> {
  await db
    .insertInto('chain_seal')
    .values({ key_fingerprint: keyFingerprint, beside_since: besideSince, digest })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

/** With what the chains of some accounts begin. */
export async function firstEntries(db: CoreSql, some: number): Promise<StoredEntry[]> {
  const { rows } = await sql<StoredEntry>`
    select account_id as "accountId", number::int as number, entry.organisation_id as "organisationId", what, by_user as by, digest,
      to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as at
    from (select id from account where chain_length > 0 order by id limit ${some}) as begun
      join chain_entry as entry on entry.account_id = begun.id and number = 1`.execute(db)
  return rows
}
