import type { Actor } from '@pe/contracts/actor.ts'
import type { marketRoutes } from '@pe/contracts/market.ts'
import type { Reply } from '@pe/contracts/route.ts'
import { sql } from 'kysely'
import type { MarketSql } from '../market-deps.ts'

type PackedCloses = Reply<typeof marketRoutes.packedCloses>['series']
type PackedRates = Reply<typeof marketRoutes.packedRates>['series']

/**
 * Whole series as columns, packed by PostgreSQL (int4send and float8send are big-endian): this process only passes text on. Base64 comes
 * in lines of 76 characters, which are joined.
 */
export async function readPackedCloses(db: MarketSql, actor: Actor, instrumentIds: readonly string[]): Promise<PackedCloses> {
  const { rows } = await sql<Omit<PackedCloses[number], 'symbol'> & PackedCloses[number]['closes'] & { symbol: string | null }>`
    select id as "instrumentId", name, symbol, currency, quote_unit as "quoteUnit", generated, packed.days, packed.values, packed.exact
    from instrument, lateral (
      select
        translate(encode(coalesce(string_agg(int4send(day - date '1970-01-01'), ''::bytea), ''), 'base64'), E'\n', '') as days,
        translate(encode(coalesce(string_agg(float8send(scaled), ''::bytea), ''), 'base64'), E'\n', '') as values,
        coalesce(json_agg(json_build_array(day - date '1970-01-01', trim_scale(close)::text)) filter (where scaled = 'NaN'), '[]') as exact
      from (select day, close, scaled from close where instrument_id = instrument.id order by day) as series
    ) as packed
    where organisation_id = ${actor.organisationId} and id = any(${instrumentIds}::uuid[])`.execute(db)
  return rows.map(({ days, values, exact, symbol, ...instrument }) => ({
    ...instrument,
    ...(symbol === null ? {} : { symbol }),
    closes: { days, values, exact },
  }))
}

/** The pairs that have rates. */
export async function readPairs(db: MarketSql, actor: Actor): Promise<{ base: string; quote: string }[]> {
  return await db
    .selectFrom('rate_pair')
    .select(['base', 'quote'])
    .where('organisation_id', '=', actor.organisationId)
    .orderBy('base')
    .orderBy('quote')
    .execute()
}

export async function readPackedRates(
  db: MarketSql,
  actor: Actor,
  pairs: readonly { readonly base: string; readonly quote: string }[],
): Promise<PackedRates> {
  const { rows } = await sql<{ series: string }>`
    select coalesce(json_agg(packed order by place), '[]')::text as series
    from unnest(${pairs.map(({ base }) => base)}::text[], ${pairs.map(({ quote }) => quote)}::text[]) with ordinality as asked (base, quote, place),
      lateral (
        select asked.base, asked.quote, json_agg(day - date '1970-01-01') as days, json_agg(trim_scale(rate)::text) as rates
        from (
          select day, rate from rate
          where organisation_id = ${actor.organisationId} and rate.base = asked.base and rate.quote = asked.quote order by day
        ) as series
        having count(*) > 0
      ) as packed`.execute(db)
  return JSON.parse(rows[0]?.series ?? '[]') as PackedRates
}
