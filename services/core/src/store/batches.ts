import type { Actor } from '@pe/contracts/actor.ts'
import type { WriteTx } from '@pe/platform/db/database.ts'
import { sql } from 'kysely'
import type { CoreSql } from '../core-deps.ts'
import { sealAccounts } from './beside-rows.ts'
import type { CoreTables } from './tables.ts'

/** Accounts of a portfolio by what earlier imports called them. */
export async function accountsByKey(db: CoreSql, actor: Actor, portfolioId: string): Promise<Map<string, string>> {
  const rows = await db
    .selectFrom('account_key')
    .innerJoin('account', 'account.id', 'account_key.account_id')
    .select(['key', 'account_id as accountId'])
    .where('account_key.organisation_id', '=', actor.organisationId)
    .where('portfolio_id', '=', portfolioId)
    .where('removed_at', 'is', null)
    .execute()
  return new Map(rows.map(({ key, accountId }) => [key, accountId]))
}

/** Accounts of a portfolio by their names in lower case. */
export async function accountsByName(db: CoreSql, actor: Actor, portfolioId: string): Promise<Map<string, string>> {
  const rows = await db
    .selectFrom('portfolio_account')
    .innerJoin('account', 'account.id', 'portfolio_account.account_id')
    .select([sql<string>`lower(name)`.as('name'), 'account.id'])
    .where('account.organisation_id', '=', actor.organisationId)
    .where('portfolio_id', '=', portfolioId)
    .where('removed_at', 'is', null)
    .execute()
  return new Map(rows.map(({ name, id }) => [name, id]))
}

/** What our own export calls a transaction: `id:` and its id. */
const exported = /^id:([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/

/**
 * Of the keys of a file that are ids of transactions in these accounts, those whose transaction stands, as it was or corrected, added to the
 * keys that stand.
 */
export async function addExported(
  db: CoreSql,
  actor: Actor,
  accountIds: readonly string[],
  sourceKeys: Iterable<string>,
  standing: Map<string, Set<string>>,
): Promise<void> {
  const ids = Array.from(sourceKeys, (key) => exported.exec(key)?.[1]).filter((id) => id !== undefined)
  if (ids.length === 0 || accountIds.length === 0) return
  const rows = await db
    .selectFrom('transaction')
    .select(['id', 'account_id as accountId'])
    .where('organisation_id', '=', actor.organisationId)
    .where(sql<boolean>`id = any(${ids}::uuid[]) and account_id = any(${accountIds}::uuid[])`)
    .where(sql<boolean>`(state <> 'void' or replaced_by is not null)`)
    .execute()
  for (const { id, accountId } of rows) {
    const keys = standing.get(accountId) ?? new Set()
    standing.set(accountId, keys.add(`id:${id}`))
  }
}

/** Keys that stand in these accounts already, by account. */
export async function recordedKeys(db: CoreSql, actor: Actor, accountIds: readonly string[]): Promise<Map<string, Set<string>>> {
  if (accountIds.length === 0) return new Map()
  const { rows } = await sql<{ id: string; keys: string[] }>`
    select account_id as id, array_agg(source_key) as keys from transaction
    where organisation_id = ${actor.organisationId} and account_id = any(${accountIds}::uuid[])
      and source_key is not null and state <> 'void'
    group by account_id`.execute(db)
  return new Map(rows.map(({ id, keys }) => [id, new Set(keys)]))
}

/** Remembers what a file calls these accounts. */
export async function rememberKeys(
  db: CoreSql,
  actor: Actor,
  portfolioId: string,
  accounts: readonly { readonly key: string; readonly id: string }[],
): Promise<void> {
  await sql`
    insert into account_key (portfolio_id, key, account_id, organisation_id)
    select ${portfolioId}::uuid, named.key, named.id, ${actor.organisationId}::uuid
    from unnest(${accounts.map(({ key }) => key)}::text[], ${accounts.map(({ id }) => id)}::uuid[]) as named (key, id)
    on conflict (portfolio_id, key) do update set account_id = excluded.account_id`.execute(db)
}

export async function rememberBatch(db: CoreSql, actor: Actor, importId: string, at: string): Promise<void> {
  await db
    .insertInto('batch')
    .values({ import_id: importId, organisation_id: actor.organisationId, recorded_at: at, undone_at: null })
    .onConflict((conflict) => conflict.column('import_id').doUpdateSet({ recorded_at: at, undone_at: null }))
    .execute()
}

/** Whether a batch of this import was ever recorded, undone or not: undoing twice is safe. */
export async function batchStands(db: CoreSql, actor: Actor, importId: string): Promise<boolean> {
  const row = await db
    .selectFrom('batch')
    .select('import_id')
    .where('organisation_id', '=', actor.organisationId)
    .where('import_id', '=', importId)
    .forUpdate()
    .executeTakeFirst()
  return row !== undefined
}

export async function markBatchUndone(db: CoreSql, importId: string, at: string): Promise<void> {
  await db.updateTable('batch').set({ undone_at: at }).where('import_id', '=', importId).execute()
}

/** Accounts that transactions of an import take part in, and those it opened. */
export async function accountsOfImport(db: CoreSql, actor: Actor, importId: string): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select id from account
    where organisation_id = ${actor.organisationId} and removed_at is null and (
      opened_by_import = ${importId}
      or id in (
        select unnest(array[account_id, cash_account_id, to_account_id]) from transaction
        where import_id = ${importId} and state <> 'void'
      )
    )`.execute(db)
  return rows.map((row) => row.id)
}

/** Takes away the accounts an import opened that hold no transaction and that no person put into another portfolio. */
export async function removeUnusedAccounts(
  tx: WriteTx<CoreTables>,
  importId: string,
  at: string,
): Promise<{ accountIds: string[]; portfolioIds: string[] }> {
  const { sql: db, actor } = tx
  const { rows } = await sql<{ id: string }>`
    update account set removed_at = ${at}
    where organisation_id = ${actor.organisationId} and opened_by_import = ${importId} and removed_at is null
      and not exists (
        select from transaction
        where (account_id = account.id or cash_account_id = account.id or to_account_id = account.id) and state <> 'void'
      )
      and not exists (
        select from portfolio_account as member
        where member.account_id = account.id and member.added_by_import is distinct from ${importId}::uuid
          and not exists (select from portfolio as of_group where of_group.id = member.portfolio_id and of_group.type = 'group')
      )
    returning id`.execute(db)
  const accountIds = rows.map((row) => row.id)
  await sealAccounts(tx, at, 'account-removed', accountIds)
  await sql`delete from account_key where account_id = any(${accountIds}::uuid[])`.execute(db)
  const left = await sql<{ portfolio_id: string }>`
    delete from portfolio_account where account_id = any(${accountIds}::uuid[]) returning portfolio_id`.execute(db)
  return { accountIds, portfolioIds: [...new Set(left.rows.map((row) => row.portfolio_id))] }
}

/** Takes away the portfolio an import opened when it shows nothing any more; answers which. */
export async function removeEmptyPortfolio(db: CoreSql, actor: Actor, importId: string, at: string): Promise<string | null> {
  const { rows } = await sql<{ id: string }>`
    update portfolio set removed_at = ${at}
    where organisation_id = ${actor.organisationId} and opened_by_import = ${importId} and removed_at is null
      and not exists (select from portfolio_account where portfolio_id = portfolio.id)
    returning id`.execute(db)
  const removed = rows[0]?.id ?? null
  if (removed) await db.deleteFrom('portfolio_group_member').where('portfolio_id', '=', removed).execute()
  return removed
}
