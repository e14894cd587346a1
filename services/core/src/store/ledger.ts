import type { Actor } from '@pe/contracts/actor.ts'
import type { LedgerColumns } from '@pe/contracts/ledger-columns.ts'
import type { PlainDate } from '@pe/finance/time/plain-date.ts'
import { sql } from 'kysely'
import type { CoreSql } from '../core-deps.ts'
import { postedAt } from './known-at.ts'
import { touchingAny } from './touching.ts'

/**
 * Posted entries of these accounts by day and place, as the wire's columns. PostgreSQL builds one JSON text: ten thousand rows then cost
 * this process one parse instead of ten thousand conversions.
 */
export async function readLedger(
  db: CoreSql,
  actor: Actor,
  accountIds: readonly string[],
  only: {
    readonly instrumentIds?: readonly string[] | undefined
    readonly days?: readonly PlainDate[]
    readonly knownAt?: string | undefined
    /** Only those that move units of these accounts, or change what they cost. */
    readonly units?: boolean
  },
): Promise<LedgerColumns> {
  const ofInstruments = only.instrumentIds === undefined ? sql`true` : sql`instrument_id = any(${only.instrumentIds}::uuid[])`
  // A return of capital lowers the cost of units, whatever it states of them.
  const ofUnits = only.units
    ? sql`(quantity is not null or kind = 'return-of-capital') and (account_id = any(${accountIds}::uuid[]) or to_account_id = any(${accountIds}::uuid[]))`
    : touchingAny(accountIds)
  const ofDays = only.days === undefined ? sql`true` : sql`date = any(${only.days}::date[])`
  const { rows } = await sql<{ columns: string }>`
    with entry as materialized (
      select *, row_number() over (order by date, sequence, leg) - 1 as place
      from transaction
      where organisation_id = ${actor.organisationId} and ${postedAt(only.knownAt)} and ${ofUnits} and ${ofInstruments} and ${ofDays}
    ), name as materialized (
      select id, row_number() over () - 1 as place
      from (
        select account_id as id from entry
        union select cash_account_id from entry
        union select instrument_id from entry
      ) as named
      where id is not null
    )
    select json_build_object(
      'names', coalesce((select json_agg(id order by place) from name), '[]'),
      'ids', coalesce(json_agg(id), '[]'), 'kinds', coalesce(json_agg(kind), '[]'), 'dates', coalesce(json_agg(date), '[]'),
      'accounts', coalesce(json_agg(account), '[]'), 'cashAccounts', coalesce(json_agg(cash_account), '[]'),
      'instruments', coalesce(json_agg(instrument), '[]'), 'quantities', coalesce(json_agg(trim_scale(quantity)::text), '[]'),
      'amounts', coalesce(json_agg(trim_scale(amount)::text), '[]'), 'currencies', coalesce(json_agg(currency), '[]'),
      'fees', coalesce(json_agg(trim_scale(fee)::text), '[]'), 'taxes', coalesce(json_agg(trim_scale(tax)::text), '[]'),
      'extras', coalesce(json_agg(json_build_array(place, json_strip_nulls(json_build_object(
        'time', time, 'toAccountId', to_account_id, 'cashCurrency', cash_currency,
        'received', case when received_currency is not null
          then json_build_object('amount', trim_scale(received_amount)::text, 'currency', received_currency) end,
        'rate', case when rate_from is not null
          then json_build_object('from', rate_from, 'to', rate_to, 'value', trim_scale(rate)::text) end,
        'lots', lots
      )))) filter (where coalesce(time::text, to_account_id::text, cash_currency, received_currency, rate_from, lots::text) is not null), '[]')
    )::text as columns
    from (
      select entry.*, account.place as account, cash_account.place as cash_account, instrument.place as instrument
      from entry join name as account on account.id = entry.account_id
        left join name as cash_account on cash_account.id = entry.cash_account_id
        left join name as instrument on instrument.id = entry.instrument_id
      order by entry.place
    ) as ledger`.execute(db)
  return JSON.parse(rows[0]?.columns ?? '') as LedgerColumns
}

/** Up to which change the ledger of these accounts has got; 0 while it is empty. */
export async function readLastChange(db: CoreSql, actor: Actor, accountIds: readonly string[]): Promise<number> {
  const row = await db
    .selectFrom('transaction')
    .select(sql<number | null>`max(change)`.as('last'))
    .where('organisation_id', '=', actor.organisationId)
    .where(touchingAny(accountIds))
    .executeTakeFirst()
  return row?.last ?? 0
}

/** The days that hold, or held, a transaction of these accounts that was recorded, posted or voided after a change. */
export async function readChangedDays(
  db: CoreSql,
  actor: Actor,
  accountIds: readonly string[],
  since: number,
): Promise<{ upTo: number; days: PlainDate[] }> {
  const rows = await db
    .selectFrom('transaction')
    .select([sql<PlainDate>`date::text`.as('day'), sql<number>`max(change)`.as('upTo')])
    .where('organisation_id', '=', actor.organisationId)
    .where(sql<boolean>`change > ${since}`)
    .where(touchingAny(accountIds))
    .groupBy('date')
    .execute()
  return { upTo: rows.reduce((last, { upTo }) => Math.max(last, upTo), since), days: rows.map(({ day }) => day) }
}

export interface BookVersion {
  readonly accountId: string
  readonly version: number
  readonly currency: string
}

export async function readBookVersions(db: CoreSql, actor: Actor, accountIds: readonly string[]): Promise<BookVersion[]> {
  const rows = await db
    .selectFrom('account')
    .select(['id as accountId', sql<string>`book_version::text`.as('version'), 'currency'])
    .where('organisation_id', '=', actor.organisationId)
    .where(sql<boolean>`id = any(${accountIds}::uuid[])`)
    .orderBy('id')
    .execute()
  return rows.map((row) => ({ ...row, version: Number(row.version) }))
}

/** These accounts and those from which units came to them, however many steps away: without their books a lot has no beginning. */
export async function accountsThatSendUnits(db: CoreSql, actor: Actor, accountIds: readonly string[], knownAt?: string): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    with recursive sender as (
      select unnest(${accountIds}::uuid[]) as id
      union
      select transfer.account_id
      from sender join transaction as transfer on transfer.to_account_id = sender.id
      where transfer.organisation_id = ${actor.organisationId} and ${postedAt(knownAt)} and transfer.kind = 'transfer'
        and transfer.instrument_id is not null
    )
    select id from sender`.execute(db)
  return rows.map((row) => row.id)
}

export async function readInstrumentsInUse(db: CoreSql, actor: Actor, instrumentIds: readonly string[]): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select asked.id from unnest(${instrumentIds}::uuid[]) as asked (id)
    where exists (
      select from transaction
      where organisation_id = ${actor.organisationId} and instrument_id = asked.id and state <> 'void'
    ) or exists (
      select from action_application
      where organisation_id = ${actor.organisationId} and undone_at is null and (instrument_id = asked.id or into_instrument_id = asked.id)
    ) or exists (
      select from portfolio where organisation_id = ${actor.organisationId} and benchmark_id = asked.id and removed_at is null
    ) or exists (
      select from taxonomy_assignment where organisation_id = ${actor.organisationId} and kind = 'instrument' and object_id = asked.id
    )`.execute(db)
  return rows.map((row) => row.id)
}
