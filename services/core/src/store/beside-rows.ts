import type { WriteTx } from '@pe/platform/db/database.ts'
import { type RawBuilder, sql } from 'kysely'
import { actText, type BesideActName, type BesideRows, type BesideTable, besideKeys, besideTables, type RowText } from '../chain/acts.ts'
import type { CoreSql } from '../core-deps.ts'
import { appendToChains } from './chain.ts'
import { asObject, textColumns } from './journal-text.ts'
import type { CoreTables } from './tables.ts'

type Tx = WriteTx<CoreTables>

/** By which a row of these tables is known: 'id', or several with a slash between them. */
export function besideKey(table: BesideTable, row: RowText): string {
  return besideKeys[table].map((column) => row[column] ?? '').join('/')
}

/** Rows of a table beside the journal as text; all of them without a condition. */
export async function besideRows(db: CoreSql, table: BesideTable, where: RawBuilder<unknown> = sql`true`): Promise<RowText[]> {
  const { rows } = await sql<{ row: RowText }>`
    select ${asObject(await textColumns(db, table))} as row from ${sql.table(table)} where ${where}
    order by ${sql.join(besideKeys[table].map((column) => sql.ref(`${table}.${column}`)))}`.execute(db)
  return rows.map(({ row }) => row)
}

/** Says in the chains of all accounts that take part in an applied action, with units or with cash, how it and their choices stand now. */
export async function sealApplication(tx: Tx, at: string, act: BesideActName, applicationId: string): Promise<void> {
  const application = await besideRows(tx.sql, 'action_application', sql`id = ${applicationId}::uuid`)
  const choices = await besideRows(tx.sql, 'action_application_account', sql`application_id = ${applicationId}::uuid`)
  const parties = new Set(choices.flatMap(partiesOf))
  await append(tx, at, act, parties, (accountId) => ({
    action_application: application,
    action_application_account: choices.filter((choice) => partiesOf(choice).includes(accountId)),
  }))
}

/** Says in the chains of these accounts how one row stands now. */
export async function sealRow(
  tx: Tx,
  at: string,
  act: BesideActName,
  { table, id, accountIds }: { readonly table: BesideTable; readonly id: string; readonly accountIds: Iterable<string> },
): Promise<void> {
  const rows: BesideRows = { [table]: await besideRows(tx.sql, table, sql`id = ${id}::uuid`) }
  await append(tx, at, act, accountIds, () => rows)
}

/** Says in the chains of these accounts what stands beside their journals, where anything does: for chains that did not tell of it before. */
export async function sealWhatStands(tx: Tx, at: string, accountIds: readonly string[]): Promise<void> {
  const standing = new Map<string, Partial<Record<BesideTable, RowText[]>>>()
  for (const { table, accountId, row } of await concerned(tx.sql, accountIds)) {
    const own = standing.get(accountId) ?? {}
    standing.set(accountId, own)
    own[table] = [...(own[table] ?? []), row]
  }
  const told = accountIds.filter((id) => standing.has(id))
  await append(tx, at, 'stands-beside', told, (accountId) => standing.get(accountId) ?? {})
}

/** Says in the chains of these accounts how their own rows stand now. */
export async function sealAccounts(tx: Tx, at: string, act: BesideActName, accountIds: readonly string[]): Promise<void> {
  if (accountIds.length === 0) return
  const rows = await besideRows(tx.sql, 'account', sql`id = any(${accountIds}::uuid[])`)
  const own = Map.groupBy(rows, ({ id }) => id)
  await append(tx, at, act, accountIds, (accountId) => ({ account: own.get(accountId) ?? [] }))
}

async function append(tx: Tx, at: string, act: BesideActName, accountIds: Iterable<string>, rowsOf: (accountId: string) => BesideRows) {
  const inOrder = [...new Set(accountIds)].sort()
  await appendToChains(
    tx,
    at,
    inOrder.map((accountId) => ({ accountId, what: actText({ act, rows: rowsOf(accountId) }) })),
  )
}

/** Accounts of which something stands beside the journal. */
export async function accountsWithBeside(db: CoreSql): Promise<{ accountId: string; organisationId: string }[]> {
  const { rows } = await sql<{ accountId: string; organisationId: string }>`
    select id as "accountId", organisation_id as "organisationId" from account
    where id in (select account_id from action_application_account union select cash_account_id from action_application_account
        union select account_id from balance_assertion union select account_id from period_lock)
      or exists (select from period_lock where period_lock.organisation_id = account.organisation_id and account_id is null)
    order by id`.execute(db)
  return rows
}

/** What stands beside the journals of these accounts. */
async function concerned(db: CoreSql, accountIds: readonly string[]): Promise<{ table: BesideTable; accountId: string; row: RowText }[]> {
  const ids = sql`${accountIds}::uuid[]`
  const accounts: Record<Exclude<BesideTable, 'account'>, RawBuilder<unknown>> = {
    action_application: sql`
      select own.id from action_application_account as choice, unnest(array[choice.account_id, choice.cash_account_id]) as own (id)
      where choice.application_id = action_application.id and own.id = any(${ids}) group by own.id`,
    action_application_account: sql`select own.id from unnest(array[account_id, cash_account_id]) as own (id) where own.id = any(${ids}) group by own.id`,
    balance_assertion: sql`select account_id as id where account_id = any(${ids})`,
    period_lock: sql`
      select account.id from account where account.id = any(${ids})
        and (account.id = period_lock.account_id or period_lock.account_id is null and account.organisation_id = period_lock.organisation_id)`,
    period_override: sql`
      select account.id from account join period_lock on period_lock.id = lock_id where account.id = any(${ids})
        and (account.id = period_lock.account_id or period_lock.account_id is null and account.organisation_id = period_lock.organisation_id)`,
  }
  const found = []
  for (const table of besideTables) {
    if (table === 'account') continue // told by itself: account-rows.ts
    const { rows } = await sql<{ accountId: string; row: RowText }>`
      select concerned.account as "accountId", ${asObject(await textColumns(db, table))} as row
      from ${sql.table(table)} cross join lateral (${accounts[table]}) as concerned (account)
      order by ${sql.join(besideKeys[table].map((column) => sql.ref(`${table}.${column}`)))}`.execute(db)
    found.push(...rows.map((row) => ({ table, ...row })))
  }
  return found
}

/** The accounts of a choice of an applied action. */
export function partiesOf({ account_id: units, cash_account_id: cash }: RowText): string[] {
  return [units, cash].filter((id) => id !== undefined)
}
