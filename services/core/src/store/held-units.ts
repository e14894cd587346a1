import type { Actor } from '@pe/contracts/actor.ts'
import { Decimal } from '@pe/finance/money/decimal.ts'
import type { PlainDate } from '@pe/finance/time/plain-date.ts'
import { type RawBuilder, sql } from 'kysely'
import type { UnitsOfDay } from '../book-by-day.ts'
import type { CoreSql } from '../core-deps.ts'

/** One instrument in one account. */
export interface Holding {
  readonly accountId: string
  readonly instrumentId: string
}

/** Units that an entry brings to the account, negative where it takes some: finance's `unitPostings` in the database's words. */
function moved(accountId: string): RawBuilder<string> {
  return sql`case
    when kind in ('buy', 'delivery-in') then quantity
    when kind in ('sell', 'delivery-out') then -quantity
    when kind = 'transfer' then case when account_id = ${accountId}::uuid then -quantity else quantity end
    else 0 end`
}

/** Posted entries of a holding; each way to the account by an index of its own. */
function posted({ accountId, instrumentId }: Holding, actor: Actor): RawBuilder<unknown> {
  return sql`organisation_id = ${actor.organisationId} and state = 'posted' and quantity is not null and instrument_id = ${instrumentId}::uuid
    and (account_id = ${accountId}::uuid or to_account_id = ${accountId}::uuid)`
}

/**
 * Units held right after an entry, without what corporate actions bring; null where entries of its day carry a time, which can put them in
 * another order than the places that they took.
 */
export async function unitsRightAfter(
  db: CoreSql,
  actor: Actor,
  holding: Holding,
  { date, sequence }: { readonly date: PlainDate; readonly sequence: string },
): Promise<Decimal | null> {
  const { rows } = await sql<{ units: string | null; timed: boolean | null }>`
    select trim_scale(sum(${moved(holding.accountId)}) filter (where date < ${date}::date or sequence <= ${sequence}::bigint))::text as units,
      bool_or(time is not null) filter (where date = ${date}::date) as timed
    from transaction where ${posted(holding, actor)} and date <= ${date}::date`.execute(db)
  return rows[0]?.timed ? null : Decimal.parse(rows[0]?.units ?? '0')
}

export interface Spare {
  /** The fewest units that there are at the end of a day or later, however the entries of each later day follow each other. */
  readonly units: Decimal
  /** Whether an entry of the holding chose its lots. */
  readonly choices: boolean
}

/** What a holding can spare at the end of a day without leaving anything uncovered later, without what corporate actions bring. */
export async function spareAfter(db: CoreSql, actor: Actor, holding: Holding, date: PlainDate): Promise<Spare> {
  const { rows } = await sql<{ units: string | null; choices: boolean | null }>`
    with entry as (
      select greatest(date, ${date}::date) as day, date <= ${date}::date as before, ${moved(holding.accountId)} as units, lots is not null as chose
      from transaction where ${posted(holding, actor)}
    ), daily as (
      select day, sum(units) as units, sum(case when units < 0 and not before then units else 0 end) as taken, bool_or(before) as before,
        bool_or(chose) as chose
      from entry group by day
    ), standing as (
      select before, chose, sum(units) over (order by day) as closing, sum(units) over (order by day) - units + taken as lowest from daily
    )
    select trim_scale(least(
        coalesce((select closing from standing where before), 0),
        coalesce((select min(lowest) from standing where not before), (select closing from standing where before), 0)
      ))::text as units,
      (select bool_or(chose) from standing) as choices`.execute(db)
  return { units: Decimal.parse(rows[0]?.units ?? '0'), choices: rows[0]?.choices ?? false }
}

/** What the posted entries of an account do with its units, added up by instrument and day. */
export async function unitsByDay(db: CoreSql, actor: Actor, accountId: string): Promise<UnitsOfDay[]> {
  const { rows } = await sql<{ instrument: string; day: PlainDate; units: string; taken: string; timed: boolean; chose: boolean }>`
    with entry as (
      select instrument_id, date, ${moved(accountId)} as units, time is not null as timed, lots is not null as chose
      from transaction
      where organisation_id = ${actor.organisationId} and state = 'posted' and quantity is not null and instrument_id is not null
        and (account_id = ${accountId}::uuid or to_account_id = ${accountId}::uuid)
    )
    select instrument_id as instrument, date::text as day, trim_scale(sum(units))::text as units,
      trim_scale(sum(least(units, 0)))::text as taken, bool_or(timed) as timed, bool_or(chose) as chose
    from entry group by instrument_id, date`.execute(db)
  return rows.map(({ instrument, day, units, taken, timed, chose }) => ({
    ...{ instrumentId: instrument, date: day, timed, chose },
    ...{ units: Decimal.parse(units), taken: Decimal.parse(taken) },
  }))
}
