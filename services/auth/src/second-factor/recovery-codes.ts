import { randomBytes } from 'node:crypto'
import type { Instant } from '@pe/finance/time/instant.ts'
import { type Keys, keyedDigest } from '@pe/platform/keys/keys.ts'
import type { AuthSql } from '../auth-deps.ts'
import { base32 } from './base32.ts'

const howMany = 10

/** 80 bits of chance in four groups that can be written down: 'ABCD-EFGH-IJKL-MNOP'. */
function newCode(): string {
  return (base32(randomBytes(10)).match(/.{4}/g) ?? []).join('-')
}

/** As it is kept: a digest under a key that is not in the database. Case, spaces and dashes make no difference. */
function digestOfCode(keys: Keys, code: string): string {
  return keyedDigest(keys.of('auth-recovery-codes'), code.toUpperCase().replaceAll(/[\s-]+/g, ''))
}

/** Ten codes in place of those that were; shown now and never again. */
export async function renewCodes(db: AuthSql, keys: Keys, personId: string, now: Instant): Promise<string[]> {
  const codes = Array.from({ length: howMany }, newCode)
  await dropCodes(db, personId)
  await db
    .insertInto('recovery_code')
    .values(codes.map((code) => ({ person_id: personId, digest: digestOfCode(keys, code), made_at: now })))
    .execute()
  return codes
}

export async function dropCodes(db: AuthSql, personId: string): Promise<void> {
  await db.deleteFrom('recovery_code').where('person_id', '=', personId).execute()
}

/** Whether it was one of the person's, and unused until now. */
export async function spendCode(db: AuthSql, keys: Keys, personId: string, code: string, now: Instant): Promise<boolean> {
  const spent = await db
    .updateTable('recovery_code')
    .set({ used_at: now })
    .where('person_id', '=', personId)
    .where('digest', '=', digestOfCode(keys, code))
    .where('used_at', 'is', null)
    .executeTakeFirst()
  return spent.numUpdatedRows > 0n
}
