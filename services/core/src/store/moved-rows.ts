import type { WriteTx } from '@pe/platform/db/database.ts'
import { sql } from 'kysely'
import { recordedRowsText } from '../chain/acts.ts'
import { appendToChains, beginChains } from './chain.ts'
import { recordedColumns, statedColumns } from './recorded-row.ts'
import { rowsOfAnEntry } from './saved-transaction.ts'
import type { CoreTables } from './tables.ts'

/** Rows moved by one statement: neither it nor sealing them takes long, however long the file is. */
const rowsAtOnce = 2500

interface Place {
  readonly date: string
  readonly rank: number
  readonly place: number
}

/** What an entry of a chain holds of them. */
interface Moved {
  readonly accountId: string
  /** JSON, in the order of `statedColumns`. */
  readonly stated: string
}

/**
 * INSERT … SELECT of all that an import staged, in ledger order, piece by piece within the transaction, and the entries of the accounts'
 * chains with it. Sequences follow the order. `made` has the instruments made for it since, by the ids that stood for them.
 */
export async function moveStaged(
  tx: WriteTx<CoreTables>,
  importId: string,
  { at: recordedAt, accountIds, made }: { at: string; accountIds: readonly string[]; made: ReadonlyMap<string, string> },
): Promise<void> {
  await beginChains(tx, recordedAt, accountIds)
  const names = sql.join(recordedColumns.map((name) => sql.ref(name)))
  const values = sql.join(
    recordedColumns.map((name) =>
      name === 'recorded_at'
        ? sql`${recordedAt}::timestamptz`
        : name === 'recorded_by'
          ? sql`${tx.actor.userId}::uuid`
          : name === 'instrument_id'
            ? sql`coalesce(real_id, instrument_id)`
            : sql.ref(name),
    ),
  )
  for (let after: Place | null = null; ; ) {
    const last: Place | null = await endOfPiece(tx, importId, after)
    const through = last
      ? sql<boolean>`(date, rank, place) <= (${last.date}::date, ${last.rank}::smallint, ${last.place}::int)`
      : sql<boolean>`true`
    const { rows } = await sql<Moved>`
      with piece as materialized (
        select staged.*, nextval('transaction_sequence') as taken from (
          select staged_transaction.*, made.stand_in, made.real_id from staged_transaction
            left join unnest(${[...made.keys()]}::uuid[], ${[...made.values()]}::uuid[]) as made (stand_in, real_id)
              on made.stand_in = instrument_id
          where import_id = ${importId} and ${later(after)} and ${through}
          order by date, rank, place
        ) as staged
      ), moved as (
        insert into transaction (${names}, sequence) select ${values}, taken from piece order by taken
      ), sealed as (
        select account_id, taken, (row_number() over (partition by account_id order by taken) - 1) / ${sql.lit(rowsOfAnEntry)} as part,
          case when real_id is null then stated else replace(stated, stand_in::text, real_id::text) end || taken || '"]' as stated
        from piece
      )
      select account_id as "accountId", '[' || string_agg(stated, ',' order by taken) || ']' as stated
      from sealed group by account_id, part order by account_id, part`.execute(tx.sql)
    await appendToChains(
      tx,
      recordedAt,
      rows.map((moved) => ({ accountId: moved.accountId, what: recordedRowsText(statedColumns, moved.stated) })),
    )
    if (!last) return
    after = last
  }
}

async function endOfPiece(tx: WriteTx<CoreTables>, importId: string, after: Place | null): Promise<Place | null> {
  const { rows } = await sql<Place>`
    select date::text as date, rank, place from staged_transaction where import_id = ${importId} and ${later(after)}
    order by staged_transaction.date, rank, place offset ${rowsAtOnce - 1} limit 1`.execute(tx.sql)
  return rows[0] ?? null
}

function later(after: Place | null) {
  if (!after) return sql<boolean>`true`
  return sql<boolean>`(date, rank, place) > (${after.date}::date, ${after.rank}::smallint, ${after.place}::int)`
}
