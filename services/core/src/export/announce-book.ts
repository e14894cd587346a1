import type { PlainDate } from '@pe/finance/time/plain-date.ts'
import type { WriteTx } from '@pe/platform/db/database.ts'
import { sql } from 'kysely'
import type { CoreTables } from '../store/tables.ts'

type Tx = WriteTx<CoreTables>

/** Tells everybody of a book that was taken in: accounts, portfolios, taxonomies, and each ledger from its first day on, under its version. */
export async function announceBook(tx: Tx): Promise<void> {
  const { organisationId } = tx.actor
  const keyOf = (id: string): string => `${organisationId}:${id}`
  for (const accountId of await idsOf(tx, 'account')) await tx.announce('account-changed', keyOf(accountId), { accountId })
  for (const portfolioId of await idsOf(tx, 'portfolio')) await tx.announce('portfolio-changed', keyOf(portfolioId), { portfolioId })
  for (const taxonomyId of await idsOf(tx, 'taxonomy')) await tx.announce('taxonomy-changed', keyOf(taxonomyId), { taxonomyId })
  for (const { accountId, ...ledger } of await ledgers(tx))
    await tx.announce('transaction-recorded', keyOf(accountId), { accountId, ...ledger })
}

async function idsOf(tx: Tx, table: 'account' | 'portfolio' | 'taxonomy'): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select id from ${sql.table(table)} where organisation_id = ${tx.actor.organisationId}::uuid order by id`.execute(tx.sql)
  return rows.map(({ id }) => id)
}

async function ledgers(tx: Tx) {
  const { rows } = await sql<{ accountId: string; version: number; instrumentIds: string[]; effectiveFrom: PlainDate }>`
    select account.id as "accountId", account.book_version as version, min(date)::text as "effectiveFrom",
      coalesce(array_agg(distinct instrument_id::text) filter (where instrument_id is not null), '{}') as "instrumentIds"
    from transaction
      cross join lateral (select distinct taking.id from (values (account_id), (cash_account_id), (to_account_id)) as taking (id)) as part
      join account on account.id = part.id
    where transaction.organisation_id = ${tx.actor.organisationId}::uuid and state = 'posted'
    group by account.id order by account.id`.execute(tx.sql)
  return rows
}
