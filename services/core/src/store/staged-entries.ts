import type { LedgerTransaction, RecordedKind } from '@pe/finance/ledger/transaction.ts'
import { currency } from '@pe/finance/money/currency.ts'
import { Decimal } from '@pe/finance/money/decimal.ts'
import type { PlainDate } from '@pe/finance/time/plain-date.ts'
import { sql } from 'kysely'
import type { CoreSql } from '../core-deps.ts'
import { decimalText } from './as-wire.ts'

export interface StagedEntry {
  readonly place: number
  readonly row: number
  readonly entry: LedgerTransaction
}

/** Instruments of which lots are chosen in staged rows. */
export async function stagedChoices(db: CoreSql, importId: string): Promise<string[]> {
  const rows = await db
    .selectFrom('staged_transaction')
    .select('instrument_id as instrumentId')
    .distinct()
    .where('import_id', '=', importId)
    .where('state', '=', 'posted')
    .where('lots', 'is not', null)
    .execute()
  return rows.flatMap(({ instrumentId }) => instrumentId ?? [])
}

/** Staged entries of these instruments with all that decides about lots, in the order in which they would be recorded. */
export async function stagedEntries(db: CoreSql, importId: string, instrumentIds: readonly string[]): Promise<StagedEntry[]> {
  const rows = await db
    .selectFrom('staged_transaction')
    .select([
      'id',
      sql<RecordedKind>`kind`.as('kind'),
      sql<PlainDate>`date::text`.as('date'),
      sql<string | null>`time::text`.as('time'),
      'account_id as accountId',
      'to_account_id as toAccountId',
      'instrument_id as instrumentId',
      decimalText<string | null>('quantity').as('quantity'),
      decimalText('amount').as('amount'),
      'currency',
      decimalText('fee').as('fee'),
      decimalText('tax').as('tax'),
      'lots',
      'place',
      'row',
    ])
    .where('import_id', '=', importId)
    .where('state', '=', 'posted')
    .where(sql<boolean>`instrument_id = any(${instrumentIds}::uuid[])`)
    .where(({ or, eb }) => or([eb('quantity', 'is not', null), eb('kind', '=', 'return-of-capital')]))
    .orderBy('staged_transaction.date')
    .orderBy('rank')
    .orderBy('place')
    .execute()
  return rows.map(
    ({ place, row, id, kind, date, time, accountId, toAccountId, instrumentId, quantity, amount, fee, tax, lots, ...rest }) => ({
      place,
      row,
      entry: {
        id,
        kind,
        date,
        time: time ?? undefined,
        accountId,
        toAccountId: toAccountId ?? undefined,
        instrumentId: instrumentId ?? undefined,
        quantity: quantity === null ? undefined : Decimal.parse(quantity),
        amount: Decimal.parse(amount),
        currency: currency(rest.currency),
        fee: Decimal.parse(fee),
        tax: Decimal.parse(tax),
        lots: lots?.map(({ transactionId, quantity: units }) => ({ transactionId, quantity: Decimal.parse(units) })),
      },
    }),
  )
}
