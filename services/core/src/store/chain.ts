import type { WriteTx } from '@pe/platform/db/database.ts'
import type { ChainEnd } from '@pe/platform/keys/noted-ends.ts'
import { type RawBuilder, sql } from 'kysely'
import { actText } from '../chain/acts.ts'
import { type ChainEntry, digestOf, ledgerChain, noEntries } from '../chain/link.ts'
import type { CoreSql } from '../core-deps.ts'
import { standingRows } from './journal-text.ts'
import type { CoreTables } from './tables.ts'

type Tx = WriteTx<CoreTables>

export interface ActOn {
  readonly accountId: string
  /** Text of an act (chain/acts.ts). */
  readonly what: string
}

/** Where the chains end that this database transaction has locked: what it appends it need not read again. */
const ends = new WeakMap<CoreSql, Map<string, ChainEnd | null>>()

/** A little text goes in one statement together with the ends of their chains; much by COPY. */
const littleText = 32_768
/** The chain of an older book begins with what stands; so many rows are read at once. */
const beginningPage = 5000
/** Who writes the entries with which a chain begins: nobody. */
export const nobody = '00000000-0000-0000-0000-000000000000'

/** Remembers where the chains of accounts end whose rows were just locked; `length` is null where the chain has not begun. */
export function rememberEnds(
  db: CoreSql,
  accounts: readonly { readonly id: string; readonly chainLength: string | null; readonly chainHead: string | null }[],
): void {
  const known = ends.get(db) ?? new Map<string, ChainEnd | null>()
  ends.set(db, known)
  for (const { id, chainLength, chainHead } of accounts) {
    known.set(id, chainLength === null ? null : { length: Number(chainLength), digest: chainHead ?? '' })
  }
}

/**
 * Before these journals change: their rows are locked, and a chain that has not begun begins with what stands so far.
 */
export async function beginChains(tx: Tx, at: string, accountIds: readonly string[]): Promise<void> {
  await endsOf(tx, at, accountIds)
}

/** Appends to the chains of these accounts, in the order given, in the transaction of the write itself. */
export async function appendToChains(tx: Tx, at: string, acts: readonly ActOn[]): Promise<void> {
  await appendAll(tx, at, acts, null)
}

/** The same of acts that each change what the book says: counts the changes in one statement with `beside`, which makes them. */
export async function appendAndCount(tx: Tx, at: string, acts: readonly ActOn[], beside: RawBuilder<unknown>): Promise<void> {
  await appendAll(tx, at, acts, beside)
}

async function appendAll(tx: Tx, at: string, acts: readonly ActOn[], beside: RawBuilder<unknown> | null): Promise<void> {
  if (acts.length === 0) return
  const known = await endsOf(tx, at, [...new Set(acts.map(({ accountId }) => accountId))])
  await append(tx, known, acts, { at, by: tx.actor.userId, beside })
}

interface Appending {
  readonly at: string
  readonly by: string
  /** A statement that changes the journals, carried out with this one: the versions of the books move on. */
  readonly beside: RawBuilder<unknown> | null
}

async function append(tx: Tx, known: Map<string, ChainEnd | null>, acts: readonly ActOn[], { at, by, beside }: Appending): Promise<void> {
  const key = tx.keys.of(ledgerChain)
  const touched = new Set<string>()
  const linked = acts.map(({ accountId, what }) => {
    const { length, digest: previous } = known.get(accountId) ?? noEntries
    const entry: ChainEntry = { accountId, number: length + 1, what, at, by }
    const digest = digestOf(key, entry, previous)
    known.set(accountId, { length: entry.number, digest })
    touched.add(accountId)
    return { ...entry, digest }
  })
  const changes = new Map<string, number>()
  for (const { accountId } of beside ? acts : []) changes.set(accountId, (changes.get(accountId) ?? 0) + 1)
  const moved = [...touched].map((id) => ({ id, ...(known.get(id) ?? noEntries), changes: changes.get(id) ?? 0 }))
  if (!beside && acts.reduce((length, { what }) => length + what.length, 0) > littleText) {
    const columns = ['account_id', 'number', 'organisation_id', 'what', 'at', 'by_user', 'digest']
    const texts = function* () {
      for (const { accountId, number, what, digest } of linked) {
        yield [accountId, String(number), tx.actor.organisationId, what, at, by, digest]
      }
    }
    await tx.copyIn('chain_entry', columns, texts())
    await moveEnds(moved).execute(tx.sql)
    return
  }
  await sql`
    with ${beside ? sql`journal as (${beside}),` : sql``} moved as (${moveEnds(moved)}), kept as (
    insert into chain_entry (account_id, number, organisation_id, what, at, by_user, digest)
    select entry.account_id, entry.number, ${tx.actor.organisationId}::uuid, entry.what, ${at}::timestamptz, ${by}::uuid, entry.digest
    from unnest(
      ${linked.map(({ accountId }) => accountId)}::uuid[], ${linked.map(({ number }) => number)}::bigint[],
      ${linked.map(({ what }) => what)}::text[], ${linked.map(({ digest }) => digest)}::text[]
    ) as entry (account_id, number, what, digest))
    select`.execute(tx.sql)
}

interface MovingEnd extends ChainEnd {
  readonly id: string
  /** Of the book, to be counted. */
  readonly changes: number
}

function moveEnds(moved: readonly MovingEnd[]) {
  return sql`
    update account set chain_length = moved.length, chain_head = moved.head, book_version = book_version + moved.changes
    from unnest(
      ${moved.map(({ id }) => id)}::uuid[], ${moved.map(({ length }) => length)}::bigint[], ${moved.map(({ digest }) => digest)}::text[],
      ${moved.map(({ changes }) => changes)}::int[]
    ) as moved (id, length, head, changes)
    where account.id = moved.id`
}

async function endsOf(tx: Tx, at: string, accountIds: readonly string[]): Promise<Map<string, ChainEnd | null>> {
  const unread = accountIds.filter((id) => !ends.get(tx.sql)?.has(id))
  if (unread.length > 0) rememberEnds(tx.sql, await lockEnds(tx.sql, unread))
  const known = ends.get(tx.sql) ?? new Map<string, ChainEnd | null>()
  for (const accountId of accountIds) if (known.get(accountId) === null) await beginChain(tx, known, accountId, at)
  return known
}

async function lockEnds(db: CoreSql, accountIds: readonly string[]) {
  return await db
    .selectFrom('account')
    .select(['id', sql<string | null>`chain_length::text`.as('chainLength'), 'chain_head as chainHead'])
    .where(sql<boolean>`id = any(${accountIds}::uuid[])`)
    .orderBy('id')
    .forUpdate()
    .execute()
}

/** The chain of a book that is older than chains begins with every transaction as it stands, in ledger order. */
async function beginChain(tx: Tx, known: Map<string, ChainEnd | null>, accountId: string, at: string): Promise<void> {
  known.set(accountId, noEntries)
  await moveEnds([{ id: accountId, ...noEntries, changes: 0 }]).execute(tx.sql)
  for await (const rows of standingRows(tx.sql, accountId, beginningPage)) {
    const acts = rows.map((transaction) => ({ accountId, what: actText({ act: 'stands', transaction }) }))
    await append(tx, known, acts, { at, by: nobody, beside: null })
  }
}
