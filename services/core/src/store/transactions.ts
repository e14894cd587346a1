import type { Actor } from '@pe/contracts/actor.ts'
import { transactionsIn } from '@pe/contracts/ledger-reading.ts'
import type { Charge, TransactionState } from '@pe/contracts/transactions.ts'
import { type EventKind, type LegName, legNames } from '@pe/finance/ledger/event-legs.ts'
import type { LedgerTransaction, RecordedKind } from '@pe/finance/ledger/transaction.ts'
import { currency } from '@pe/finance/money/currency.ts'
import { Decimal } from '@pe/finance/money/decimal.ts'
import type { PlainDate } from '@pe/finance/time/plain-date.ts'
import { Refused } from '@pe/platform/http/refused.ts'
import { type SelectQueryBuilder, sql } from 'kysely'
import type { CoreSql } from '../core-deps.ts'
import { decimalText, instantText } from './as-wire.ts'
import { postedAt } from './known-at.ts'
import { readLedger } from './ledger.ts'
import type { CoreTables } from './tables.ts'
import { touchingAny } from './touching.ts'

/** A row of the journal as text: amounts and days exactly as they are shown. */
export interface TransactionRow {
  readonly id: string
  readonly sequence: string
  readonly accountId: string
  readonly cashAccountId: string | null
  readonly toAccountId: string | null
  readonly kind: RecordedKind
  readonly state: TransactionState
  readonly recordedState: 'posted' | 'draft'
  readonly date: PlainDate
  readonly time: string | null
  readonly instrumentId: string | null
  readonly quantity: string | null
  readonly price: string | null
  readonly amount: string
  readonly currency: string
  readonly fee: string
  readonly tax: string
  readonly cashCurrency: string | null
  readonly receivedAmount: string | null
  readonly receivedCurrency: string | null
  readonly rateFrom: string | null
  readonly rateTo: string | null
  readonly rate: string | null
  readonly lots: { transactionId: string; quantity: string }[] | null
  readonly charges: Charge[] | null
  readonly eventId: string | null
  readonly eventKind: EventKind | null
  readonly leg: LegName | null
  readonly note: string
  readonly importId: string | null
  readonly sourceKey: string | null
  readonly replaces: string | null
  readonly replacedBy: string | null
  readonly voidReason: string | null
  readonly voidedAt: string | null
  readonly voidedBy: string | null
  readonly recordedAt: string
  readonly recordedBy: string
  readonly version: number
}

/** The journal of an organisation, to be narrowed. */
export function journal(db: CoreSql, actor: Actor): SelectQueryBuilder<CoreTables, 'transaction', TransactionRow> {
  return db
    .selectFrom('transaction')
    .select([
      'id',
      sql<string>`sequence::text`.as('sequence'),
      'account_id as accountId',
      'cash_account_id as cashAccountId',
      'to_account_id as toAccountId',
      'kind',
      'state',
      'recorded_state as recordedState',
      sql<PlainDate>`date::text`.as('date'),
      sql<string | null>`time::text`.as('time'),
      'instrument_id as instrumentId',
      decimalText<string | null>('quantity').as('quantity'),
      decimalText<string | null>('price').as('price'),
      decimalText('amount').as('amount'),
      'currency',
      decimalText('fee').as('fee'),
      decimalText('tax').as('tax'),
      'cash_currency as cashCurrency',
      decimalText<string | null>('received_amount').as('receivedAmount'),
      'received_currency as receivedCurrency',
      'rate_from as rateFrom',
      'rate_to as rateTo',
      decimalText<string | null>('rate').as('rate'),
      sql<TransactionRow['lots']>`lots`.as('lots'),
      sql<TransactionRow['charges']>`charges`.as('charges'),
      'event_id as eventId',
      'event_kind as eventKind',
      'leg',
      'note',
      'import_id as importId',
      'source_key as sourceKey',
      'replaces',
      'replaced_by as replacedBy',
      'void_reason as voidReason',
      instantText<string | null>('voided_at').as('voidedAt'),
      'voided_by as voidedBy',
      instantText('recorded_at').as('recordedAt'),
      'recorded_by as recordedBy',
      'version',
    ])
    .where('organisation_id', '=', actor.organisationId)
}

export async function readTransaction(db: CoreSql, actor: Actor, transactionId: string): Promise<TransactionRow> {
  const row = await journal(db, actor).where('id', '=', transactionId).executeTakeFirst()
  if (!row) throw new Refused('not_found', 'there is no such transaction')
  return row
}

/** A transaction with the other legs of its event, in their order; itself alone when it is no leg. */
export async function readWithLegs(db: CoreSql, actor: Actor, row: TransactionRow): Promise<TransactionRow[]> {
  if (row.eventId === null) return [row]
  const legs = await journal(db, actor).where('event_id', '=', row.eventId).execute()
  return legNames.flatMap((leg) => legs.find((one) => one.leg === leg) ?? [])
}

/** The accounts that take part in a transaction. */
export function accountsOf(entry: {
  accountId: string
  cashAccountId?: string | null | undefined
  toAccountId?: string | null | undefined
}) {
  return [entry.accountId, entry.cashAccountId, entry.toAccountId].filter((id) => id !== null && id !== undefined)
}

/** Posted entries of these accounts that move units of these instruments (of all without a list), in ledger order: what position rules need. */
export async function unitEntries(
  db: CoreSql,
  actor: Actor,
  accountIds: readonly string[],
  instrumentIds?: readonly string[],
  knownAt?: string,
): Promise<LedgerTransaction[]> {
  if (accountIds.length === 0 || instrumentIds?.length === 0) return []
  // Of a whole book as columns: a hundred thousand rows take a third of the time.
  if (instrumentIds === undefined) return transactionsIn(await readLedger(db, actor, accountIds, { knownAt, units: true }))
  const rows = await journal(db, actor)
    .where(postedAt(knownAt))
    .where(sql<boolean>`(account_id = any(${accountIds}::uuid[]) or to_account_id = any(${accountIds}::uuid[]))`)
    // A return of capital lowers the cost of units, whatever it states of them.
    .where(({ or, eb }) => or([eb('quantity', 'is not', null), eb('kind', '=', 'return-of-capital')]))
    .where(sql<boolean>`instrument_id = any(${instrumentIds}::uuid[])`)
    .orderBy('transaction.date')
    .orderBy('transaction.sequence')
    .execute()
  return rows.map(ledgerEntryOf)
}

/** First day on which a posted transaction names the account; null when none does. */
export async function firstDayTouching(db: CoreSql, actor: Actor, accountId: string): Promise<PlainDate | null> {
  const row = await db
    .selectFrom('transaction')
    .select(sql<PlainDate | null>`min(date)::text`.as('first'))
    .where('organisation_id', '=', actor.organisationId)
    .where('state', '=', 'posted')
    .where(touchingAny([accountId]))
    .executeTakeFirst()
  return row?.first ?? null
}

/** The same of the last one. */
export async function lastDayTouching(db: CoreSql, actor: Actor, accountId: string): Promise<PlainDate | null> {
  const row = await db
    .selectFrom('transaction')
    .select(sql<PlainDate | null>`max(date)::text`.as('last'))
    .where('organisation_id', '=', actor.organisationId)
    .where('state', '=', 'posted')
    .where(touchingAny([accountId]))
    .executeTakeFirst()
  return row?.last ?? null
}

/** A row in the words of finance. */
export function ledgerEntryOf(row: TransactionRow): LedgerTransaction {
  return {
    id: row.id,
    kind: row.kind,
    date: row.date,
    time: row.time ?? undefined,
    accountId: row.accountId,
    cashAccountId: row.cashAccountId ?? undefined,
    toAccountId: row.toAccountId ?? undefined,
    instrumentId: row.instrumentId ?? undefined,
    quantity: row.quantity === null ? undefined : Decimal.parse(row.quantity),
    amount: Decimal.parse(row.amount),
    currency: currency(row.currency),
    fee: Decimal.parse(row.fee),
    tax: Decimal.parse(row.tax),
    cashCurrency: row.cashCurrency === null ? undefined : currency(row.cashCurrency),
    received:
      row.receivedAmount === null || row.receivedCurrency === null
        ? undefined
        : { amount: Decimal.parse(row.receivedAmount), currency: currency(row.receivedCurrency) },
    rate:
      row.rate === null || row.rateFrom === null || row.rateTo === null
        ? undefined
        : { from: currency(row.rateFrom), to: currency(row.rateTo), value: Decimal.parse(row.rate) },
    lots: row.lots?.map(({ transactionId, quantity }) => ({ transactionId, quantity: Decimal.parse(quantity) })),
  }
}
