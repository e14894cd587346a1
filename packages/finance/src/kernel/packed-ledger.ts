import type { LedgerTransaction, RecordedRate } from '../ledger/transaction.ts'
import { type Currency, digitsOf } from '../money/currency.ts'
import { Decimal } from '../money/decimal.ts'
import { moneySize, quantitySize } from '../money/limits.ts'
import { dayNumber } from '../time/plain-date.ts'
import { fitting, KernelOverflow } from './exact-rounding.ts'
import { codeOf } from './kind-signs.ts'

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
  /** Codes of kind-signs.ts. */
  readonly kinds: Uint8Array
  /** 1 for both sides of a conversion. */
  readonly converted: Uint8Array
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
export function packLedger(ledger: readonly LedgerTransaction[]): PackedLedger {
  const transactions = ledger.some(({ into }) => into) ? ledger.flatMap(unconverted) : ledger
  const count = transactions.length
  const [accounts, instruments, currencies] = [new Names<string>(), new Names<string>(), new Names<Currency>()]
  const indexes = () => new Int32Array(count).fill(-1)
  const doubles = () => new Float64Array(count)
  const kinds = new Uint8Array(count)
  const converted = new Uint8Array(count)
  const rates = new Array<RecordedRate | undefined>(count)
  const [days, account, cashAccount, toAccount, instrument] = [indexes(), indexes(), indexes(), indexes(), indexes()]
  const [currency, cashCurrency, receivedCurrency] = [indexes(), indexes(), indexes()]
  const [quantity, amount, fee, tax, received, rateValues] = [doubles(), doubles(), doubles(), doubles(), doubles(), doubles()]
  const money = new Scales(moneySize.decimalPlaces, (code, factor) => {
    for (const column of [amount, fee, tax]) scaleUp(column, currency, code, factor)
    scaleUp(received, receivedCurrency, code, factor)
  })
  const units = new Scales(quantitySize.decimalPlaces, (id, factor) => scaleUp(quantity, instrument, id, factor))
  const currencyIndex = (code: Currency): number => {
    const index = currencies.indexOf(code)
    money.places[index] ??= digitsOf(code)
    return index
  }
  let [date, day] = ['', Number.NEGATIVE_INFINITY]
  for (let i = 0; i < count; i++) {
    const entry = transactions[i] as LedgerTransaction
    if (entry.date !== date) {
      const next = dayNumber(entry.date)
      if (next < day) throw new RangeError(`transactions must ascend by day: ${entry.date} follows ${date}`)
      date = entry.date
      day = next
    }
    kinds[i] = codeOf(entry.kind)
    if (entry.into) converted[i] = 1
    days[i] = day
    const holder = accounts.indexOf(entry.accountId)
    account[i] = holder
    cashAccount[i] = entry.cashAccountId === undefined ? holder : accounts.indexOf(entry.cashAccountId)
    if (entry.toAccountId !== undefined) toAccount[i] = accounts.indexOf(entry.toAccountId)
    if (entry.instrumentId !== undefined) {
      const id = instruments.indexOf(entry.instrumentId)
      units.places[id] ??= 0
      instrument[i] = id
      if (entry.quantity) quantity[i] = units.scaled(entry.quantity, id)
    }
    const code = currencyIndex(entry.currency)
    currency[i] = code
    amount[i] = money.scaled(entry.amount, code)
    if (entry.fee !== Decimal.zero) fee[i] = money.scaled(entry.fee, code)
    if (entry.tax !== Decimal.zero) tax[i] = money.scaled(entry.tax, code)
    cashCurrency[i] = entry.cashCurrency === undefined ? code : currencyIndex(entry.cashCurrency)
    const paidOut = entry.received
    receivedCurrency[i] = paidOut ? currencyIndex(paidOut.currency) : code
    received[i] = paidOut ? money.scaled(paidOut.amount, receivedCurrency[i] as number) : (amount[i] as number)
    rates[i] = entry.rate
    if (entry.rate) rateValues[i] = entry.rate.value.toNumber()
  }
  return {
    count,
    accounts: accounts.list,
    instruments: instruments.list,
    currencies: currencies.list,
    moneyScales: money.places,
    quantityScales: units.places,
    ...{ kinds, converted, days, account, cashAccount, toAccount, instrument, quantity, currency, amount, fee, tax, cashCurrency },
    ...{ received, receivedCurrency, rates, rateValues },
  }
}

/** A conversion as two entries of one instrument each: what leaves, with the cash, and what comes. */
function unconverted(entry: LedgerTransaction): LedgerTransaction[] {
  const { into, quantity, ...rest } = entry
  if (!into) return [entry]
  const arriving = { instrumentId: into.instrumentId, quantity: into.quantity, amount: Decimal.zero, fee: Decimal.zero, tax: Decimal.zero }
  return [
    { ...rest, into, quantity: quantity?.negated() },
    { ...rest, into, ...arriving, kind: 'split' },
  ]
}

/** Names get indexes in order of appearance. Asking for the same name again costs one comparison. */
class Names<T extends string> {
  readonly list: T[] = []
  readonly #indexes = new Map<T, number>()
  #last: T | undefined
  #lastIndex = -1

  indexOf(name: T): number {
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

/** Decimal places per currency or instrument; a value that needs more raises them, and what stands already in the columns is scaled up. */
class Scales {
  readonly places: number[] = []
  readonly #most: number
  readonly #rescale: (index: number, factor: number) => void

  constructor(most: number, rescale: (index: number, factor: number) => void) {
    this.#most = most
    this.#rescale = rescale
  }

  scaled(value: Decimal, index: number): number {
    const before = this.places[index] as number
    const fits = value.toScaled(before)
    if (fits !== null) return fits
    const needed = value.decimalPlaces()
    if (needed > before && needed <= this.#most) {
      this.places[index] = needed
      this.#rescale(index, 10 ** (needed - before))
    }
    const raised = value.toScaled(this.places[index] as number)
    if (raised === null) throw new KernelOverflow(`${value} does not fit 2^53 at ${needed} places`)
    return raised
  }
}

function scaleUp(column: Float64Array, owners: Int32Array, owner: number, factor: number): void {
  for (let i = 0; i < column.length; i++) if (owners[i] === owner) column[i] = fitting((column[i] as number) * factor)
}
