import type { Currency } from '../money/currency.ts'
import type { Decimal } from '../money/decimal.ts'
import type { PlainDate } from '../time/plain-date.ts'

/**
 * What can happen to an account (product.md "The transactions"; corporate actions come with the book of record).
 * `transfer` moves units or cash between two accounts, `currency-exchange` turns one currency into another.
 */
export const transactionKinds = [
  'buy',
  'sell',
  'deposit',
  'withdrawal',
  'dividend',
  'interest',
  'interest-charge',
  'fee',
  'fee-refund',
  'tax',
  'tax-refund',
  'transfer',
  'currency-exchange',
  'delivery-in',
  'delivery-out',
] as const

export type TransactionKind = (typeof transactionKinds)[number]

/** 1 `from` = `value` `to`, as recorded on a transaction: it wins over the market's rate for every conversion between the two. */
export interface RecordedRate {
  readonly from: Currency
  readonly to: Currency
  readonly value: Decimal
}

/**
 * One posted transaction as the ledger knows it. Quantities and amounts are positive: the kind gives the direction.
 * `amount` is gross, before `fee` and `tax`; all three are in `currency`.
 */
export interface LedgerTransaction {
  readonly id: string
  readonly kind: TransactionKind
  readonly date: PlainDate
  /** Time of day 'hh:mm:ss' on that day; orders entries of one day where both carry it. */
  readonly time?: string | undefined
  /** Where the units move; where the cash moves too, unless `cashAccountId` says otherwise. */
  readonly accountId: string
  /** Where the cash moves when custody and cash are two accounts (Portfolio Performance books so). */
  readonly cashAccountId?: string | undefined
  /** The account that receives, of a transfer or an exchange between accounts. */
  readonly toAccountId?: string | undefined
  readonly instrumentId?: string | undefined
  readonly quantity?: Decimal | undefined
  readonly amount: Decimal
  readonly currency: Currency
  readonly fee: Decimal
  readonly tax: Decimal
  /** The currency in which the cash moves, when not `currency`; then `rate` or the market converts. */
  readonly cashCurrency?: Currency | undefined
  /** What a currency exchange, or a transfer between currencies, pays out. */
  readonly received?: { readonly amount: Decimal; readonly currency: Currency } | undefined
  readonly rate?: RecordedRate | undefined
}
