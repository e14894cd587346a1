import type { DailyRate } from '@pe/contracts/market.ts'
import type { PlainDate } from '@pe/finance/time/plain-date.ts'
import { sql } from 'kysely'
import type { MarketSql } from '../market-deps.ts'

export interface RecordedRates {
  readonly base: string
  readonly quote: string
  readonly added: number
  readonly changed: number
  readonly unchanged: number
  /** First day that is new or different; null when nothing is. */
  readonly effectiveFrom: PlainDate | null
}

/** Adds and replaces rates (one per pair and day at most); what an import loses to another keeps a layer below. */
export async function saveRates(
  db: MarketSql,
  organisationId: string,
  importId: string | null,
  rates: readonly DailyRate[],
): Promise<RecordedRates[]> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`rates of ${organisationId}`}, 0))`.execute(db)
  const column = (of: (rate: DailyRate) => string): string => rates.map(of).join(',')
  const { rows } = await sql<RecordedRates>`
    with incoming as materialized (
      select unnest(string_to_array(${column(({ base }) => base)}, ',')) as base, unnest(string_to_array(${column(({ quote }) => quote)}, ',')) as quote,
        unnest(string_to_array(${column(({ date }) => date)}, ','))::date as day,
        unnest(string_to_array(${column(({ rate }) => rate)}, ','))::numeric(38, 18) as rate
    ), judged as materialized (
      select incoming.*, standing.rate as before, standing.import_id as before_import
      from incoming left join rate as standing on standing.organisation_id = ${organisationId} and standing.base = incoming.base
        and standing.quote = incoming.quote and standing.day = incoming.day
    ), layered as (
      insert into replaced_rate (organisation_id, base, quote, day, rate, import_id)
      select ${organisationId}::uuid, base, quote, day, before, before_import from judged
      where before <> rate and before_import is distinct from ${importId}::uuid
    ), saved as (
      insert into rate (organisation_id, base, quote, day, rate, import_id)
      select ${organisationId}::uuid, base, quote, day, rate, ${importId}::uuid from judged where before is distinct from rate
      order by base, quote, day
      on conflict (organisation_id, base, quote, day) do update set rate = excluded.rate, import_id = excluded.import_id
    ), paired as (
      insert into rate_pair (organisation_id, base, quote)
      select distinct ${organisationId}::uuid, base, quote from judged on conflict do nothing
    )
    select base, quote, count(*) filter (where before is null)::int as added, count(*) filter (where before <> rate)::int as changed,
      count(*) filter (where before = rate)::int as unchanged,
      (min(day) filter (where before is distinct from rate))::text as "effectiveFrom"
    from judged group by base, quote`.execute(db)
  return rows
}
