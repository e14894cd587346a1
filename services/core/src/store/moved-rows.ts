import { setImmediate } from 'node:timers/promises'
import type { WriteTx } from '@pe/platform/db/database.ts'
import { sql } from 'kysely'
import { type ActOn, appendToChains, beginChains } from './chain.ts'
import { recordedColumns } from './recorded-row.ts'
import { RecordedRowsByAccount } from './saved-transaction.ts'
import type { CoreTables } from './tables.ts'

type Tx = WriteTx<CoreTables>

/** Rows moved by one statement: neither it nor sealing them takes long, however long the file is. */
const rowsAtOnce = 2500

interface Place {
  readonly date: string
  readonly rank: number
  readonly place: number
}

interface StagedRow extends Place {
  readonly accountId: string
  readonly instrumentId: string | null
  /** The beginning of a JSON list, to which its sequence and `"]` are added (recorded-row.ts). */
  readonly stated: string
}

interface Moving {
  readonly at: string
  /** Of all rows. */
  readonly accountIds: readonly string[]
  /** The instruments made for the import since, by the ids that stood for them. */
  readonly made: ReadonlyMap<string, string>
}

/**
 * INSERT … SELECT of all that an import staged, in ledger order, piece by piece within the transaction, and the entries of the accounts'
 * chains with it: a piece is sealed while the database takes the next. Sequences follow the order.
 */
export async function moveStaged(tx: Tx, importId: string, { at, accountIds, made }: Moving): Promise<void> {
  await beginChains(tx, at, accountIds)
  // a plan for any piece sorts all that is left of the file: 137 ms a piece instead of 57
  await sql`set local plan_cache_mode = force_custom_plan`.execute(tx.sql)
  let reading = readPiece(tx, importId, null)
  let after: Place | null = null
  let moved: { rows: readonly StagedRow[]; sequences: readonly string[] } | null = null
  for (;;) {
    const rows: StagedRow[] = await reading
    const last = rows.at(-1)
    const inserting: Promise<string[]> = last ? insertPiece(tx, importId, { at, made }, after, last) : Promise.resolve([])
    if (last) reading = readPiece(tx, importId, last)
    // whoever awaits them hears of trouble; until then it is no unhandled one
    for (const asked of [inserting, reading]) asked.catch(() => undefined)
    // both are on their way before this thread is busy
    await setImmediate()
    if (moved) await appendToChains(tx, at, sealed(moved.rows, moved.sequences, made))
    if (!last) return
    moved = { rows, sequences: await inserting }
    after = last
  }
}

async function readPiece(tx: Tx, importId: string, after: Place | null): Promise<StagedRow[]> {
  const { rows } = await sql<StagedRow>`
    select date::text as date, rank, place, account_id as "accountId", instrument_id as "instrumentId", stated
    from staged_transaction where import_id = ${importId} and ${later(after)}
    order by staged_transaction.date, rank, place limit ${rowsAtOnce}`.execute(tx.sql)
  return rows
}

/** Answers the sequences that the rows took, in their order. */
async function insertPiece(
  tx: Tx,
  importId: string,
  { at, made }: Pick<Moving, 'at' | 'made'>,
  after: Place | null,
  { date, rank, place }: Place,
): Promise<string[]> {
  const names = sql.join(recordedColumns.map((name) => sql.ref(name)))
  const values = sql.join(
    recordedColumns.map((name) =>
      name === 'recorded_at'
        ? sql`${at}::timestamptz`
        : name === 'recorded_by'
          ? sql`${tx.actor.userId}::uuid`
          : name === 'instrument_id'
            ? sql`coalesce(real_id, instrument_id)`
            : sql.ref(name),
    ),
  )
  const { rows } = await sql<{ sequences: string }>`
    with moved as (
      insert into transaction (${names}, sequence)
      select ${values}, nextval('transaction_sequence') from (
        select staged_transaction.*, made.real_id from staged_transaction
          left join unnest(${[...made.keys()]}::uuid[], ${[...made.values()]}::uuid[]) as made (stand_in, real_id)
            on made.stand_in = instrument_id
        where import_id = ${importId} and ${later(after)}
          and (date, rank, place) <= (${date}::date, ${rank}::smallint, ${place}::int)
        order by date, rank, place
      ) as staged
      returning sequence
    )
    select string_agg(sequence::text, ' ' order by sequence) as sequences from moved`.execute(tx.sql)
  return (rows[0]?.sequences ?? '').split(' ')
}

/** Some hundreds of an account have an entry of its chain. */
function sealed(rows: readonly StagedRow[], sequences: readonly string[], made: Moving['made']): ActOn[] {
  if (rows.length !== sequences.length) throw new Error(`${sequences.length} of ${rows.length} staged rows were moved`)
  const acts: ActOn[] = []
  const many = new RecordedRowsByAccount<string>(acts, (stated) => `[${stated.join(',')}]`)
  for (const [nth, { accountId, instrumentId, stated }] of rows.entries()) {
    const real = made.get(instrumentId ?? '')
    many.add(accountId, `${real && instrumentId ? stated.replaceAll(instrumentId, real) : stated}${sequences[nth]}"]`)
  }
  many.finish()
  return acts
}

function later(after: Place | null) {
  if (!after) return sql<boolean>`true`
  return sql<boolean>`(date, rank, place) > (${after.date}::date, ${after.rank}::smallint, ${after.place}::int)`
}
