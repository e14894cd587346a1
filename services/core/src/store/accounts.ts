import type { Account, NewAccount } from '@pe/contracts/accounts.ts'
import type { Actor } from '@pe/contracts/actor.ts'
import type { PlainDate } from '@pe/finance/time/plain-date.ts'
import type { WriteTx } from '@pe/platform/db/database.ts'
import { Refused } from '@pe/platform/http/refused.ts'
import { sql } from 'kysely'
import type { CoreSql } from '../core-deps.ts'
import { instantText } from './as-wire.ts'
import { sealAccounts } from './beside-rows.ts'
import { rememberEnds } from './chain.ts'
import type { CoreTables } from './tables.ts'
import { touching } from './touching.ts'

/** An account as rules need it. */
export interface AccountBook {
  readonly id: string
  readonly name: string
  readonly currency: string
  readonly openedOn: PlainDate | null
  readonly allowsShort: boolean
  readonly archivedOn: PlainDate | null
  readonly version: number
  /** Of its ledger. */
  readonly bookVersion: number
}

/** What an account says of itself, with the number of its transactions that are not void. */
export async function readAccounts(
  db: CoreSql,
  actor: Actor,
  choice: { ids?: readonly string[]; portfolioId?: string | undefined; after?: readonly string[] | undefined; limit?: number },
): Promise<Account[]> {
  const { ids, portfolioId, after, limit } = choice
  return await db
    .selectFrom('account')
    .select((row) => [
      'id',
      'name',
      'currency',
      sql<PlainDate | null>`opened_on::text`.as('openedOn'),
      'allows_short as allowsShort',
      'note',
      sql<PlainDate | null>`archived_on::text`.as('archivedOn'),
      row
        .selectFrom('transaction')
        .select(sql<number>`count(*)::int`.as('count'))
        .where(touching(sql`(account.id)`))
        .where('state', '=', 'posted')
        .as('transactionCount'),
      instantText('created_at').as('createdAt'),
      'version',
    ])
    .where('organisation_id', '=', actor.organisationId)
    .where('removed_at', 'is', null)
    .$if(ids !== undefined, (query) => query.where('id', 'in', listOf(ids ?? [])))
    .$if(portfolioId !== undefined, (query) =>
      query.where('id', 'in', (inner) =>
        inner
          .selectFrom('portfolio_account')
          .select('account_id')
          .where('portfolio_id', '=', portfolioId ?? ''),
      ),
    )
    .$if(after !== undefined, (query) => query.where(sql<boolean>`(lower(name), id) > (${after?.[0]}, ${after?.[1]}::uuid)`))
    .orderBy(sql`lower(name)`)
    .orderBy('id')
    .limit(limit ?? 1_000_000)
    .$castTo<Account>()
    .execute()
}

export async function readAccount(db: CoreSql, actor: Actor, accountId: string): Promise<Account> {
  const [account] = await readAccounts(db, actor, { ids: [accountId] })
  if (!account) throw new Refused('not_found', 'there is no such account')
  return account
}

/** The books of these accounts, locked against other writers in the order of their ids, so that no two wait for each other. */
export async function lockBooks(db: CoreSql, actor: Actor, accountIds: Iterable<string>): Promise<Map<string, AccountBook>> {
  return await booksOf(db, actor, accountIds, true)
}

export async function booksOf(db: CoreSql, actor: Actor, accountIds: Iterable<string>, lock = false): Promise<Map<string, AccountBook>> {
  const ids = [...new Set(accountIds)]
  const books = await readBooks(db, actor, ids, lock ? 'lock' : 'read')
  const missing = ids.find((id) => !books.has(id))
  if (missing) throw new Refused('not_found', `there is no account ${missing}`)
  return books
}

/** Of these books those that nobody else has locked, locked. */
export async function lockFreeBooks(db: CoreSql, actor: Actor, accountIds: Iterable<string>): Promise<Map<string, AccountBook>> {
  return await readBooks(db, actor, [...new Set(accountIds)], 'lock-free')
}

async function readBooks(db: CoreSql, actor: Actor, ids: readonly string[], how: 'read' | 'lock' | 'lock-free') {
  const rows = await db
    .selectFrom('account')
    .select([
      'id',
      'name',
      'currency',
      sql<PlainDate | null>`opened_on::text`.as('openedOn'),
      'allows_short as allowsShort',
      sql<PlainDate | null>`archived_on::text`.as('archivedOn'),
      'version',
      sql<number>`book_version::int`.as('bookVersion'),
      sql<string | null>`chain_length::text`.as('chainLength'),
      'chain_head as chainHead',
    ])
    .where('organisation_id', '=', actor.organisationId)
    .where('removed_at', 'is', null)
    .where('id', 'in', listOf(ids))
    .orderBy('id')
    .$if(how !== 'read', (query) => query.forUpdate())
    .$if(how === 'lock-free', (query) => query.skipLocked())
    .execute()
  if (how !== 'read') rememberEnds(db, rows)
  return new Map(rows.map((row) => [row.id, row]))
}

export interface AccountRow extends NewAccount {
  readonly id: string
  readonly createdAt: string
  readonly importId?: string
}

/** Opens accounts: the chain of each begins with what it is. */
export async function insertAccounts(tx: WriteTx<CoreTables>, accounts: readonly AccountRow[]): Promise<void> {
  const [first] = accounts
  if (!first) return
  await tx.sql
    .insertInto('account')
    .values(
      accounts.map((account) => ({
        id: account.id,
        organisation_id: tx.actor.organisationId,
        name: account.name,
        currency: account.currency,
        opened_on: account.openedOn ?? null,
        allows_short: account.allowsShort ?? false,
        note: account.note ?? '',
        created_at: account.createdAt,
        opened_by_import: account.importId ?? null,
        removed_at: null,
      })),
    )
    .execute()
  const ids = accounts.map(({ id }) => id)
  rememberEnds(
    tx.sql,
    ids.map((id) => ({ id, chainLength: '0', chainHead: null })),
  )
  await sealAccounts(tx, first.createdAt, 'account-opened', ids)
}

/** The names that accounts of the organisation have, in lower case. */
export async function takenAccountNames(db: CoreSql, actor: Actor): Promise<Set<string>> {
  const rows = await db
    .selectFrom('account')
    .select(sql<string>`lower(name)`.as('name'))
    .where('organisation_id', '=', actor.organisationId)
    .where('removed_at', 'is', null)
    .execute()
  return new Set(rows.map((row) => row.name))
}

/** Counts a change of these ledgers; answers the new version of each. */
export async function bumpBooks(db: CoreSql, accountIds: readonly string[]): Promise<Map<string, number>> {
  const rows = await db
    .updateTable('account')
    .set({ book_version: sql`book_version + 1` })
    .where('id', 'in', listOf(accountIds))
    .returning(['id', sql<string>`book_version::text`.as('version')])
    .execute()
  return new Map(rows.map((row) => [row.id, Number(row.version)]))
}

/** One parameter however long the list. */
export function listOf(ids: readonly string[]) {
  return sql<string>`(select unnest(${ids}::uuid[]))`
}
