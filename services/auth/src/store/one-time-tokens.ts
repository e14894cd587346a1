import type { Instant } from '@pe/finance/time/instant.ts'
import type { AuthSql } from '../auth-deps.ts'
import { digestOf, newToken } from '../sign-in/opaque-token.ts'
import { after } from '../sign-in/session-times.ts'
import type { TokenPurpose } from './tables.ts'

interface NewOneTimeToken {
  readonly purpose: TokenPurpose
  /** Of nobody yet when absent. */
  readonly personId?: string
  readonly now: Instant
  readonly goodForMilliseconds: number
}

/** A fresh token; those of the same purpose and person that were given before are good for nothing. */
export async function giveToken(db: AuthSql, { purpose, personId, now, goodForMilliseconds }: NewOneTimeToken): Promise<string> {
  const token = newToken()
  await dropTokens(db, purpose, personId)
  await db
    .insertInto('one_time_token')
    .values({
      digest: digestOf(token),
      purpose,
      person_id: personId ?? null,
      made_at: now,
      expires_at: after(now, goodForMilliseconds),
    })
    .execute()
  return token
}

export async function dropTokens(db: AuthSql, purpose: TokenPurpose, personId?: string): Promise<void> {
  await db
    .deleteFrom('one_time_token')
    .where('purpose', '=', purpose)
    .where('person_id', personId === undefined ? 'is' : '=', personId ?? null)
    .execute()
}

/** Tokens that were good for something once. */
export async function sweepTokens(db: AuthSql, now: Instant): Promise<void> {
  await db.deleteFrom('one_time_token').where('expires_at', '<', now).execute()
}

export interface GoodToken {
  readonly personId: string | null
}

/** A token that may still be spent. */
export async function findToken(db: AuthSql, purpose: TokenPurpose, token: string, now: Instant): Promise<GoodToken | null> {
  const row = await db
    .selectFrom('one_time_token')
    .select('person_id as personId')
    .where('digest', '=', digestOf(token))
    .where('purpose', '=', purpose)
    .where('spent_at', 'is', null)
    .where('expires_at', '>', now)
    .executeTakeFirst()
  return row ?? null
}

/** Spends it: of several at the same time one does. */
export async function spendToken(db: AuthSql, purpose: TokenPurpose, token: string, now: Instant): Promise<GoodToken | null> {
  const row = await db
    .updateTable('one_time_token')
    .set({ spent_at: now })
    .where('digest', '=', digestOf(token))
    .where('purpose', '=', purpose)
    .where('spent_at', 'is', null)
    .where('expires_at', '>', now)
    .returning('person_id as personId')
    .executeTakeFirst()
  return row ?? null
}
