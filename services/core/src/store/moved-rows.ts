import type { WriteTx } from '@pe/platform/db/database.ts'
import { sql } from 'kysely'
import { appendToChains, beginChains } from './chain.ts'
import { recordedColumns, toldByEntry } from './saved-transaction.ts'
import type { CoreTables } from './tables.ts'

/** Rows moved by one statement: neither it nor sealing them takes long, however long the file is. */
const rowsAtOnce = 2500
const decimals: ReadonlySet<string> = new Set(['quantity', 'price', 'amount', 'fee', 'tax', 'received_amount', 'rate'])

interface Place {
  readonly date: string
  readonly rank: number
  readonly place: number
}

interface Moved {
  readonly accountId: string
  readonly stated: Readonly<Record<string, string>>
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
            ? sql`coalesce(made.real_id, instrument_id)`
            : sql.ref(name),
    ),
  )
  const stated = sql.join(
    [...recordedColumns, 'sequence']
      .filter((name) => !toldByEntry.has(name))
      .map((name) => sql`${sql.lit(name)}, ${decimals.has(name) ? sql`trim_scale(${sql.ref(name)})` : sql.ref(name)}::text`),
  )
  for (let after: Place | null = null; ; ) {
    const last: Place | null = await endOfPiece(tx, importId, after)
    const through = last
      ? sql<boolean>`(date, rank, place) <= (${last.date}::date, ${last.rank}::smallint, ${last.place}::int)`
      : sql<boolean>`true`
    const { rows } = await sql<Moved>`
      insert into transaction (${names})
      select ${values} from staged_transaction
        left join unnest(${[...made.keys()]}::uuid[], ${[...made.values()]}::uuid[]) as made (stand_in, real_id) on made.stand_in = instrument_id
      where import_id = ${importId} and ${later(after)} and ${through}
      order by date, rank, place
      returning account_id as "accountId", json_strip_nulls(json_build_object(${stated})) as stated`.execute(tx.sql)
    const acts = rows.map(({ accountId, stated: transaction }) => ({ accountId, act: { act: 'recorded', transaction } as const }))
    await appendToChains(tx, recordedAt, acts)
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
