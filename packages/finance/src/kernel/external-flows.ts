import type { Currency } from '../money/currency.ts'
import { cashMovement, signedSum } from './cash-balances.ts'
import type { EntryAmounts } from './entry-amounts.ts'
import { KernelOverflow } from './exact-rounding.ts'
import type { Gap } from './gaps.ts'
import { exchangeCode, externalSigns, instrumentSigns, type Signs, transferCode, unitSideSigns } from './kind-signs.ts'
import type { MarketValues } from './market-values.ts'
import type { PackedLedger } from './packed-ledger.ts'

export interface ExternalFlows {
  /** Minor units, positive; NaN where unknown. */
  readonly inflow: Float64Array
  readonly outflow: Float64Array
  readonly stale: Uint8Array
  readonly gaps: readonly Gap[]
}

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
  const { kinds, days, account, cashAccount, toAccount, instrument } = ledger
  for (let i = firstEntryOn(ledger, firstDay); i < ledger.count && (days[i] as number) <= lastDay; i++) {
    const kind = kinds[i] as number
    const cash = cashAccount[i] as number
    const [unitsInside, cashInside] = [accountIn[account[i] as number] === 1, accountIn[cash] === 1]
    if (unitsInside) book.add(i, cashInside ? externalSigns : unitSideSigns)
    else if (cashInside) book.addCash(i)
    if (kind === transferCode || kind === exchangeCode) {
      const to = toAccount[i] as number
      if (kind === transferCode && (instrument[i] as number) >= 0) {
        const receives = accountIn[to] === 1
        if (to >= 0 && unitsInside !== receives) book.addUnits(i, receives ? 1 : -1, marketOf(instrument[i] as number))
      } else {
        const receives = accountIn[to < 0 ? cash : to] === 1
        if (cashInside && !receives) book.addMoney(ledger.currency[i] as number, -(ledger.amount[i] as number))
        if (receives && !cashInside) book.addMoney(ledger.receivedCurrency[i] as number, ledger.received[i] as number)
      }
    }
    book.close(i)
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
    // An instrument that the ledger does not know has the index of entries without one.
    if (instrument < 0 || ledger.instrument[i] !== instrument) continue
    // Rare, and a matter of two instruments: decimals value it.
    if (ledger.converted[i] === 1) throw new KernelOverflow('a conversion is a flow of an instrument at the close of another')
    const [account, to] = [ledger.account[i] as number, ledger.toAccount[i] as number]
    const inside = accountIn[account] === 1
    if (inside) book.add(i, instrumentSigns)
    const receives = accountIn[to] === 1
    if (ledger.kinds[i] === transferCode && to >= 0 && inside !== receives) book.addUnits(i, receives ? 1 : -1, marketOf(instrument))
    book.close(i)
  }
  return book
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
  /** What the transaction at hand has added so far: amounts by currency index, and units in minor units of the valuation. */
  readonly #codes: number[] = []
  readonly #sums: number[] = []
  #units = 0
  #unitsStale = false

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

  /** Amount, fee and tax by the signs of its kind. */
  add(entry: number, signs: Signs): void {
    this.addMoney(this.#ledger.currency[entry] as number, signedSum(this.#ledger, entry, signs))
  }

  /** The cash that a transaction moves, as it comes from units outside the scope or pays for them. */
  addCash(entry: number): void {
    const money = cashMovement(this.#ledger, entry, this.#amounts, this.#ledger.days[entry] as number)
    this.addMoney(this.#ledger.cashCurrency[entry] as number, money)
  }

  /** @param money ×10^scale of the currency with index `code` */
  addMoney(code: number, money: number): void {
    if (money === 0) return
    const at = this.#codes.indexOf(code)
    if (at < 0) {
      this.#codes.push(code)
      this.#sums.push(money)
    } else this.#sums[at] = (this.#sums[at] as number) + money
  }

  addUnits(entry: number, sign: 1 | -1, market: MarketValues): void {
    const day = this.#ledger.days[entry] as number
    const { value, stale, missing, pair } = market.on(day, this.#ledger.quantity[entry] as number)
    if (missing !== null) {
      const of = missing === 'missing-close' ? (this.#ledger.instruments[this.#ledger.instrument[entry] as number] as string) : pair
      this.gaps.push({ reason: missing, of, from: day, to: day })
    }
    this.#units += sign * value
    this.#unitsStale = stale
  }

  /** Books what a transaction added: the amounts of a currency are converted as one. */
  close(entry: number): void {
    if (this.#codes.length === 0 && this.#units === 0) return
    const day = this.#ledger.days[entry] as number
    this.#amounts.stale = this.#unitsStale
    let flow = this.#units
    for (let i = 0; i < this.#codes.length; i++)
      flow += this.#amounts.convert(entry, this.#sums[i] as number, this.#codes[i] as number, this.#currency, day)
    this.#book(day, flow, this.#amounts.stale)
    this.#codes.length = 0
    this.#sums.length = 0
    this.#units = 0
    this.#unitsStale = false
  }

  /** An unknown flow makes both columns of the day unknown: nobody knows on which side it is missing. */
  #book(day: number, flow: number, stale: boolean): void {
    const at = day - this.#firstDay
    if (stale && !Number.isNaN(flow)) this.stale[at] = 1
    if (!(flow <= 0)) this.inflow[at] = (this.inflow[at] as number) + flow
    if (!(flow >= 0)) this.outflow[at] = (this.outflow[at] as number) - flow
  }
}
