import type { WriteTx } from '@pe/platform/db/database.ts'
import type { CoreSql } from '../core-deps.ts'
import { sealAccounts } from './beside-rows.ts'
import type { CoreTables } from './tables.ts'

/** Accounts whose chains do not tell of their own rows yet. */
export async function untoldAccounts(db: CoreSql): Promise<{ accountId: string; organisationId: string }[]> {
  return await db
    .selectFrom('account')
    .select(['id as accountId', 'organisation_id as organisationId'])
    .where('row_told', '=', false)
    .orderBy('id')
    .execute()
}

/** Lets the chain of an account from before chains told of that say how its own row stands; once, also of two servers that start. */
export async function sealStandingAccount(tx: WriteTx<CoreTables>, at: string, accountId: string): Promise<void> {
  const told = await tx.sql
    .updateTable('account')
    .set({ row_told: true })
    .where('id', '=', accountId)
    .where('row_told', '=', false)
    .returning('id')
    .execute()
  await sealAccounts(
    tx,
    at,
    'stands-beside',
    told.map(({ id }) => id),
  )
}
