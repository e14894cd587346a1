import { type Currency, digitsOf } from '../money/currency.ts'
import { Decimal } from '../money/decimal.ts'
import { pricedOn } from './column-closes.ts'
import { type CloseColumn, lastUpTo } from './columns.ts'
import { type ConversionColumn, type ConversionColumns, convertedAt, type Fraction, recordedFraction, unity } from './conversion-columns.ts'
import { exactBelow, roundedProduct, roundedRatio, roundedSafely } from './exact-rounding.ts'
import type { TradedPrice } from './traded-prices.ts'

/** How values are made of quantities, the same for every instrument of a valuation. */
export interface Pricing {
  readonly currency: Currency
  readonly digits: number
  readonly conversions: ConversionColumns
  readonly rounded: boolean
  readonly beforeFirst: 'unknown' | 'first' | 'lastTrade'
  readonly staleAfterDays: number
}

/** The value of one quantity on one day, and what it rests on. */
export interface MarketValue {
  /** Minor units of the valuation's currency; NaN where unknown. */
  value: number
  stale: boolean
  /** The close is of the day itself. */
  observed: boolean
  missing: 'missing-close' | 'missing-rate' | null
  /** The pair that has no rate, when that is what is missing. */
  pair: string
}

/** One entry per day from `firstDay` on. */
export interface ValueColumns {
  readonly firstDay: number
  /** Minor units; NaN where unknown. */
  readonly values: Float64Array
  /** 1 where the value rests on a close or rate carried too long. */
  readonly stale: Uint8Array
  /** 1 where the close is of the day itself. */
  readonly observed: Uint8Array
}

/**
 * Values quantities of one instrument day by day: quantity × close rounded in the instrument's currency, then converted and rounded again.
 * Ask with days that ascend, and it walks the closes instead of searching them. It answers in one object that it uses again.
 */
export class MarketValues {
  readonly #pricing: Pricing
  readonly #closes: CloseColumn | undefined
  readonly #localCurrency: Currency | undefined
  readonly #trades: readonly TradedPrice[]
  readonly #quantityScale: number
  readonly #localDigits: number
  readonly #places: number
  readonly #power: number
  readonly #conversion: ConversionColumn | null
  readonly #answer: MarketValue = { value: 0, stale: false, observed: false, missing: null, pair: '' }
  #at = -1
  #lastQuantity = Number.NaN
  #lastAt = -2
  #lastLocal = 0

  constructor(pricing: Pricing, closes: CloseColumn | undefined, quantityScale: number, trades: readonly TradedPrice[]) {
    this.#pricing = pricing
    this.#localCurrency = closes?.unit.currency
    this.#closes = closes && closes.days.length > 0 ? closes : undefined
    this.#trades = trades
    this.#quantityScale = quantityScale
    this.#localDigits = closes ? digitsOf(closes.unit.currency) : 0
    this.#places = closes ? quantityScale + closes.scale - this.#localDigits + placesOf(closes.unit.perCurrency) : 0
    this.#power = 10 ** Math.abs(this.#places)
    this.#conversion =
      closes && closes.unit.currency !== pricing.currency ? pricing.conversions.column(closes.unit.currency, pricing.currency) : null
  }

  /**
   * Writes the value of one quantity into `values` for each day of a span, and marks `stale` and `observed`: `on` for many days at once, since this is
   * where a valuation spends its time.
   * @param offset day number of entry 0 of both columns
   * @returns the first day that could not be valued this way; the caller asks `on` for it. `to + 1` when all were.
   */
  fill(from: number, to: number, quantity: number, { firstDay: offset, values, stale, observed }: ValueColumns): number {
    const { rounded, digits, staleAfterDays } = this.#pricing
    const [column, conversion] = [this.#closes, this.#conversion]
    if (!column || !rounded || column.exact) return from
    const { days, closes } = column
    const [places, power] = [this.#places, this.#power]
    const shift = 10 ** (digits - this.#localDigits)
    let at = this.#walkTo(days, from)
    if (at < 0) return from
    if (days[at] === from) observed[from - offset] = 1
    let local = roundedProduct(quantity, closes[at] as number, places, power)
    let next = at + 1 < days.length ? (days[at + 1] as number) : Number.POSITIVE_INFINITY
    let fresh = (days[at] as number) + staleAfterDays
    // Over weekends and holidays neither moves.
    let [lastLocal, lastRatio, converted] = [0, 0, 0]
    for (let day = from; day <= to; day++) {
      if (day === next) {
        at++
        observed[day - offset] = 1
        const product = quantity * (closes[at] as number)
        const whole = places === 0 && product < exactBelow && product > -exactBelow
        local = whole ? product : roundedProduct(quantity, closes[at] as number, places, power)
        fresh = next + staleAfterDays
        next = at + 1 < days.length ? (days[at + 1] as number) : Number.POSITIVE_INFINITY
      }
      let value = local
      if (conversion !== null && local !== 0) {
        const rated = day - conversion.firstDay
        const ratio = conversion.ratios[rated] as number
        if (local !== lastLocal || ratio !== lastRatio) {
          converted = roundedSafely(local * ratio * shift)
          if (!(converted < exactBelow && converted > -exactBelow))
            converted = convertedAt(local, this.#localDigits, digits, conversion, day, true)
          if (Number.isNaN(converted)) return day
          lastLocal = local
          lastRatio = ratio
        }
        value = converted
        if (day - (conversion.ratedOn[rated] as number) > staleAfterDays) stale[day - offset] = 1
      }
      values[day - offset] = value
      if (day > fresh) stale[day - offset] = 1
    }
    this.#at = at
    return to + 1
  }

  /** Index of the last close up to the day; stretches of days come one after the other, so it is near the last one found. */
  #walkTo(days: Int32Array, day: number): number {
    let at = this.#at
    if (at < 0 || (days[at] as number) > day) return lastUpTo(days, day)
    while (at + 1 < days.length && (days[at + 1] as number) <= day) at++
    return at
  }

  /** @param quantity ×10^scale of the instrument. The answer is overwritten by the next call. */
  on(day: number, quantity: number): MarketValue {
    const answer = this.#answer
    answer.missing = null
    answer.stale = false
    answer.observed = false
    const index = this.#indexOn(day)
    if (index < 0 || !this.#closes) {
      if (this.#pricing.beforeFirst === 'lastTrade') return this.#tradedValue(day, quantity)
      answer.value = Number.NaN
      answer.missing = 'missing-close'
      return answer
    }
    if (index !== this.#lastAt || quantity !== this.#lastQuantity) {
      this.#lastLocal = this.#localValue(this.#closes, index, quantity)
      this.#lastAt = index
      this.#lastQuantity = quantity
    }
    const { staleAfterDays } = this.#pricing
    const priced = pricedOn(this.#closes, index)
    answer.observed = priced === day
    if (day - priced > staleAfterDays || priced - day > staleAfterDays) answer.stale = true
    if (this.#conversion === null) {
      answer.value = this.#lastLocal
      return answer
    }
    return this.#converted(this.#lastLocal, this.#localDigits, this.#conversion, day)
  }

  #converted(local: number, places: number, conversion: ConversionColumn, day: number): MarketValue {
    const answer = this.#answer
    const { digits, rounded, staleAfterDays } = this.#pricing
    answer.value = convertedAt(local, places, digits, conversion, day, rounded)
    if (Number.isNaN(answer.value)) {
      answer.missing = 'missing-rate'
      answer.pair = conversion.pair
      answer.stale = false
    } else if (local !== 0 && day - (conversion.ratedOn[day - conversion.firstDay] as number) > staleAfterDays) answer.stale = true
    return answer
  }

  /** Index of the close that holds on the day; −1 where none does. */
  #indexOn(day: number): number {
    if (!this.#closes) return -1
    const { days } = this.#closes
    let at = this.#at
    if (at >= 0 && (days[at] as number) <= day && (at + 1 >= days.length || (days[at + 1] as number) > day)) return at
    if (at + 1 < days.length && (days[at + 1] as number) === day) at++
    else at = lastUpTo(days, day)
    this.#at = at
    return at < 0 && this.#pricing.beforeFirst === 'first' ? 0 : at
  }

  #localValue(column: CloseColumn, index: number, quantity: number): number {
    const close = column.closes[index] as number
    if (!this.#pricing.rounded) return (quantity * close) / 10 ** this.#places
    const text = column.exact?.get(index)
    if (text === undefined) return roundedProduct(quantity, close, this.#places, this.#power)
    const exact = Decimal.fromScaled(quantity, this.#quantityScale).times(Decimal.parse(text)).ratio(column.unit.perCurrency)
    return exact.round(this.#localDigits, 'half-away-from-zero').toScaled(this.#localDigits) ?? Number.NaN
  }

  /** What the last trade up to the day was worth per unit; unknown before the first trade. */
  #tradedValue(day: number, quantity: number): MarketValue {
    const answer = this.#answer
    const { currency, conversions, rounded, staleAfterDays } = this.#pricing
    const trade = this.#trades.findLast((candidate) => candidate.day <= day)
    if (!trade) {
      answer.value = Number.NaN
      answer.missing = 'missing-close'
      return answer
    }
    const local = this.#localCurrency ?? trade.currency
    const fraction = local === trade.currency ? { ...unity, stale: false } : this.#rateOfTrade(trade, local)
    if (!fraction) {
      answer.value = Number.NaN
      answer.missing = 'missing-rate'
      answer.pair = `${trade.currency}/${local}`
      return answer
    }
    const digits = digitsOf(local)
    const shift = digits - trade.moneyScale
    const [up, down] = [10n ** BigInt(Math.max(0, shift)), 10n ** BigInt(Math.max(0, -shift))]
    const numerator = BigInt(quantity) * BigInt(trade.amount) * fraction.numerator * up
    const denominator = BigInt(trade.quantity) * fraction.denominator * down
    const value = rounded ? roundedRatio(numerator, denominator) : Number(numerator) / Number(denominator)
    answer.stale = day - trade.day > staleAfterDays || fraction.stale
    if (local !== currency) return this.#converted(value, digits, conversions.column(local, currency), day)
    answer.value = value
    return answer
  }

  /** At which a trade in another currency than the closes is told in theirs: recorded, or the market's of its day. */
  #rateOfTrade(trade: TradedPrice, local: Currency): (Fraction & { readonly stale: boolean }) | null {
    const recorded = recordedFraction(trade.rate, trade.currency, local)
    if (recorded) return { ...recorded, stale: false }
    const column = this.#pricing.conversions.column(trade.currency, local)
    const at = trade.day - column.firstDay
    if (Number.isNaN(column.ratios[at] as number)) return null
    return { ...column.exactly(trade.day), stale: trade.day - (column.ratedOn[at] as number) > this.#pricing.staleAfterDays }
  }
}

/** Hundredths shift the point by two; a quote unit that is no power of ten does not exist. */
function placesOf(perCurrency: Decimal): number {
  return perCurrency.equals(Decimal.one) ? 0 : perCurrency.toString().length - 1
}
