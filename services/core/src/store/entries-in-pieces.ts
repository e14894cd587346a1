import type { Actor } from '@pe/contracts/actor.ts'
import { transactionsIn } from '@pe/contracts/ledger-reading.ts'
import type { LedgerTransaction } from '@pe/finance/ledger/transaction.ts'
import type { PlainDate } from '@pe/finance/time/plain-date.ts'
import { type SelectQueryBuilder, sql } from 'kysely'
import type { CoreSql } from '../core-deps.ts'
import { readLedger } from './ledger.ts'
import type { CoreTables } from './tables.ts'
import { journal, ledgerEntryOf, type TransactionRow } from './transactions.ts'

/** Entries that are read at once. */
const piece = 5000
/** Of one instrument in one account, before its days are taken apart too. */
const manyOfOne = 50_000

/** Rows of a selection of the journal, in ledger order, some at a time. */
export async function* inPieces(
  selection: SelectQueryBuilder<CoreTables, 'transaction', TransactionRow>,
): AsyncGenerator<readonly TransactionRow[]> {
  for (let after: TransactionRow | undefined; ; ) {
    const beyond = after
      ? sql<boolean>`(transaction.date, transaction.sequence, transaction.id) > (${after.date}::date, ${after.sequence}::bigint, ${after.id}::uuid)`
      : sql<boolean>`true`
    const rows: TransactionRow[] = await selection
      .where(beyond)
      .orderBy('transaction.date')
      .orderBy('transaction.sequence')
      .orderBy('transaction.id')
      .limit(piece)
      .execute()
    if (rows.length > 0) yield rows
    after = rows.at(-1)
    if (rows.length < piece) return
  }
}

/** Every posted entry of an organisation. */
export async function* postedEntries(db: CoreSql, actor: Actor): AsyncGenerator<LedgerTransaction[]> {
  for await (const rows of inPieces(journal(db, actor).where('state', '=', 'posted'))) yield rows.map(ledgerEntryOf)
}

/** Posted entries that move units of an account, as reads of its positions take them, some instruments at a time; in no order. */
export async function* unitEntriesInPieces(db: CoreSql, actor: Actor, accountId: string): AsyncGenerator<LedgerTransaction[]> {
  const read = async (instrumentIds: readonly string[], days?: readonly PlainDate[]) =>
    transactionsIn(await readLedger(db, actor, [accountId], { units: true, instrumentIds, ...(days ? { days } : {}) }))
  for (const instruments of together(await countedBy<string>(db, actor, accountId, 'instrument_id'), piece)) {
    const [{ of: only, entries } = { of: '', entries: 0 }] = instruments
    if (entries <= manyOfOne) yield await read(instruments.map(({ of }) => of))
    else
      for (const days of together(await countedBy<PlainDate>(db, actor, accountId, 'date', only), manyOfOne))
        yield await read(
          [only],
          days.map(({ of }) => of),
        )
  }
}

interface Counted<T> {
  readonly of: T
  readonly entries: number
}

async function countedBy<T extends string>(
  db: CoreSql,
  actor: Actor,
  accountId: string,
  column: 'instrument_id' | 'date',
  instrumentId?: string,
): Promise<Counted<T>[]> {
  const ofInstrument = instrumentId === undefined ? sql`instrument_id is not null` : sql`instrument_id = ${instrumentId}::uuid`
  const { rows } = await sql<Counted<T>>`
    select ${sql.ref(column)}::text as of, count(*)::int as entries from transaction
    where organisation_id = ${actor.organisationId} and state = 'posted' and ${ofInstrument}
      and (account_id = ${accountId}::uuid or to_account_id = ${accountId}::uuid)
    group by ${sql.ref(column)} order by ${sql.ref(column)}`.execute(db)
  return rows
}

/** As many together as have no more entries than that, at least one. */
function together<T>(all: readonly Counted<T>[], most: number): Counted<T>[][] {
  const groups: Counted<T>[][] = []
  let room = 0
  for (const one of all) {
    if (one.entries > room || groups.length === 0) {
      groups.push([])
      room = most
    }
    groups.at(-1)?.push(one)
    room -= one.entries
  }
  return groups
}
