import type { Currency } from '../money/currency.ts'
import type { EntryAmounts } from './entry-amounts.ts'
import type { Gap } from './gaps.ts'
import type { MarketValues } from './market-values.ts'
import type { PackedLedger } from './packed-ledger.ts'

export interface ExternalFlows {
  /** Minor units, positive; NaN where unknown. */
  readonly inflow: Float64Array
  readonly outflow: Float64Array
  readonly stale: Uint8Array
  readonly gaps: readonly Gap[]
}

/** Which part of a transaction lies in the scope: its account of units, its account of cash. */
type Sides = 'both' | 'units' | 'cash' | 'none'

/** What a transaction brings into the scope: signs of amount, fee and tax; 0, 0, 0 when it is no flow. */
type Signs = readonly [amount: number, fee: number, tax: number]

const nothing: Signs = [0, 0, 0]
const cost: Signs = [1, 1, 1]
const proceeds: Signs = [-1, 1, 1]

/**
 * External flows per day of a scope of whole accounts: paid in, taken out, delivered, and what crosses the border of the scope. A trade
 * whose cash stands outside is a delivery; a transfer of units over the border counts at its market value of the day.
 */
export function externalFlows(
  ledger: PackedLedger,
  accountIn: Uint8Array,
  amounts: EntryAmounts,
  currency: Currency,
  firstDay: number,
  lastDay: number,
  marketOf: (instrument: number) => MarketValues,
): ExternalFlows {
  const book = new FlowBook(ledger, amounts, currency, firstDay, lastDay)
  for (let i = firstEntryOn(ledger, firstDay); i < ledger.count && (ledger.days[i] as number) <= lastDay; i++) {
    const [account, cash, to] = [ledger.account[i] as number, ledger.cashAccount[i] as number, ledger.toAccount[i] as number]
    const sides = sidesOf(accountIn[account] === 1, accountIn[cash] === 1)
    book.add(i, wholeScope(ledger.kinds[i] as string, sides))
    const kind = ledger.kinds[i]
    if (kind !== 'transfer' && kind !== 'currency-exchange') continue
    if (kind === 'transfer' && (ledger.instrument[i] as number) >= 0) {
      const [gives, receives] = [accountIn[account] === 1, to >= 0 && accountIn[to] === 1]
      if (to >= 0 && gives !== receives) book.addUnits(i, receives ? 1 : -1, marketOf(ledger.instrument[i] as number))
    } else {
      const [gives, receives] = [accountIn[cash] === 1, accountIn[to < 0 ? cash : to] === 1]
      if (gives && !receives) book.addMoney(i, -(ledger.amount[i] as number), ledger.currency[i] as number)
      if (receives && !gives) book.addMoney(i, ledger.received[i] as number, ledger.receivedCurrency[i] as number)
    }
  }
  return book
}

/**
 * Flows of one instrument, before tax and after fees: purchases and deliveries bring a + f, sales take a − f, income leaves the day it
 * comes, a fee is offset by a flow of its size, taxes vanish.
 */
export function instrumentFlows(
  ledger: PackedLedger,
  accountIn: Uint8Array,
  instrument: number,
  amounts: EntryAmounts,
  currency: Currency,
  firstDay: number,
  lastDay: number,
  marketOf: (instrument: number) => MarketValues,
): ExternalFlows {
  const book = new FlowBook(ledger, amounts, currency, firstDay, lastDay)
  for (let i = firstEntryOn(ledger, firstDay); i < ledger.count && (ledger.days[i] as number) <= lastDay; i++) {
    if (ledger.instrument[i] !== instrument) continue
    const [account, to] = [ledger.account[i] as number, ledger.toAccount[i] as number]
    const inside = accountIn[account] === 1
    if (inside) book.add(i, instrumentScope(ledger.kinds[i] as string))
    const receives = to >= 0 && accountIn[to] === 1
    if (ledger.kinds[i] === 'transfer' && to >= 0 && inside !== receives) book.addUnits(i, receives ? 1 : -1, marketOf(instrument))
  }
  return book
}

function wholeScope(kind: string, sides: Sides): Signs {
  const cashInside = sides === 'both' || sides === 'cash'
  const turned = sides === 'units' ? 1 : sides === 'cash' ? -1 : 0
  switch (kind) {
    case 'deposit':
      return cashInside ? [1, 0, 0] : nothing
    case 'withdrawal':
      return cashInside ? [-1, 0, 0] : nothing
    case 'delivery-in':
      return sides === 'both' || sides === 'units' ? cost : nothing
    case 'delivery-out':
      return sides === 'both' || sides === 'units' ? proceeds : nothing
    case 'buy':
    case 'interest-charge':
      return scaled(cost, turned)
    case 'sell':
    case 'dividend':
    case 'interest':
      return scaled(proceeds, turned)
    case 'fee':
    case 'tax':
      return scaled([1, 0, 0], turned)
    case 'fee-refund':
    case 'tax-refund':
      return scaled([-1, 0, 0], turned)
    case 'transfer':
    case 'currency-exchange':
      return scaled([0, 1, 1], turned)
    default:
      return nothing
  }
}

function instrumentScope(kind: string): Signs {
  switch (kind) {
    case 'buy':
    case 'delivery-in':
    case 'interest-charge':
      return [1, 1, 0]
    case 'sell':
    case 'delivery-out':
    case 'dividend':
    case 'interest':
      return [-1, 1, 0]
    case 'fee':
      return [1, 0, 0]
    case 'fee-refund':
      return [-1, 0, 0]
    default:
      return nothing
  }
}

function sidesOf(units: boolean, cash: boolean): Sides {
  return units ? (cash ? 'both' : 'units') : cash ? 'cash' : 'none'
}

function scaled(signs: Signs, factor: number): Signs {
  return factor === 1 ? signs : factor === 0 ? nothing : [-signs[0], -signs[1], -signs[2]]
}

function firstEntryOn(ledger: PackedLedger, day: number): number {
  let [low, high] = [0, ledger.count]
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((ledger.days[middle] as number) < day) low = middle + 1
    else high = middle
  }
  return low
}

class FlowBook implements ExternalFlows {
  readonly inflow: Float64Array
  readonly outflow: Float64Array
  readonly stale: Uint8Array
  readonly gaps: Gap[] = []
  readonly #ledger: PackedLedger
  readonly #amounts: EntryAmounts
  readonly #currency: Currency
  readonly #firstDay: number

  constructor(ledger: PackedLedger, amounts: EntryAmounts, currency: Currency, firstDay: number, lastDay: number) {
    this.#ledger = ledger
    this.#amounts = amounts
    this.#currency = currency
    this.#firstDay = firstDay
    const length = lastDay - firstDay + 1
    this.inflow = new Float64Array(length)
    this.outflow = new Float64Array(length)
    this.stale = new Uint8Array(length)
  }

  /** Amount, fee and tax by their signs, each converted by itself. */
  add(entry: number, [amount, fee, tax]: Signs): void {
    if (amount === 0 && fee === 0 && tax === 0) return
    const { currency, days } = this.#ledger
    const [from, day] = [currency[entry] as number, days[entry] as number]
    const part = (sign: number, column: Float64Array): number =>
      sign === 0 ? 0 : sign * this.#amounts.convert(entry, column[entry] as number, from, this.#currency, day)
    this.#amounts.stale = false
    const flow = part(amount, this.#ledger.amount) + part(fee, this.#ledger.fee) + part(tax, this.#ledger.tax)
    this.#book(day, flow, this.#amounts.stale)
  }

  addMoney(entry: number, money: number, from: number): void {
    const day = this.#ledger.days[entry] as number
    this.#amounts.stale = false
    this.#book(day, this.#amounts.convert(entry, money, from, this.#currency, day), this.#amounts.stale)
  }

  addUnits(entry: number, sign: 1 | -1, market: MarketValues): void {
    const day = this.#ledger.days[entry] as number
    const { value, stale, missing, pair } = market.on(day, this.#ledger.quantity[entry] as number)
    if (missing !== null) {
      const of = missing === 'missing-close' ? (this.#ledger.instruments[this.#ledger.instrument[entry] as number] as string) : pair
      this.gaps.push({ reason: missing, of, from: day, to: day })
    }
    this.#book(day, sign * value, stale)
  }

  /** An unknown flow makes both columns of the day unknown: nobody knows on which side it is missing. */
  #book(day: number, flow: number, stale: boolean): void {
    const at = day - this.#firstDay
    if (stale) this.stale[at] = 1
    if (!(flow <= 0)) this.inflow[at] = (this.inflow[at] as number) + flow
    if (!(flow >= 0)) this.outflow[at] = (this.outflow[at] as number) - flow
  }
}
