import type { Actor } from '@pe/contracts/actor.ts'
import type { LedgerColumns } from '@pe/contracts/ledger-columns.ts'
import type { PlainDate } from '@pe/finance/time/plain-date.ts'
import { sql } from 'kysely'
import type { CoreSql } from '../core-deps.ts'
import { postedAt } from './known-at.ts'
import { touchingAny } from './touching.ts'

/**
 * Posted entries of these accounts by day and place, as the wire's columns. PostgreSQL builds one text a column: ten thousand rows then cost
 * this process a few splits instead of ten thousand conversions.
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
  const { rows } = await sql<JoinedColumns>`
    select ${joined('id::text')} as ids, ${joined('kind')} as kinds, ${joined('date::text')} as dates, ${joined('account_id::text')} as accounts,
      ${joined("coalesce(cash_account_id::text, '')")} as "cashAccounts", ${joined("coalesce(instrument_id::text, '')")} as instruments,
      ${joined("coalesce(trim_scale(quantity)::text, '')")} as quantities, ${joined('trim_scale(amount)::text')} as amounts,
      ${joined('currency')} as currencies, ${joined('trim_scale(fee)::text')} as fees, ${joined('trim_scale(tax)::text')} as taxes,
      json_agg(json_build_array(place, json_strip_nulls(json_build_object(
        'time', time, 'toAccountId', to_account_id, 'cashCurrency', cash_currency,
        'received', case when received_currency is not null
          then json_build_object('amount', trim_scale(received_amount)::text, 'currency', received_currency) end,
        'rate', case when rate_from is not null
          then json_build_object('from', rate_from, 'to', rate_to, 'value', trim_scale(rate)::text) end,
        'lots', lots
      )))) filter (where ${hasExtras}) as extras
    from (
      select *, row_number() over (order by date, sequence, leg) - 1 as place
      from transaction
      where organisation_id = ${actor.organisationId} and ${postedAt(only.knownAt)} and ${ofUnits} and ${ofInstruments} and ${ofDays}
      order by date, sequence, leg
    ) as ledger`.execute(db)
  return rows[0]?.ids ? columnsOf(rows[0]) : noEntries
}

const hasExtras = sql`time is not null or to_account_id is not null or cash_currency is not null or received_currency is not null
  or rate_from is not null or lots is not null`

/** A column as the inside of a JSON list of texts that need no escapes: parsed, values that come often are one text in memory. */
function joined(value: string) {
  return sql`string_agg(${sql.raw(value)}, '","')`
}

/** Each column as the inside of a JSON list; an empty text is null. Null altogether where there is no entry. */
interface JoinedColumns extends Record<TextColumn, string> {
  readonly extras: LedgerColumns['extras'] | null
}

type TextColumn = Exclude<keyof LedgerColumns, 'names' | 'extras'>

const noEntries: LedgerColumns = {
  ...{ names: [], ids: [], kinds: [], dates: [], accounts: [], cashAccounts: [], instruments: [], quantities: [] },
  ...{ amounts: [], currencies: [], fees: [], taxes: [], extras: [] },
}

function columnsOf({ extras, ...columns }: JoinedColumns): LedgerColumns {
  const places = new Map<string, number>()
  const placeOf = (id: string): number => {
    const place = places.get(id) ?? places.size
    if (place === places.size) places.set(id, place)
    return place
  }
  const valuesOf = (inside: string) => JSON.parse(`["${inside}"]`) as string[]
  const placesOf = (inside: string) => valuesOf(inside).map((id) => (id === '' ? null : placeOf(id)))
  const accounts = valuesOf(columns.accounts).map(placeOf)
  const [cashAccounts, instruments] = [placesOf(columns.cashAccounts), placesOf(columns.instruments)]
  return {
    names: [...places.keys()],
    ids: valuesOf(columns.ids),
    kinds: valuesOf(columns.kinds) as LedgerColumns['kinds'],
    dates: valuesOf(columns.dates) as PlainDate[],
    ...{ accounts, cashAccounts, instruments },
    quantities: valuesOf(columns.quantities).map((quantity) => (quantity === '' ? null : quantity)),
    ...{ amounts: valuesOf(columns.amounts), currencies: valuesOf(columns.currencies) as LedgerColumns['currencies'] },
    ...{ fees: valuesOf(columns.fees), taxes: valuesOf(columns.taxes) },
    extras: extras ?? [],
  }
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
