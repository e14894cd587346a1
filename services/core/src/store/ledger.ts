import type { Actor } from '@pe/contracts/actor.ts'
import type { LedgerEntry } from '@pe/contracts/ledger.ts'
import type { PlainDate } from '@pe/finance/time/plain-date.ts'
import { sql } from 'kysely'
import type { CoreSql } from '../core-deps.ts'
import { postedAt } from './known-at.ts'
import { touchingAny } from './touching.ts'

/**
 * Posted entries of these accounts by day and place, already in the words of the wire. PostgreSQL builds one JSON text: ten thousand rows
 * then cost this process one parse instead of ten thousand conversions.
 */
export async function readLedger(
  db: CoreSql,
  actor: Actor,
  accountIds: readonly string[],
  only: {
    readonly instrumentIds?: readonly string[] | undefined
    readonly days?: readonly PlainDate[]
    readonly knownAt?: string | undefined
  },
): Promise<LedgerEntry[]> {
  const ofInstruments = only.instrumentIds === undefined ? sql`true` : sql`instrument_id = any(${only.instrumentIds}::uuid[])`
  const ofDays = only.days === undefined ? sql`true` : sql`date = any(${only.days}::date[])`
  const { rows } = await sql<{ entries: string | null }>`
    select '[' || string_agg(entry, ',') || ']' as entries
    from (
      select json_strip_nulls(json_build_object(
        'id', id, 'kind', kind, 'date', date::text, 'time', time::text, 'accountId', account_id, 'cashAccountId', cash_account_id,
        'toAccountId', to_account_id, 'instrumentId', instrument_id, 'quantity', trim_scale(quantity)::text,
        'amount', trim_scale(amount)::text, 'currency', currency, 'fee', trim_scale(fee)::text, 'tax', trim_scale(tax)::text,
        'cashCurrency', cash_currency,
        'received', case when received_currency is null then null
          else json_build_object('amount', trim_scale(received_amount)::text, 'currency', received_currency) end,
        'rate', case when rate_from is null then null
          else json_build_object('from', rate_from, 'to', rate_to, 'value', trim_scale(rate)::text) end,
        'lots', lots
      ))::text as entry
      from transaction
      where organisation_id = ${actor.organisationId} and ${postedAt(only.knownAt)} and ${touchingAny(accountIds)} and ${ofInstruments} and ${ofDays}
      order by date, sequence, leg
    ) as ledger`.execute(db)
  return JSON.parse(rows[0]?.entries ?? '[]') as LedgerEntry[]
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
