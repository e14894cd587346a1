import { sql } from 'kysely'
import type { ChainEntry } from '../chain/link.ts'
import type { CoreSql } from '../core-deps.ts'

export interface StoredEntry extends ChainEntry {
  readonly organisationId: string
  readonly digest: string
}

/** An account with the end that it claims for its chain; `length` is null where the chain has not begun. */
export interface ChainOwner {
  readonly accountId: string
  readonly organisationId: string
  readonly name: string
  readonly length: number | null
  readonly digest: string
}

/** Every account of every organisation, those taken away too: their journals stay. */
export async function readChainOwners(db: CoreSql, accountId?: string): Promise<ChainOwner[]> {
  const rows = await db
    .selectFrom('account')
    .select([
      'id as accountId',
      'organisation_id as organisationId',
      'name',
      sql<string | null>`chain_length::text`.as('length'),
      sql<string>`coalesce(chain_head, '')`.as('digest'),
    ])
    .$if(accountId !== undefined, (query) => query.where('id', '=', accountId ?? ''))
    .orderBy('organisation_id')
    .orderBy('id')
    .execute()
  return rows.map((row) => ({ ...row, length: row.length === null ? null : Number(row.length) }))
}

/** Text of entries that is read at once, about, in characters; so many entries at most, and so many to begin with. */
const pageText = 2_000_000
const mostEntries = 5000
const firstEntries = 20

/** The entries of a chain in order, some at a time: one may hold a single transaction or hundreds. */
export async function* readChain(db: CoreSql, accountId: string): AsyncGenerator<StoredEntry[]> {
  let size = firstEntries
  for (let after = '-9223372036854775808'; ; ) {
    const { rows } = await sql<Omit<StoredEntry, 'number'> & { number: string }>`
      select account_id as "accountId", number::text as number, organisation_id as "organisationId", what, by_user as by, digest,
        case when date_trunc('milliseconds', at) = at then to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')
          else to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') end as at
      from chain_entry where account_id = ${accountId}::uuid and number > ${after}::bigint order by chain_entry.number limit ${size}`.execute(
      db,
    )
    if (rows.length > 0) yield rows.map((row) => ({ ...row, number: Number(row.number) }))
    after = rows.at(-1)?.number ?? after
    if (rows.length < size) return
    const text = rows.reduce((length, { what }) => length + what.length, 0)
    size = Math.max(1, Math.min(mostEntries, Math.floor((pageText * rows.length) / text)))
  }
}

/** Entries and transactions whose account is not there. */
export async function readOrphans(db: CoreSql): Promise<{ accountId: string; entries: number; transactions: number }[]> {
  const { rows } = await sql<{ accountId: string; entries: number; transactions: number }>`
    select account_id as "accountId", sum(entries)::int as entries, sum(transactions)::int as transactions
    from (
      select account_id, count(*) as entries, 0 as transactions from chain_entry group by account_id
      union all
      select account_id, 0, count(*) from transaction group by account_id
    ) as named
    where not exists (select from account where account.id = account_id)
    group by account_id order by account_id`.execute(db)
  return rows
}

/** Accounts whose chain has not begun. */
export async function accountsWithoutChain(db: CoreSql): Promise<{ accountId: string; organisationId: string }[]> {
  return await db
    .selectFrom('account')
    .select(['id as accountId', 'organisation_id as organisationId'])
    .where('chain_length', 'is', null)
    .orderBy('id')
    .execute()
}

/** Where all chains end now. */
export async function readEnds(db: CoreSql): Promise<{ id: string; length: number; digest: string }[]> {
  const rows = await db
    .selectFrom('account')
    .select(['id', sql<string>`chain_length::text`.as('length'), sql<string>`chain_head`.as('digest')])
    .where('chain_length', '>', '0')
    .execute()
  return rows.map((row) => ({ ...row, length: Number(row.length) }))
}
