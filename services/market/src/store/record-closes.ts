import type { PlainDate } from '@pe/finance/time/plain-date.ts'
import { sql } from 'kysely'
import type { MarketSql } from '../market-deps.ts'

/** Closes of one instrument, one per day at most. */
export interface CloseSeries {
  readonly instrumentId: string
  readonly closes: readonly (readonly [PlainDate, string])[]
}

export interface RecordedCloses {
  readonly instrumentId: string
  readonly added: number
  readonly changed: number
  readonly unchanged: number
  /** First day that is new or different; null when nothing is. */
  readonly effectiveFrom: PlainDate | null
}

/** Closes of one statement: more cost memory, fewer cost round trips. */
const rowsPerStatement = 20_000

/**
 * Adds and replaces closes; what an import loses to another keeps a layer below. Columns travel as one text each, which PostgreSQL takes
 * apart: this process spends nothing per row but a join.
 */
export async function saveCloses(db: MarketSql, importId: string | null, series: readonly CloseSeries[]): Promise<RecordedCloses[]> {
  const recorded: RecordedCloses[] = []
  for (const portion of portions(series)) recorded.push(...(await savePortion(db, importId, portion)))
  await keepLastCloses(
    db,
    series.map(({ instrumentId }) => instrumentId),
  )
  return recorded
}

function* portions(series: readonly CloseSeries[]): Generator<CloseSeries[]> {
  let portion: CloseSeries[] = []
  let rows = 0
  for (const one of series) {
    if (one.closes.length === 0) continue
    if (rows > 0 && rows + one.closes.length > rowsPerStatement) {
      yield portion
      portion = []
      rows = 0
    }
    portion.push(one)
    rows += one.closes.length
  }
  if (portion.length > 0) yield portion
}

async function savePortion(db: MarketSql, importId: string | null, portion: readonly CloseSeries[]): Promise<RecordedCloses[]> {
  const ids = portion.map(({ instrumentId }) => instrumentId)
  const days = portion.map(({ closes }) => closes.map(([day]) => day).join(','))
  const values = portion.map(({ closes }) => closes.map(([, close]) => close).join(','))
  const { rows } = await sql<RecordedCloses>`
    with incoming as materialized (
      select series.id as instrument_id, unnest(string_to_array(series.days, ','))::date as day,
        unnest(string_to_array(series.closes, ','))::numeric(38, 18) as close
      from unnest(${ids}::uuid[], ${days}::text[], ${values}::text[]) as series (id, days, closes)
    ), judged as materialized (
      select incoming.*, standing.close as before, standing.import_id as before_import
      from incoming left join close as standing using (instrument_id, day)
    ), layered as (
      insert into replaced_close (instrument_id, day, close, import_id)
      select instrument_id, day, before, before_import from judged
      where before <> close and before_import is distinct from ${importId}::uuid
    ), saved as (
      insert into close (instrument_id, day, close, import_id)
      select instrument_id, day, close, ${importId}::uuid from judged where before is distinct from close
      order by instrument_id, day
      on conflict (instrument_id, day) do update set close = excluded.close, import_id = excluded.import_id
    ), touched as (
      insert into close_import (import_id, instrument_id, organisation_id, first_day, last_day)
      select ${importId}::uuid, judged.instrument_id, organisation_id, min(day), max(day)
      from judged join instrument on instrument.id = judged.instrument_id
      where ${importId}::uuid is not null and before is distinct from close
      group by judged.instrument_id, organisation_id
      on conflict (import_id, instrument_id) do update
        set first_day = least(close_import.first_day, excluded.first_day), last_day = greatest(close_import.last_day, excluded.last_day)
    )
    select instrument_id as "instrumentId", count(*) filter (where before is null)::int as added,
      count(*) filter (where before <> close)::int as changed, count(*) filter (where before = close)::int as unchanged,
      (min(day) filter (where before is distinct from close))::text as "effectiveFrom"
    from judged group by instrument_id`.execute(db)
  return rows
}

/** The last close of each instrument, kept in the transaction that changes its closes. */
export async function keepLastCloses(db: MarketSql, instrumentIds: readonly string[]): Promise<void> {
  await sql`
    insert into last_close (instrument_id, day, close)
    select asked.id, latest.day, latest.close from unnest(${instrumentIds}::uuid[]) as asked (id),
      lateral (select day, close from close where instrument_id = asked.id order by day desc limit 1) as latest
    on conflict (instrument_id) do update set day = excluded.day, close = excluded.close
      where (last_close.day, last_close.close) is distinct from (excluded.day, excluded.close)`.execute(db)
  await sql`
    delete from last_close where instrument_id = any(${instrumentIds}::uuid[])
      and not exists (select from close where close.instrument_id = last_close.instrument_id)`.execute(db)
}

/** Locks instruments in the order of their ids; answers those that are there. */
export async function lockInstruments(db: MarketSql, organisationId: string, instrumentIds: readonly string[]): Promise<Set<string>> {
  const { rows } = await sql<{ id: string }>`
    select id from instrument
    where organisation_id = ${organisationId} and id = any(${instrumentIds}::uuid[]) and removed_at is null
    order by id for update`.execute(db)
  return new Set(rows.map(({ id }) => id))
}
