import type { RecordedRate } from '../ledger/transaction.ts'
import { type Currency, digitsOf } from '../money/currency.ts'
import { type ConversionColumn, type ConversionColumns, convertedAt, exactlyConverted, recordedFraction } from './conversion-columns.ts'
import { fitting, roundedSafely } from './exact-rounding.ts'
import type { Gap } from './gaps.ts'
import type { PackedLedger } from './packed-ledger.ts'

/**
 * Amounts of single transactions in another currency: at the rate recorded on the transaction where it speaks of the two currencies,
 * else at the market's rate of the day. What cannot be converted is NaN and leaves a gap for `missingUntil`.
 */
export class EntryAmounts {
  readonly gaps: Gap[] = []
  readonly #ledger: PackedLedger
  /** Integers of the ledger in one minor unit, by currency index. */
  readonly #units: readonly number[]
  readonly #conversions: ConversionColumns
  readonly #rounded: boolean
  readonly #staleAfterDays: number
  #lastFrom: Currency | null = null
  #lastTo: Currency | null = null
  #lastColumn: ConversionColumn | null = null
  /** Set when an amount rested on a rate carried too long; whoever asks resets it. */
  stale = false

  constructor(ledger: PackedLedger, conversions: ConversionColumns, rounded: boolean, staleAfterDays: number) {
    this.#ledger = ledger
    this.#units = ledger.currencies.map((code, i) => 10 ** ((ledger.moneyScales[i] as number) - digitsOf(code)))
    this.#conversions = conversions
    this.#rounded = rounded
    this.#staleAfterDays = staleAfterDays
  }

  /**
   * @param entry index of the transaction
   * @param amount integer at the ledger's scale of its currency
   * @param from index of that currency
   * @param missingUntil last day (number) that is unknown when there is no rate
   * @returns minor units of `to`; amounts that are in that currency already pass unrounded
   */
  convert(entry: number, amount: number, from: number, to: Currency, missingUntil: number): number {
    if (amount === 0 || Number.isNaN(amount)) return amount
    const currency = this.#ledger.currencies[from] as Currency
    const scale = this.#ledger.moneyScales[from] as number
    if (currency === to) return amount / (this.#units[from] as number)
    const digits = digitsOf(to)
    const recorded = this.#ledger.rates[entry]
    if (recorded) {
      const converted = this.#atRecorded(recorded, this.#ledger.rateValues[entry] as number, amount, currency, scale, to, digits)
      if (converted !== null) return converted
    }
    const day = this.#ledger.days[entry] as number
    const column = this.#columnOf(currency, to)
    const converted = convertedAt(amount, scale, digits, column, day, this.#rounded)
    if (Number.isNaN(converted)) this.gaps.push({ reason: 'missing-rate', of: column.pair, from: day, to: missingUntil })
    else if (day - (column.ratedOn[day - column.firstDay] as number) > this.#staleAfterDays) this.stale = true
    return converted
  }

  /** Most transactions of a ledger ask for the same pair. */
  #columnOf(from: Currency, to: Currency): ConversionColumn {
    if (this.#lastColumn && this.#lastFrom === from && this.#lastTo === to) return this.#lastColumn
    this.#lastFrom = from
    this.#lastTo = to
    this.#lastColumn = this.#conversions.column(from, to)
    return this.#lastColumn
  }

  #atRecorded(
    rate: RecordedRate,
    value: number,
    amount: number,
    from: Currency,
    scale: number,
    to: Currency,
    digits: number,
  ): number | null {
    const forward = rate.from === from && rate.to === to
    if (!forward && !(rate.from === to && rate.to === from)) return null
    const x = (forward ? amount * value : amount / value) * 10 ** (digits - scale)
    if (!this.#rounded) return x
    const certain = roundedSafely(x)
    if (!Number.isNaN(certain)) return fitting(certain)
    const fraction = recordedFraction(rate, from, to)
    return fraction && exactlyConverted(amount, scale, digits, fraction)
  }
}
