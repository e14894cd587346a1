import type { Currency } from '../money/currency.ts'
import type { Decimal } from '../money/decimal.ts'
import type { PlainDate } from '../time/plain-date.ts'

/**
 * What is recorded of an account, one leg each; an event with several legs is event-legs.ts.
 * `transfer` moves units or cash between two accounts, `currency-exchange` turns one currency into another, `return-of-capital` is cash
 * that lowers the cost of what is held.
 */
export const recordedKinds = [
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
  'return-of-capital',
] as const

export type RecordedKind = (typeof recordedKinds)[number]

/**
 * What a corporate action does to an account, figured when the ledger is read and never recorded: `split` changes the units and not the
 * cost, `conversion` carries lots with their dates and cost (or a part of it) over to another instrument.
 */
export const derivedKinds = ['split', 'conversion'] as const

export const transactionKinds = [...recordedKinds, ...derivedKinds] as const

export type TransactionKind = (typeof transactionKinds)[number]

/** 1 `from` = `value` `to`, as recorded on a transaction: it wins over the market's rate for every conversion between the two. */
export interface RecordedRate {
  readonly from: Currency
  readonly to: Currency
  readonly value: Decimal
}

/** Units of a certain purchase that a sale, a delivery or a transfer takes, whatever the cost method would take. */
export interface LotChoice {
  /** The purchase or delivery that opened the lot. */
  readonly transactionId: string
  readonly quantity: Decimal
}

/**
 * One posted transaction as the ledger knows it. Quantities and amounts are positive: the kind gives the direction. (Of what is derived,
 * quantities carry a sign: a reverse split takes units away, and who is short owes.)
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
  /** The lots that leave, as the person chose them; the rest of the quantity follows the cost method. */
  readonly lots?: readonly LotChoice[] | undefined
  /** What a conversion turns `quantity` units into; with a quantity of 0 the units stay and others come beside them (a spin-off). */
  readonly into?: Conversion | undefined
}

/** The other side of a conversion. */
export interface Conversion {
  readonly instrumentId: string
  readonly quantity: Decimal
  /** The part of the cost that goes along, 0 to 1: the rest stays with the units that stay, or is what the cash was paid for. */
  readonly costShare: Decimal
}
