import type { PlainDate } from '@pe/finance/time/plain-date.ts'
import { sql } from 'kysely'
import type { MarketSql } from '../market-deps.ts'

export interface TakenBack {
  readonly instrumentId: string
  readonly closes: number
  readonly effectiveFrom: PlainDate
}

/**
 * Takes back the closes of an import: where another stood below, that one comes back with its own import; layers of this import under
 * later ones vanish. Answers what changed for the reader, per instrument.
 */
export async function takeBackCloses(db: MarketSql, organisationId: string, importId: string): Promise<TakenBack[]> {
  const { rows } = await sql<TakenBack>`
    with buried as (
      delete from replaced_close as layer using instrument
      where instrument.id = layer.instrument_id and organisation_id = ${organisationId} and layer.import_id = ${importId}
    ), mine as materialized (
      select close.instrument_id, close.day from close_import as touched
      join close on close.instrument_id = touched.instrument_id and close.day between touched.first_day and touched.last_day
      where touched.organisation_id = ${organisationId} and touched.import_id = ${importId} and close.import_id = ${importId}
    ), below as materialized (
      select distinct on (instrument_id, day) layer.* from replaced_close as layer join mine using (instrument_id, day)
      where layer.import_id is distinct from ${importId}::uuid
      order by instrument_id, day, layer.layer desc
    ), raised as (
      update close set close = below.close, import_id = below.import_id from below
      where close.instrument_id = below.instrument_id and close.day = below.day
    ), consumed as (
      delete from replaced_close using below where replaced_close.layer = below.layer
    ), gone as (
      delete from close using mine
      where close.instrument_id = mine.instrument_id and close.day = mine.day
        and not exists (select from below where below.instrument_id = mine.instrument_id and below.day = mine.day)
    ), forgotten as (
      delete from close_import where organisation_id = ${organisationId} and import_id = ${importId}
    )
    select instrument_id as "instrumentId", count(*)::int as closes, min(day)::text as "effectiveFrom" from mine group by instrument_id`.execute(
    db,
  )
  return rows
}

export interface RatesTakenBack {
  readonly base: string
  readonly quote: string
  readonly rates: number
  readonly effectiveFrom: PlainDate
}

/** The same for rates. */
export async function takeBackRates(db: MarketSql, organisationId: string, importId: string): Promise<RatesTakenBack[]> {
  const { rows } = await sql<RatesTakenBack>`
    with buried as (
      delete from replaced_rate where organisation_id = ${organisationId} and import_id = ${importId}
    ), mine as materialized (
      select base, quote, day from rate where organisation_id = ${organisationId} and import_id = ${importId}
    ), below as materialized (
      select distinct on (base, quote, day) layer.* from replaced_rate as layer join mine using (base, quote, day)
      where layer.organisation_id = ${organisationId} and layer.import_id is distinct from ${importId}::uuid
      order by base, quote, day, layer.layer desc
    ), raised as (
      update rate set rate = below.rate, import_id = below.import_id from below
      where rate.organisation_id = ${organisationId} and rate.base = below.base and rate.quote = below.quote and rate.day = below.day
    ), consumed as (
      delete from replaced_rate using below where replaced_rate.layer = below.layer
    ), gone as (
      delete from rate using mine
      where rate.organisation_id = ${organisationId} and rate.base = mine.base and rate.quote = mine.quote and rate.day = mine.day
        and not exists (select from below where below.base = mine.base and below.quote = mine.quote and below.day = mine.day)
    )
    select base, quote, count(*)::int as rates, min(day)::text as "effectiveFrom" from mine group by base, quote`.execute(db)
  await sql`
    delete from rate_pair as pair where organisation_id = ${organisationId} and not exists (
      select from rate where rate.organisation_id = pair.organisation_id and rate.base = pair.base and rate.quote = pair.quote
    )`.execute(db)
  return rows
}

/** Takes away the instruments an import created, but those the book uses and those that have closes from elsewhere. */
export async function takeBackInstruments(
  db: MarketSql,
  organisationId: string,
  importId: string,
  keep: readonly string[],
  at: string,
): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    update instrument set removed_at = ${at}
    where organisation_id = ${organisationId} and created_by_import = ${importId} and removed_at is null
      and not id = any(${keep}::uuid[])
      and not exists (select from close where instrument_id = instrument.id)
    returning id`.execute(db)
  return rows.map(({ id }) => id)
}
