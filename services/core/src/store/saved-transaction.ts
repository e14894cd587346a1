import type { LegOf } from '@pe/contracts/transactions.ts'
import type { Charge } from '@pe/finance/ledger/charges.ts'
import type { WriteTx } from '@pe/platform/db/database.ts'
import { sql } from 'kysely'
import type { CoreSql } from '../core-deps.ts'
import type { Statement } from '../statement.ts'
import type { CoreTables } from './tables.ts'

/** A statement with what recording adds to it. */
export interface NewRow {
  readonly id: string
  readonly statement: Statement
  readonly importId: string | null
  readonly sourceKey: string | null
  readonly replaces: string | null
  /** The event that it is a leg of. */
  readonly event?: LegOf | null
  /** Place among the entries of its day; null takes the next one. */
  readonly sequence: string | null
}

const columns = [
  'id',
  'organisation_id',
  'account_id',
  'cash_account_id',
  'to_account_id',
  'kind',
  'state',
  'recorded_state',
  'date',
  'time',
  'instrument_id',
  'quantity',
  'price',
  'amount',
  'currency',
  'fee',
  'tax',
  'cash_currency',
  'received_amount',
  'received_currency',
  'rate_from',
  'rate_to',
  'rate',
  'lots',
  'charges',
  'event_id',
  'event_kind',
  'leg',
  'note',
  'import_id',
  'source_key',
  'replaces',
  'recorded_at',
  'recorded_by',
] as const

/** Adds to the journal, in the order given; by COPY, so that ten thousand cost as little as the rules that let them in. */
export async function insertTransactions(tx: WriteTx<CoreTables>, recordedAt: string, rows: readonly NewRow[]): Promise<void> {
  const placed = rows.filter((row) => row.sequence !== null)
  const next = rows.filter((row) => row.sequence === null)
  const texts = function* (some: readonly NewRow[]) {
    for (const row of some) yield textsOf(row, tx.actor, recordedAt)
  }
  if (next.length > 0) await tx.copyIn('transaction', columns, texts(next))
  if (placed.length === 0) return
  const withPlace = function* () {
    for (const row of placed) yield [...textsOf(row, tx.actor, recordedAt), row.sequence]
  }
  await tx.copyIn('transaction', [...columns, 'sequence'], withPlace())
}

function textsOf(row: NewRow, actor: { organisationId: string; userId: string }, recordedAt: string): (string | null)[] {
  const { entry, price, note, state } = row.statement
  return [
    row.id,
    actor.organisationId,
    entry.accountId,
    entry.cashAccountId ?? null,
    entry.toAccountId ?? null,
    entry.kind,
    state,
    state,
    entry.date,
    entry.time ?? null,
    entry.instrumentId ?? null,
    entry.quantity?.toString() ?? null,
    price?.toString() ?? null,
    entry.amount.toString(),
    entry.currency,
    entry.fee.toString(),
    entry.tax.toString(),
    entry.cashCurrency ?? null,
    entry.received?.amount.toString() ?? null,
    entry.received?.currency ?? null,
    entry.rate?.from ?? null,
    entry.rate?.to ?? null,
    entry.rate?.value.toString() ?? null,
    entry.lots ? JSON.stringify(entry.lots.map(({ transactionId, quantity }) => ({ transactionId, quantity: quantity.toString() }))) : null,
    chargesText(row.statement.charges),
    row.event?.id ?? null,
    row.event?.kind ?? null,
    row.event?.leg ?? null,
    note,
    row.importId,
    row.sourceKey,
    row.replaces,
    recordedAt,
    actor.userId,
  ]
}

function chargesText(charges: readonly Charge[] | undefined): string | null {
  if (!charges || charges.length === 0) return null
  return JSON.stringify(
    charges.map(({ kind, amount, currency, rate, note, booked }) => ({
      ...{ kind, amount: amount.toString(), currency, rate: rate?.toString() ?? null, note, booked: booked.toString() },
    })),
  )
}

export interface Voiding {
  readonly reason: string | null
  readonly at: string
  readonly by: string
}

/** Voids these; what was stated stays readable. */
export async function markVoid(db: CoreSql, transactionIds: readonly string[], { reason, at, by }: Voiding): Promise<void> {
  await db
    .updateTable('transaction')
    .set({ state: 'void', void_reason: reason, voided_at: at, voided_by: by, version: sql`version + 1` })
    .where(sql<boolean>`id = any(${transactionIds}::uuid[])`)
    .execute()
}

/** Links a void transaction to the one that stands in its place. */
export async function linkReplacement(db: CoreSql, transactionId: string, replacedBy: string): Promise<void> {
  await db.updateTable('transaction').set({ replaced_by: replacedBy }).where('id', '=', transactionId).execute()
}
