import type { LedgerTransaction, RecordedRate, TransactionKind } from '../ledger/transaction.ts'
import { type Currency, digitsOf } from '../money/currency.ts'
import type { Decimal } from '../money/decimal.ts'
import { moneySize, quantitySize } from '../money/limits.ts'
import { dayNumber } from '../time/plain-date.ts'
import { KernelOverflow } from './exact-rounding.ts'

/**
 * Transactions as columns of integers, in the order in which they apply. Amounts are ×10^scale of their currency, quantities ×10^scale
 * of their instrument: the scale is the most places that the ledger uses there, and at least the minor unit.
 * −1 stands for "none" in columns of indexes.
 */
export interface PackedLedger {
  readonly count: number
  readonly accounts: readonly string[]
  readonly instruments: readonly string[]
  readonly currencies: readonly Currency[]
  /** Decimal places of amounts, by currency index. */
  readonly moneyScales: readonly number[]
  /** Decimal places of quantities, by instrument index. */
  readonly quantityScales: readonly number[]
  readonly kinds: readonly TransactionKind[]
  readonly days: Int32Array
  readonly account: Int32Array
  readonly cashAccount: Int32Array
  readonly toAccount: Int32Array
  readonly instrument: Int32Array
  readonly quantity: Float64Array
  readonly currency: Int32Array
  readonly amount: Float64Array
  readonly fee: Float64Array
  readonly tax: Float64Array
  readonly cashCurrency: Int32Array
  /** What a transfer or an exchange pays out; the amount itself unless recorded otherwise. */
  readonly received: Float64Array
  readonly receivedCurrency: Int32Array
  readonly rates: readonly (RecordedRate | undefined)[]
  /** The doubles nearest to the values of `rates`. */
  readonly rateValues: Float64Array
}

/**
 * Packs transactions that are sorted as they apply (ledger/order.ts `inOrder`). Throws a `KernelOverflow` for an amount past 2^53 in the
 * smallest unit its currency needs, and a RangeError when the days are not ascending.
 */
export function packLedger(transactions: readonly LedgerTransaction[]): PackedLedger {
  const money = new Scales(digitsOf, moneySize.decimalPlaces)
  const units = new Scales<string>(() => 0, quantitySize.decimalPlaces)
  for (;;) {
    const packed = packAt(transactions, money, units)
    if (packed) return packed
  }
}

/** Names get indexes in order of appearance. Asking for the same name again costs one comparison. */
class Names<T extends string> {
  readonly list: T[] = []
  readonly #indexes = new Map<T, number>()
  #last: T | undefined
  #lastIndex = -1

  indexOf(name: T | undefined): number {
    if (name === undefined) return -1
    if (name === this.#last) return this.#lastIndex
    let index = this.#indexes.get(name)
    if (index === undefined) {
      index = this.list.length
      this.list.push(name)
      this.#indexes.set(name, index)
    }
    this.#last = name
    this.#lastIndex = index
    return index
  }
}

/** Decimal places per currency or instrument, raised when a value needs more. */
class Scales<T extends string> {
  readonly #least: (name: T) => number
  readonly #most: number
  readonly #scales = new Map<T, number>()

  constructor(least: (name: T) => number, most: number) {
    this.#least = least
    this.#most = most
  }

  of(name: T): number {
    return this.#scales.get(name) ?? this.#least(name)
  }

  raise(name: T, value: Decimal): void {
    const places = value.decimalPlaces()
    if (places <= this.of(name) || places > this.#most) throw new KernelOverflow(`${value} does not fit 2^53 at ${this.of(name)} places`)
    this.#scales.set(name, places)
  }
}

/** One pass; null when a scale had to be raised and the pass must be repeated. */
function packAt(transactions: readonly LedgerTransaction[], money: Scales<Currency>, units: Scales<string>): PackedLedger | null {
  const count = transactions.length
  const [accounts, instruments, currencies] = [new Names<string>(), new Names<string>(), new Names<Currency>()]
  const integers = () => new Int32Array(count)
  const doubles = () => new Float64Array(count)
  const kinds = new Array<TransactionKind>(count)
  const rates = new Array<RecordedRate | undefined>(count)
  const [days, account, cashAccount, toAccount, instrument] = [integers(), integers(), integers(), integers(), integers()]
  const [currency, cashCurrency, receivedCurrency] = [integers(), integers(), integers()]
  const [quantity, amount, fee, tax, received, rateValues] = [doubles(), doubles(), doubles(), doubles(), doubles(), doubles()]
  let complete = true
  const scaledMoney = (value: Decimal, of: Currency): number => {
    const scaled = value.toScaled(money.of(of))
    if (scaled !== null) return scaled
    money.raise(of, value)
    complete = false
    return 0
  }
  const scaledUnits = (value: Decimal, of: string): number => {
    const scaled = value.toScaled(units.of(of))
    if (scaled !== null) return scaled
    units.raise(of, value)
    complete = false
    return 0
  }
  let [date, day] = ['', Number.NEGATIVE_INFINITY]
  for (let i = 0; i < count; i++) {
    const entry = transactions[i] as LedgerTransaction
    if (entry.date !== date) {
      const next = dayNumber(entry.date)
      if (next < day) throw new RangeError(`transactions must ascend by day: ${entry.date} follows ${date}`)
      ;[date, day] = [entry.date, next]
    }
    kinds[i] = entry.kind
    days[i] = day
    account[i] = accounts.indexOf(entry.accountId)
    cashAccount[i] = accounts.indexOf(entry.cashAccountId ?? entry.accountId)
    toAccount[i] = accounts.indexOf(entry.toAccountId)
    instrument[i] = instruments.indexOf(entry.instrumentId)
    if (entry.quantity && entry.instrumentId !== undefined) quantity[i] = scaledUnits(entry.quantity, entry.instrumentId)
    currency[i] = currencies.indexOf(entry.currency)
    amount[i] = scaledMoney(entry.amount, entry.currency)
    fee[i] = scaledMoney(entry.fee, entry.currency)
    tax[i] = scaledMoney(entry.tax, entry.currency)
    cashCurrency[i] = currencies.indexOf(entry.cashCurrency ?? entry.currency)
    const paidOut = entry.received ?? entry
    received[i] = scaledMoney(paidOut.amount, paidOut.currency)
    receivedCurrency[i] = currencies.indexOf(paidOut.currency)
    rates[i] = entry.rate
    if (entry.rate) rateValues[i] = entry.rate.value.toNumber()
  }
  if (!complete) return null
  return {
    count,
    accounts: accounts.list,
    instruments: instruments.list,
    currencies: currencies.list,
    moneyScales: currencies.list.map((code) => money.of(code)),
    quantityScales: instruments.list.map((id) => units.of(id)),
    ...{ kinds, days, account, cashAccount, toAccount, instrument, quantity, currency, amount, fee, tax, cashCurrency },
    ...{ received, receivedCurrency, rates, rateValues },
  }
}
