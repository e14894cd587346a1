import type { Instant } from '@pe/finance/time/instant.ts'
import { envelope } from '@pe/platform/keys/envelope.ts'
import type { Keys } from '@pe/platform/keys/keys.ts'
import type { AuthSql } from '../auth-deps.ts'

export interface Authenticator {
  readonly id: string
  readonly seed: Buffer
}

/** Where a seed belongs: moved to another row it does not open. */
function contextOf(id: string, personId: string): string {
  return `auth|authenticator|${id}|${personId}`
}

/** One that is still to be confirmed, in place of another such. */
export async function insertAuthenticator(
  db: AuthSql,
  keys: Keys,
  { id, seed, personId, now }: Authenticator & { readonly personId: string; readonly now: Instant },
): Promise<void> {
  await db.deleteFrom('authenticator').where('person_id', '=', personId).where('confirmed_at', 'is', null).execute()
  const sealed = envelope(keys).seal(seed.toString('base64'), contextOf(id, personId))
  await db.insertInto('authenticator').values({ id, person_id: personId, sealed_seed: sealed, made_at: now }).execute()
}

/** The one in use, or the one to be confirmed; locked, so that two codes at the same time take turns. */
export async function lockAuthenticator(
  db: AuthSql,
  keys: Keys,
  personId: string,
  which: 'in-use' | 'to-confirm',
): Promise<Authenticator | null> {
  const row = await db
    .selectFrom('authenticator')
    .select(['id', 'sealed_seed'])
    .where('person_id', '=', personId)
    .where('confirmed_at', which === 'in-use' ? 'is not' : 'is', null)
    .forUpdate()
    .executeTakeFirst()
  if (!row) return null
  return { id: row.id, seed: Buffer.from(envelope(keys).open(row.sealed_seed, contextOf(row.id, personId)), 'base64') }
}

/** Takes a step as used; false where it, or a later one, was used before. */
export async function useStep(db: AuthSql, id: string, step: number): Promise<boolean> {
  const used = await db
    .updateTable('authenticator')
    .set({ last_step: step })
    .where('id', '=', id)
    .where('last_step', '<', step)
    .executeTakeFirst()
  return used.numUpdatedRows > 0n
}

/** From now on it is asked for; one that was in use is not any more. */
export async function confirm(db: AuthSql, id: string, personId: string, now: Instant): Promise<void> {
  await db.deleteFrom('authenticator').where('person_id', '=', personId).where('id', '!=', id).execute()
  await db.updateTable('authenticator').set({ confirmed_at: now }).where('id', '=', id).execute()
}

/** Whether there was one in use. */
export async function deleteAuthenticators(db: AuthSql, personId: string): Promise<boolean> {
  const gone = await db.deleteFrom('authenticator').where('person_id', '=', personId).returning('confirmed_at').execute()
  return gone.some(({ confirmed_at }) => confirmed_at !== null)
}
