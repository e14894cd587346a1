import type { Currency } from '../money/currency.ts'
import { Decimal } from '../money/decimal.ts'
import type { Converter } from '../prices/converter.ts'
import { certain, type Known, whenKnown } from '../prices/known.ts'
import type { Conversion, LedgerTransaction, TransactionKind } from './transaction.ts'

/** Where a leg is booked. `position` is money turned into units, `exchange` money turned into other money, `market` units that came or went. */
export type PostingBook = 'cash' | 'units' | 'position' | 'external' | 'income' | 'fee' | 'tax' | 'exchange' | 'market'

/** One leg. Debits (assets, costs) are positive; what comes from outside and income are negative, so that legs cancel per unit. */
export interface Posting {
  readonly book: PostingBook
  readonly accountId: string
  readonly amount: Decimal
  /** A currency code, or the instrument for units. */
  readonly unit: string
}

/** Legs whose unit is a currency. */
export interface MoneyPosting extends Posting {
  readonly unit: Currency
}

/**
 * The legs of a transaction: per currency and per instrument they sum to zero (law 1). The converter is asked only where the cash moves
 * in another currency than the transaction's and no rate is recorded; without a rate the legs are unknown (`missing-rate`).
 */
export function postings(entry: LedgerTransaction, converter: Converter): Known<readonly Posting[]> {
  const legs: Posting[] = unitPostings(entry)
  const moved = moneyPostings(entry, converter)
  if (!moved.known) return moved
  for (const leg of moved.value) legs.push(leg)
  return { known: true, value: legs, date: moved.date, stale: moved.stale }
}

/** What a transaction does with units: they come from the market, go to it, change accounts, or become units of another instrument. */
export type UnitMovement = 'in' | 'out' | 'across' | 'converted' | 'none'

export function unitMovement({ kind, instrumentId, quantity, toAccountId, into }: LedgerTransaction): UnitMovement {
  if (!instrumentId || !quantity) return 'none'
  if (kind === 'conversion' && into) return 'converted'
  if (quantity.isZero()) return 'none'
  if (kind === 'buy' || kind === 'delivery-in' || kind === 'split') return 'in'
  if (kind === 'sell' || kind === 'delivery-out') return 'out'
  return kind === 'transfer' && toAccountId ? 'across' : 'none'
}

/** The legs that are units of an instrument. */
export function unitPostings(entry: LedgerTransaction): Posting[] {
  const { instrumentId, quantity, accountId, toAccountId } = entry
  const movement = unitMovement(entry)
  if (movement === 'none' || !instrumentId || !quantity) return []
  if (movement === 'converted') return entry.into ? convertedLegs(accountId, instrumentId, quantity, entry.into) : []
  return [
    { book: movement === 'in' ? 'market' : 'units', accountId, amount: quantity.negated(), unit: instrumentId },
    {
      book: movement === 'out' ? 'market' : 'units',
      accountId: movement === 'across' ? (toAccountId ?? accountId) : accountId,
      amount: quantity,
      unit: instrumentId,
    },
  ]
}

function convertedLegs(accountId: string, instrumentId: string, quantity: Decimal, into: Conversion): Posting[] {
  return [
    { book: 'units', accountId, amount: quantity.negated(), unit: instrumentId },
    { book: 'market', accountId, amount: quantity, unit: instrumentId },
    { book: 'market', accountId, amount: into.quantity.negated(), unit: into.instrumentId },
    { book: 'units', accountId, amount: into.quantity, unit: into.instrumentId },
  ]
}

/** The legs that are money, in their own currencies. */
export function moneyPostings(entry: LedgerTransaction, converter: Converter): Known<readonly MoneyPosting[]> {
  const { amount, fee, tax, currency, accountId } = entry
  const cashAccountId = entry.cashAccountId ?? accountId
  const cashCurrency = entry.cashCurrency ?? currency
  const legs: MoneyPosting[] = []
  const book = (where: PostingBook, account: string, money: Decimal, unit: Currency): void => {
    if (!money.isZero()) legs.push({ book: where, accountId: account, amount: money, unit })
  }
  const external = (money: Decimal, sign: 1 | -1): void => book('external', accountId, sign === 1 ? money : money.negated(), currency)

  switch (entry.kind) {
    case 'buy':
      book('position', accountId, amount, currency)
      break
    case 'sell':
    case 'return-of-capital':
    case 'conversion':
      book('position', accountId, amount.negated(), currency)
      break
    case 'deposit':
      external(amount, -1)
      break
    case 'withdrawal':
      external(amount, 1)
      break
    case 'delivery-in':
      book('position', accountId, amount, currency)
      for (const part of [amount, fee, tax]) external(part, -1)
      break
    case 'delivery-out':
      book('position', accountId, amount.negated(), currency)
      external(amount, 1)
      for (const part of [fee, tax]) external(part, -1)
      break
    case 'dividend':
    case 'interest':
      book('income', accountId, amount.negated(), currency)
      break
    case 'interest-charge':
      book('income', accountId, amount, currency)
      break
    case 'fee':
    case 'tax':
      book(entry.kind, accountId, amount, currency)
      break
    case 'fee-refund':
    case 'tax-refund':
      book(entry.kind === 'fee-refund' ? 'fee' : 'tax', accountId, amount.negated(), currency)
      break
    case 'transfer':
    case 'currency-exchange':
      if (!entry.instrumentId) payOut(entry, book)
      break
  }
  if (!chargesApart.has(entry.kind)) {
    book('fee', accountId, fee, currency)
    book('tax', accountId, tax, currency)
  }
  return whenKnown(cashOf(entry, converter), (cash) => {
    book('cash', cashAccountId, cash, cashCurrency)
    if (cashCurrency !== currency) {
      book('exchange', cashAccountId, cash.negated(), cashCurrency)
      book('exchange', accountId, ownCashOf(entry), currency)
    }
    return legs
  })
}

type Book = (where: PostingBook, account: string, money: Decimal, unit: Currency) => void

/** Cash that leaves one balance for another, in the same or in another currency. */
function payOut(entry: LedgerTransaction, book: Book): void {
  const { amount, currency, accountId } = entry
  const from = entry.cashAccountId ?? accountId
  const to = entry.toAccountId ?? from
  const received = entry.received ?? { amount, currency }
  book('cash', from, amount.negated(), currency)
  book('cash', to, received.amount, received.currency)
  if (received.currency === currency && received.amount.equals(amount)) return
  book('exchange', from, amount, currency)
  book('exchange', to, received.amount.negated(), received.currency)
}

/** Whether the amount of a kind comes in as cash or goes out; 0 where no cash moves, or between two balances (`payOut`). */
const cashSign: Readonly<Record<TransactionKind, 1 | -1 | 0>> = {
  buy: -1,
  sell: 1,
  deposit: 1,
  withdrawal: -1,
  dividend: 1,
  interest: 1,
  'interest-charge': -1,
  fee: -1,
  'fee-refund': 1,
  tax: -1,
  'tax-refund': 1,
  transfer: 0,
  'currency-exchange': 0,
  'delivery-in': 0,
  'delivery-out': 0,
  'return-of-capital': 1,
  split: 0,
  conversion: 1,
}

/** Kinds whose amount is the charge; and those whose charges are settled with the value delivered. */
const chargesApart: ReadonlySet<TransactionKind> = new Set(['fee', 'fee-refund', 'tax', 'tax-refund'])
const chargesDelivered: ReadonlySet<TransactionKind> = new Set(['delivery-in', 'delivery-out'])

/** The cash that a transaction moves on the balance of its cash account, in its cash currency: one amount, converted as one. */
export function cashOf(entry: LedgerTransaction, converter: Converter): Known<Decimal> {
  const own = ownCashOf(entry)
  const { currency, cashCurrency } = entry
  if (cashCurrency === undefined || cashCurrency === currency) return certain(own)
  return converter.convert(own, currency, cashCurrency, entry.date, entry.rate)
}

/** The same in the currency of the transaction. */
function ownCashOf({ kind, amount, fee, tax }: LedgerTransaction): Decimal {
  const sign = cashSign[kind]
  const gross = sign === 1 ? amount : sign === -1 ? amount.negated() : Decimal.zero
  return chargesApart.has(kind) || chargesDelivered.has(kind) ? gross : gross.minus(fee).minus(tax)
}
